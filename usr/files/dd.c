// SPDX-License-Identifier: GPL-2.0-only
/*
 * dd [if=FILE] [of=FILE] [bs=N] [count=N] [skip=N] [seek=N] [conv=WORD,...]: copies blocks.
 * Numbers may end in k, M, G (times 1024). A block is one read() and one write(). Conversions:
 * notrunc keeps what the output file has, fsync and fdatasync end when the device has it all.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../box.h"

static unsigned long number(const char *text)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (*end == 'k' || *end == 'K')
		n <<= 10;
	else if (*end == 'M')
		n <<= 20;
	else if (*end == 'G')
		n <<= 30;
	else if (*end || end == text)
		errx(2, "%s: is not a number", text);
	return n;
}

static const char *value(const char *arg, const char *key)
{
	size_t len = strlen(key);

	return strncmp(arg, key, len) == 0 ? arg + len : NULL;
}

static bool opt_notrunc, opt_fsync, opt_fdatasync;

static bool conversions(const char *v)
{
	char *list = strdup(v), *rest = list, *word;
	bool known = list != NULL;

	while (known && (word = strsep(&rest, ","))) {
		if (strcmp(word, "notrunc") == 0)
			opt_notrunc = true;
		else if (strcmp(word, "fsync") == 0)
			opt_fsync = true;
		else if (strcmp(word, "fdatasync") == 0)
			opt_fdatasync = true;
		else
			known = false;
	}
	free(list);
	return known;
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

int dd_main(int argc, char **argv)
{
	const char *from = NULL, *to = NULL, *v;
	unsigned long size = 512, count = -1ul, skip = 0, seek = 0, full = 0, part = 0, bytes = 0;
	int in = STDIN_FILENO, out = STDOUT_FILENO, flags = O_WRONLY | O_CREAT;
	double start = now(), seconds;
	char *block;

	for (int i = 1; i < argc; i++) {
		if ((v = value(argv[i], "if=")))
			from = v;
		else if ((v = value(argv[i], "of=")))
			to = v;
		else if ((v = value(argv[i], "bs=")))
			size = number(v);
		else if ((v = value(argv[i], "count=")))
			count = number(v);
		else if ((v = value(argv[i], "skip=")))
			skip = number(v);
		else if ((v = value(argv[i], "seek=")))
			seek = number(v);
		else if (!(v = value(argv[i], "conv=")) || !conversions(v))
			return usage("[if=F] [of=F] [bs=N] [count=N] [skip=N] [seek=N] "
				     "[conv={notrunc,fsync,fdatasync},...]");
	}
	block = xmalloc(size);
	if (from && (in = open(from, O_RDONLY)) < 0)
		err(1, "%s", from);
	if (to && (out = open(to, seek || opt_notrunc ? flags : flags | O_TRUNC, 0666)) < 0)
		err(1, "%s", to);
	if (skip && lseek(in, (off_t)(skip * size), SEEK_CUR) < 0) {
		while (skip-- && read(in, block, size) > 0)
			;
	}
	if (seek && lseek(out, (off_t)(seek * size), SEEK_SET) < 0)
		err(1, "seek");
	while (full + part < count) {
		ssize_t n = read(in, block, size);

		if (n < 0)
			err(1, "read");
		if (!n)
			break;
		*((size_t)n == size ? &full : &part) += 1;
		if (!write_all(out, block, (size_t)n))
			err(1, "write");
		bytes += (unsigned long)n;
	}
	if ((opt_fsync && fsync(out)) || (opt_fdatasync && fdatasync(out)))
		err(1, "%s", opt_fsync ? "fsync" : "fdatasync");
	seconds = now() - start;
	fprintf(stderr, "%lu+%lu blocks, %lu bytes, %.3f s, %.1f MB/s\n", full, part, bytes,
		seconds, seconds > 0 ? (double)bytes / seconds / 1e6 : 0.0);
	free(block);
	return 0;
}
