// SPDX-License-Identifier: GPL-2.0-only
/*
 * leak.c - fifty rounds of everything, and not a page lost
 *
 * A round forks, execs, maps, copies, unmaps, makes and removes files, pipes and threads. What is kept
 * for later use is dropped before each look; but not the kernel's page tables, which the first rounds
 * make. Free memory is MemFree or MemAvailable (Linux's MemFree does not count per-CPU lists): the
 * smaller of both losses counts.
 */
#include "tap.h"
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>

#define RW	(PROT_READ | PROT_WRITE)
#define ROUNDS	50

static void *thread_main(void *arg)
{
	memset(arg, 1, 3 * PAGE);
	return NULL;
}

static int child(unused void *arg)
{
	char *p = mmap(NULL, 40 * PAGE, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	memset(p, 1, 40 * PAGE);
	munmap(p + 7 * PAGE, PAGE);
	execl("/tests/leak", "leak", "child", NULL);
	return 1;
}

static void round_of_everything(int nr)
{
	size_t len = 3 << 20;
	char *p = mmap(NULL, len, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *q, name[64];
	pthread_t thread;
	int fd, fds[2], status;
	pid_t pid;

	need(p != MAP_FAILED);
	memset(p, nr, len);
	pid = fork();
	if (pid == 0) {
		memset(p, 0, len / 2);		/* copied on write, then thrown away */
		_exit(0);
	}
	need(waitpid(pid, &status, 0) == pid && status == 0);
	need(how_it_ended(in_child(child, NULL)) == 0);
	q = mremap(p, len, 2 * len, MREMAP_MAYMOVE);
	need(q != MAP_FAILED);
	mprotect(q + 10 * PAGE, PAGE, PROT_READ);
	madvise(q, len / 2, MADV_DONTNEED);
	need(pthread_create(&thread, NULL, thread_main, q) == 0);
	pthread_join(thread, NULL);
	munmap(q, 2 * len);
	mkdir("/tmp/leak", 0755);
	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "/tmp/leak/%d", i);
		fd = open(name, O_CREAT | O_RDWR, 0600);
		need(fd >= 0 && ftruncate(fd, 64 * PAGE) == 0);
		p = mmap(NULL, 64 * PAGE, RW, MAP_SHARED, fd, 0);
		need(p != MAP_FAILED);
		for (int page = 0; page < 64; page += 3)
			p[page * PAGE] = i;
		if (i % 2)
			munmap(p, 64 * PAGE);
		close(fd);
		unlink(name);
		if (!(i % 2))
			munmap(p, 64 * PAGE);
	}
	rmdir("/tmp/leak");
	need(pipe(fds) == 0 && write(fds[1], name, sizeof(name)) == sizeof(name));
	close(fds[0]);
	close(fds[1]);
}

/* What caches keep because there is memory enough, goes. */
static void drop_caches(void)
{
	int fd = open("/proc/sys/vm/drop_caches", O_WRONLY);

	sleep_ms(200);				/* the dead have had time to go */
	need(fd >= 0 && write(fd, "2", 1) == 1);
	close(fd);
}

static long available(void)
{
	return proc_number("/proc/meminfo", "MemAvailable");
}

int main(int argc, char **argv)
{
	long free_before, free_after, avail_before, avail_after, lost;

	if (argc > 1)
		return 0;
	for (int i = 0; i < 10; i++)
		round_of_everything(i);
	drop_caches();
	free_before = proc_number("/proc/meminfo", "MemFree");
	avail_before = available();
	for (int i = 0; i < ROUNDS; i++)
		round_of_everything(i);
	drop_caches();
	free_after = proc_number("/proc/meminfo", "MemFree");
	avail_after = available();
	lost = free_before - free_after < avail_before - avail_after ? free_before - free_after :
	       avail_before - avail_after;
	/* A page a round is 200 kB; 12 are this program's own. Linux keeps more, and keeps it. */
	if (!ok(lost < (on_linux_lite() ? 32 : 2048), "%d rounds lost %ld kB", ROUNDS, lost))
		diag("MemFree %ld -> %ld kB, MemAvailable %ld -> %ld kB", free_before, free_after,
		     avail_before, avail_after);
	is(proc_number("/proc/self/status", "Threads"), 1, "and no thread is left");
	return done_testing();
}
