// SPDX-License-Identifier: GPL-2.0-only
/*
 * kpage.c - /proc/kpageflags and /proc/kpagecount: a number for each frame
 *
 * A program can't know here which frames are its own (there is no pagemap), so the claims are about how
 * many frames of a kind there are, before and after something that changes it by thousands.
 */
#include "tap.h"
#include <sys/mman.h>
#include <sys/stat.h>

#define SIZE	(16UL << 20)
#define BIT(n)	(1ULL << (n))

/* From linux/kernel-page-flags.h; the last is Linux's own. */
enum { LOCKED, REFERENCED = 2, SLAB = 7, BUDDY = 10, MMAP, ANON, HEAD = 15, TAIL, NOPAGE = 20, ZERO_PAGE = 24,
       PGTABLE = 26, RESERVED = 32 };

struct sums {
	long pages;		/* that are not NOPAGE */
	long bit[64];		/* frames with this bit */
	long mapped_anon, once, twice;
	long tail_first;	/* tails without head or tail before them */
};

static int flags_fd, count_fd;

static void take_sums(struct sums *s)
{
	static uint64_t flags[8192], count[8192];
	uint64_t before = 0;
	ssize_t n, m;

	memset(s, 0, sizeof(*s));
	for (off_t pos = 0; (n = pread(flags_fd, flags, sizeof(flags), pos)) > 0; pos += n) {
		m = pread(count_fd, count, n, pos);
		need(m == n);
		for (long i = 0; i < n / 8; i++) {
			s->pages += !(flags[i] & BIT(NOPAGE));
			for (int bit = 0; bit < 64; bit++)
				s->bit[bit] += flags[i] >> bit & 1;
			s->mapped_anon += (flags[i] & (BIT(ANON) | BIT(MMAP))) == (BIT(ANON) | BIT(MMAP));
			s->once += count[i] == 1;
			s->twice += count[i] == 2;
			s->tail_first += flags[i] & BIT(TAIL) && !(before & (BIT(TAIL) | BIT(HEAD)));
			before = flags[i];
		}
	}
	need(n == 0);
}

static void test_calls(const char *path, int fd)
{
	uint64_t word[2];
	struct stat st;
	off_t end;

	ok(!stat(path, &st) && st.st_mode == (S_IFREG | 0400), "%s: only root may read", path);
	fails(pread(fd, word, 7, 0), EINVAL, "%s: a read of 7 bytes is EINVAL", path);
	fails(pread(fd, word, 12, 0), EINVAL, "%s: and of 12", path);
	fails(pread(fd, word, 8, 4), EINVAL, "%s: and at an odd place", path);
	is(pread(fd, word, 0, 0), 0, "%s: a read of nothing is nothing", path);
	is(pread(fd, word, 8, 1L << 50), 0, "%s: far beyond RAM is the end", path);
	fails(pread(fd, wild(8), 8, 0), EFAULT, "%s: a bad buffer is EFAULT", path);
	need(lseek(fd, 0, SEEK_SET) == 0);
	for (end = 0; read(fd, word, 16) == 16 && end < 64; end += 16)
		;
	is(lseek(fd, 0, SEEK_CUR), end + 16, "%s: read() moves the position", path);
	fails(write(fd, word, 8), EBADF, "%s: can't be written", path);
}

static int open_as_user(void *path)
{
	return setresuid(1000, 1000, 1000) || open(path, O_RDONLY) >= 0 || errno != EACCES;
}

/* Objects in slabs of several pages? With SLOB there are none: no objects a slab. */
static int has_slabs(void)
{
	char line[256];
	unsigned int per = 0;
	FILE *f = fopen("/proc/slabinfo", "r");

	need(f != NULL);
	while (!per && fgets(line, sizeof(line), f))
		sscanf(line, "%*s %*u %*u %*u %u", &per);
	fclose(f);
	return per > 0;
}

