// SPDX-License-Identifier: GPL-2.0-only
/*
 * oom.c - when no memory is left: the worst process is killed, not the one who asks; and who is the worst
 *
 *	hog     a quarter of the memory, oom_score_adj 500
 *	asker   touches more than is left, oom_score_adj -500: needs what the hog has
 */
#include "tap.h"
#include <sys/mman.h>
#include <sys/prctl.h>

#define RW	(PROT_READ | PROT_WRITE)

static int set_adj(const char *text)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY), n;

	if (fd < 0)
		return -1;
	n = write(fd, text, strlen(text));
	close(fd);
	return n < 0 ? -1 : 0;
}

static long number_of(const char *path)
{
	char text[64];

	return slurp(path, text, sizeof(text)) > 0 ? strtol(text, NULL, 10) : -9999;
}

static void set_knob(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	need(fd >= 0 && write(fd, text, strlen(text)) > 0);
	close(fd);
}

static void scores(void)
{
	long score = number_of("/proc/self/oom_score");
	int fd;

	is(number_of("/proc/self/oom_score_adj"), 0, "oom_score_adj is 0 to begin with");
	ok(score >= 666 && score < 720, "a small process has an oom_score a little above 666 (%ld)", score);
	is(set_adj("300"), 0, "oom_score_adj can be set");
	is(number_of("/proc/self/oom_score_adj"), 300, "and read");
	ok(labs(number_of("/proc/self/oom_score") - score - 200) <= 8, "300 more points are 200 more in oom_score");
	fails(set_adj("1001"), EINVAL, "above 1000: EINVAL");
	fails(set_adj("-1001"), EINVAL, "below -1000: EINVAL");
	fails(set_adj("much"), EINVAL, "no number: EINVAL");
	is(set_adj("-1000\n"), 0, "-1000 with a newline");
	is(number_of("/proc/self/oom_score"), 0, "who must not be killed has an oom_score of 0");
	is(number_of("/proc/1/oom_score"), 0, "so has init");
	fd = open("/proc/self/oom_score_adj", O_WRONLY);
	need(fd >= 0 && write(fd, "0", 1) == 1);
	close(fd);
}

static int inherits(unused void *arg)
{
	return number_of("/proc/self/oom_score_adj") == 77 ? 0 : 1;
}

/* uid 1000 may be more willing to die, not less than it was. */
static int unprivileged(unused void *arg)
{
	/* The file was opened by root: the limit is about who writes. */
	int fd = open("/proc/self/oom_score_adj", O_WRONLY);

	if (fd < 0 || setuid(1000))
		return 1;
	if (write(fd, "200", 3) != 3)
		return 2;
	lseek(fd, 0, SEEK_SET);
	if (write(fd, "10", 2) != 2)
		return 3;
	lseek(fd, 0, SEEK_SET);
	return write(fd, "-10", 3) == -1 && errno == EACCES ? 0 : 4;
}

/* Take @size bytes, tell through @fd, and wait for whatever comes. */
static pid_t start_hog(unsigned long size, const char *adj)
{
	int fds[2];
	char c;
	pid_t pid;

	need(!pipe(fds));
	pid = fork();
	if (pid == 0) {
		char *p = mmap(NULL, size, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (p == MAP_FAILED || set_adj(adj))
			_exit(1);
		memset(p, 1, size);
		if (write(fds[1], "x", 1) != 1)
			_exit(2);
		for (;;)
			pause();
	}
	close(fds[1]);
	need(pid > 0 && read(fds[0], &c, 1) == 1);
	close(fds[0]);
	return pid;
}

static unsigned long asker_size;

static int ask_by_touch(unused void *arg)
{
	char *p = mmap(NULL, asker_size, RW, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED || set_adj("-500"))
		return 1;
	for (unsigned long i = 0; i < asker_size; i += PAGE)
		p[i] = 1;
	return 0;
}

/* The same, but it is the kernel that touches the memory: read(2) must not say EFAULT. */
static int ask_by_read(unused void *arg)
{
	char *p = mmap(NULL, asker_size, RW, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	int fd = open("/dev/zero", O_RDONLY);

	if (p == MAP_FAILED || fd < 0 || set_adj("-500"))
		return 1;
	for (unsigned long done = 0; done < asker_size;) {
		ssize_t n = read(fd, p + done, asker_size - done);

		if (n <= 0)
			return errno;
		done += n;
	}
	return 0;
}

static int wait_for(pid_t pid)
{
	int status;

	need(waitpid(pid, &status, 0) == pid);
	return how_it_ended(status);
}

/* A hog and an asker. Return: how the asker ended; *hog likewise, or 0 when it lives. */
static int contest(int (*ask)(void *), int *hog_ended)
{
	unsigned long avail = proc_number("/proc/meminfo", "MemAvailable") * 1024;
	pid_t hog = start_hog(avail / 4, "500");
	int asker, status;

	asker_size = avail / 8 * 7;
	asker = how_it_ended(in_child(ask, NULL));
	*hog_ended = 0;
	if (waitpid(hog, &status, WNOHANG) == hog) {
		*hog_ended = how_it_ended(status);
	} else {
		kill(hog, SIGKILL);
		wait_for(hog);
	}
	return asker;
}

/* /proc/vmstat has no colons, so proc_number() is not for it. */
static long kill_count(void)
{
	static char text[16384];
	char *at;

	need(slurp("/proc/vmstat", text, sizeof(text)) > 0);
	at = strstr(text, "\noom_kill ");
	return at ? strtol(at + 10, NULL, 10) : -1;
}

int main(void)
{
	long kills;
	int hog;

	scores();
	need(!set_adj("77"));
	is(how_it_ended(in_child(inherits, NULL)), 0, "a child inherits oom_score_adj");
	need(!set_adj("0"));
	is(how_it_ended(in_child(unprivileged, NULL)), 0, "without privilege: up, back down, but no further");

	need(!set_adj("-900"));
	kills = kill_count();
	is(contest(ask_by_touch, &hog), 0, "who asks gets its memory");
	is(hog, -SIGKILL, "and the hog is killed for it");
	is(contest(ask_by_read, &hog), 0, "the same when a system call touches the memory");
	is(hog, -SIGKILL, "and the hog is killed for it");

	set_knob("/proc/sys/vm/oom_kill_allocating_task", "1");
	is(contest(ask_by_touch, &hog), -SIGKILL, "oom_kill_allocating_task: who asks is killed");
	is(hog, 0, "and the hog lives");
	set_knob("/proc/sys/vm/oom_kill_allocating_task", "0");
	ok(kill_count() >= kills + 3, "/proc/vmstat counts the killed");
	return done_testing();
}
