// SPDX-License-Identifier: GPL-2.0-only
/*
 * pageowner.c - /proc/page_owner on a kernel with CONFIG_PAGE_OWNER=y, booted with page_owner=on
 *
 * The form of each paragraph, and that what this program allocates is found there under its name.
 */
#include "tap.h"
#include <regex.h>
#include <sys/mman.h>
#include <sys/stat.h>

#define PATH	"/proc/page_owner"
#define SIZE	(4UL << 20)

static const char first[] = "^Page allocated via order [0-9]+, mask 0x[0-9a-f]+\\(([A-Z_0-9|a-fx]*)\\), "
	"pid -?[0-9]+, tgid -?[0-9]+ \\([^)]*\\), ts [0-9]+ ns\n"
	"PFN 0x[0-9a-f]+ type (Unmovable|Movable|Reclaimable) Block [0-9]+ "
	"type (Unmovable|Movable|Reclaimable|Isolate) Flags 0x[0-9a-f]+\\([a-z_|0-9=]+\\)\n"
	"( [A-Za-z0-9_.]+\\+0x[0-9a-f]+/0x[0-9a-f]+\n)+\n$";

struct sums {
	long records, mine, mine_movable, bad, by_fault;
};

static void take_sums(struct sums *s)
{
	int fd = open(PATH, O_RDONLY);
	char text[8192], me[64];
	unsigned long before = 0, pfn;
	regex_t re;
	ssize_t n;

	need(fd >= 0 && !regcomp(&re, first, REG_EXTENDED | REG_NOSUB));
	memset(s, 0, sizeof(*s));
	snprintf(me, sizeof(me), " pid %d, tgid %d (pageowner), ", getpid(), getpid());
	while ((n = read(fd, text, sizeof(text) - 1)) > 0) {
		text[n] = 0;
		s->records++;
		if (regexec(&re, text, 0, NULL, 0) || sscanf(strstr(text, "PFN"), "PFN %lx", &pfn) != 1 ||
		    pfn <= before) {
			if (s->bad++ < 3)
				diag("|%s|", text);
			continue;
		}
		before = pfn;
		if (strstr(text, me)) {
			s->mine++;
			s->mine_movable += strstr(text, "(GFP_HIGHUSER_MOVABLE|__GFP_ZERO)") &&
					   strstr(text, " type Movable Block ");
			s->by_fault += strstr(text, " handle_mm_fault+") != NULL;
		}
	}
	is(n, 0, "read to its end");
	close(fd);
}

int main(void)
{
	struct sums before, after;
	char small[20];
	struct stat st;
	char *p;
	int fd;

	if (stat(PATH, &st)) {
		tap_skip(PATH, "a kernel without CONFIG_PAGE_OWNER");
		return done_testing();
	}
	is(st.st_mode, S_IFREG | 0400, "only root may read");
	fd = open(PATH, O_RDONLY);
	need(fd >= 0);
	fails(read(fd, small, sizeof(small)), ENOMEM, "a buffer that is too small is ENOMEM");
	close(fd);
	take_sums(&before);
	is(before.bad, 0, "each of %ld paragraphs has Linux's form, and they rise", before.records);
	ok(before.records > 200, "all pages in use are there");
	p = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	need(p != MAP_FAILED);
	for (unsigned long at = 0; at < SIZE; at += PAGE)
		p[at] = 1;
	take_sums(&after);
	ok(after.mine - before.mine >= 1024, "1024 pages more are mine (%ld)", after.mine - before.mine);
	ok(after.mine_movable - before.mine_movable >= 1024, "movable, and in pageblocks of the kind");
	ok(after.by_fault - before.by_fault >= 1024, "and the backtrace goes through handle_mm_fault");
	munmap(p, SIZE);
	take_sums(&after);
	/* regexec() has grown the heap meanwhile. */
	ok(after.mine - before.mine < 512, "which are no one's after munmap (%ld)", after.mine - before.mine);
	return done_testing();
}
