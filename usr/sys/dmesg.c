// SPDX-License-Identifier: GPL-2.0-only
/*
 * dmesg [-r]: the kernel's log. Each line there begins with its level, "<6>", which is left out
 * unless -r (raw) is given.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>

#include "../box.h"

#define READ_ALL	3	/* SYSLOG_ACTION_READ_ALL */
#define SIZE_BUFFER	10	/* SYSLOG_ACTION_SIZE_BUFFER */

int dmesg_main(int argc, char **argv)
{
	bool raw = argc > 1 && strcmp(argv[1], "-r") == 0, line_start = true;
	int size = klogctl(SIZE_BUFFER, NULL, 0), len;
	char *log;

	if (argc > 1 + raw)
		return usage("[-r]");
	if (size < 0)
		err(1, "the log's size");
	log = xmalloc((size_t)size);
	len = klogctl(READ_ALL, log, size);
	if (len < 0)
		err(1, "reading the log");
	for (int i = 0; i < len; i++) {
		if (line_start && !raw && log[i] == '<') {
			while (i < len && log[i] != '>')
				i++;
			line_start = false;
			continue;
		}
		putchar(log[i]);
		line_start = log[i] == '\n';
	}
	if (len && log[len - 1] != '\n')
		putchar('\n');
	free(log);
	return 0;
}