static void test_kinds(const struct sums *s)
{
	long total = proc_number("/proc/meminfo", "MemTotal") / 4, avail = proc_number("/proc/meminfo", "MemFree") / 4;

	diag("%ld frames: %ld free, %ld slab, %ld tables, %ld mapped anonymous, %ld reserved, %ld tails", s->pages,
	     s->bit[BUDDY], s->bit[SLAB], s->bit[PGTABLE], s->mapped_anon, s->bit[RESERVED], s->bit[TAIL]);
	ok(s->pages >= total, "all of RAM has flags (%ld frames, MemTotal %ld)", s->pages, total);
	ok(s->bit[BUDDY] > avail / 2 && s->bit[BUDDY] < avail + avail / 8, "BUDDY: about what is free (%ld, %ld)",
	   s->bit[BUDDY], avail);
	ok(s->bit[SLAB] > 0 && s->bit[SLAB] < total / 4, "SLAB: some");
	ok(s->bit[PGTABLE] > 0 && s->bit[PGTABLE] < total / 4, "PGTABLE: some");
	ok(s->bit[RESERVED] > 100, "RESERVED: the kernel");
	ok(s->bit[ZERO_PAGE] >= 1 && s->bit[ZERO_PAGE] <= 513, "ZERO_PAGE: one");
	if (proc_orders() > 1)
		ok(s->bit[TAIL] + !has_slabs() > s->bit[HEAD] / 2 && s->bit[HEAD] + !has_slabs() > 0,
		   "HEAD and TAIL: compound pages");
	else
		ok(!s->bit[TAIL] && !s->bit[HEAD], "HEAD and TAIL: none, there are single pages only");
	ok(s->tail_first < 8, "each tail stands behind a head or a tail");
	ok(s->once > 0, "some are mapped once");
}

/* Linux 6.1 says NOPAGE where there is no struct page; 7.2 says nothing at all. */
static void test_hole(void)
{
	uint64_t word = 1;

	need(pread(flags_fd, &word, 8, 8) == 8);
	ok(word == BIT(NOPAGE) || (!on_linux_lite() && !word), "frame 1 is none: NOPAGE (%#lx)", word);
	need(pread(count_fd, &word, 8, 8) == 8);
	is(word, 0, "and mapped by nobody");
}

static void test_changes(void)
{
	struct sums before, touched, shared;
	int fds[2], status;
	pid_t child;
	char *p;

	take_sums(&before);
	test_kinds(&before);
	p = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	need(p != MAP_FAILED && !pipe(fds));
	for (unsigned long at = 0; at < SIZE; at += PAGE)
		p[at] = 1;
	take_sums(&touched);
	ok(touched.mapped_anon - before.mapped_anon > 4000, "16 MiB touched: ANON and MMAP for %ld frames more",
	   touched.mapped_anon - before.mapped_anon);
	ok(before.bit[BUDDY] - touched.bit[BUDDY] > 3000, "which are BUDDY no more (%ld)",
	   before.bit[BUDDY] - touched.bit[BUDDY]);
	ok(touched.once - before.once > 4000, "and counted once each (%ld)", touched.once - before.once);
	child = fork();
	if (child == 0) {
		char c;

		close(fds[1]);
		_exit(read(fds[0], &c, 1) != 0);
	}
	need(child > 0);
	take_sums(&shared);
	ok(shared.twice - touched.twice > 4000, "after fork they are counted twice (%ld)",
	   shared.twice - touched.twice);
	close(fds[1]);
	need(waitpid(child, &status, 0) == child && status == 0);
	munmap(p, SIZE);
	take_sums(&touched);
	ok(labs(touched.mapped_anon - before.mapped_anon) < 512, "and gone when they are unmapped");
}

int main(void)
{
	flags_fd = open("/proc/kpageflags", O_RDONLY);
	count_fd = open("/proc/kpagecount", O_RDONLY);
	need(flags_fd >= 0 && count_fd >= 0);
	test_calls("/proc/kpageflags", flags_fd);
	test_calls("/proc/kpagecount", count_fd);
	is(how_it_ended(in_child(open_as_user, "/proc/kpageflags")), 0, "another user gets EACCES");
	test_hole();
	test_changes();
	return done_testing();
}
