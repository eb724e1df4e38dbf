// SPDX-License-Identifier: GPL-2.0-only
/*
 * procself.c - /proc/self: maps, status, stat, statm, cmdline, comm, fd, checked against what the
 * process knows of itself
 */
#include "tap.h"
#include "match.h"
#include "maps.h"
#include <sys/mman.h>
#include <sys/prctl.h>

#define RW	(PROT_READ | PROT_WRITE)

static char text[1 << 16];

static void test_maps(void)
{
	unsigned long last = 0, start, end;
	char *line, *save, here;
	int bad = 0, order = 0, column = 0;
	struct map m;
	int fd = open("/tmp/procself file", O_CREAT | O_RDWR, 0600);
	char *p;

	need(fd >= 0 && ftruncate(fd, 4 * PAGE) == 0);
	slurp("/proc/self/maps", text, sizeof(text));
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		/* a name starts in column 74; without one the line ends with a blank after the inode */
		if (!matches(line, "^[0-9a-f]{8,16}-[0-9a-f]{8,16} [r-][w-][x-][ps] [0-9a-f]{8} "
			     "[0-9a-f]{2,}:[0-9a-f]{2,} [0-9]+ ( *[^ ].*)?$")) {
			diag("|%s|", line);
			bad++;
		}
		sscanf(line, "%lx-%lx", &start, &end);
		order += start < last || end <= start;
		last = end;
		if (strchr(line, '/'))
			column += strchr(line, '/') - line != 73;
	}
	is(bad, 0, "maps: every line has Linux's form");
	is(order, 0, "maps: in order, no overlap");
	is(column, 0, "maps: names start in column 74");
	ok(map_find(test_maps, &m) && !strcmp(m.perms, "r-xp") && !strcmp(m.name, "/tests/procself"),
	   "maps: my code is r-xp of my file (%s %s)", m.perms, m.name);
	ok(map_find(text, &m) && !strcmp(m.perms, "rw-p"), "maps: my data is rw-p");
	ok(map_find(&here, &m) && !strcmp(m.name, "[stack]") && !strcmp(m.perms, "rw-p"), "maps: [stack]");
	ok(map_find(sbrk(0) - 1, &m) && !strcmp(m.name, "[heap]"), "maps: [heap]");
	p = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 2 * PAGE);
	need(map_find(p, &m));
	ok(!strcmp(m.perms, "r--s") && m.offset == 2 * PAGE && !strcmp(m.name, "/tmp/procself file"),
	   "maps: a shared file, its offset and name");
	unlink("/tmp/procself file");
	need(map_find(p, &m));
	ok(!strcmp(m.name, "/tmp/procself file (deleted)"), "maps: (deleted)");
	munmap(p, PAGE);
	p = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ok(map_find(p, &m) && !strcmp(m.perms, "---p") && !m.name[0], "maps: ---p");
	munmap(p, PAGE);
	close(fd);
}

static void test_status(void)
{
	static const char *const form[] = {
		"Name:\tprocself", "Umask:\t[0-7]{4}", "State:\tR \\(running\\)", "Tgid:\t[0-9]+",
		"Pid:\t[0-9]+",
		"PPid:\t[0-9]+", "Uid:\t0\t0\t0\t0", "Gid:\t0\t0\t0\t0", "FDSize:\t[0-9]+",
		"VmPeak:\t *[0-9]+ kB",
		"VmSize:\t *[0-9]+ kB", "VmLck:\t *[0-9]+ kB", "VmHWM:\t *[0-9]+ kB", "VmRSS:\t *[0-9]+ kB",
		"RssAnon:\t *[0-9]+ kB", "RssFile:\t *[0-9]+ kB", "VmData:\t *[0-9]+ kB",
		"VmStk:\t *[0-9]+ kB",
		"VmExe:\t *[0-9]+ kB", "VmPTE:\t *[0-9]+ kB", "Threads:\t1", "SigPnd:\t[0-9a-f]{16}",
		"SigBlk:\t[0-9a-f]{16}", "SigIgn:\t[0-9a-f]{16}", "SigCgt:\t[0-9a-f]{16}",
	};
	char pattern[128], *line, *save;
	long rss, size;
	int bad = 0;
	char *p;

	slurp("/proc/self/status", text, sizeof(text));
	for (unsigned int i = 0; i < sizeof(form) / sizeof(*form); i++) {
		snprintf(pattern, sizeof(pattern), "(^|\n)%s\n", form[i]);
		ok(matches(text, pattern), "status: %.*s", (int)strcspn(form[i], ":"), form[i]);
	}
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		bad += !matches(line, "^[A-Za-z_0-9]+:(\t.*)?$");
	is(bad, 0, "status: key, colon, tab, value");
	is(proc_number("/proc/self/status", "Pid"), getpid(), "status: Pid is mine");
	is(proc_number("/proc/self/status", "PPid"), getppid(), "status: PPid is my parent's");
	rss = proc_number("/proc/self/status", "VmRSS");
	size = proc_number("/proc/self/status", "VmSize");
	p = mmap(NULL, 100 * PAGE, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	is(proc_number("/proc/self/status", "VmSize") - size, 400, "VmSize grows with mmap");
	memset(p, 1, 50 * PAGE);
	size = proc_number("/proc/self/status", "VmRSS") - rss;
	ok(size >= 200 && size <= 200 + 256, "VmRSS grows with what is touched (%ld kB)", size);
	munmap(p, 100 * PAGE);
	signal(SIGUSR1, SIG_IGN);
	slurp("/proc/self/status", text, sizeof(text));
	ok(strstr(text, "SigIgn:\t0000000000000200"), "SigIgn: bit 9 is SIGUSR1");
	signal(SIGUSR1, SIG_DFL);
}

static void test_stat(void)
{
	long field[53] = { 0 };
	char *at, state;
	int n = 3, used;

	prctl(PR_SET_NAME, "a) b (c");		/* the name may hold anything */
	slurp("/proc/self/stat", text, sizeof(text));
	prctl(PR_SET_NAME, "procself");
	is(atoi(text), getpid(), "stat: 1 pid");
	ok(strstr(text, " (a) b (c) ") != NULL, "stat: 2 name");
	at = strrchr(text, ')') + 2;
	state = *at++;
	is(state, 'R', "stat: 3 state");
	while (n < 52 && sscanf(at, " %ld%n", &field[n + 1], &used) == 1) {
		at += used;
		n++;
	}
	is(n, 52, "stat: 52 fields");
	ok(*at == '\n' && !at[1], "and no more");
	is(field[4], getppid(), "stat: 4 ppid");
	is(field[5], getpgrp(), "stat: 5 pgrp");
	is(field[6], getsid(0), "stat: 6 session");
	ok(field[10] > 0, "stat: 10 minflt");
	is(field[20], 1, "stat: 20 num_threads");
	is(field[23] / 1024, proc_number("/proc/self/status", "VmSize"), "stat: 23 vsize");
	ok(labs(field[24] * 4 - proc_number("/proc/self/status", "VmRSS")) < 256, "stat: 24 rss");
	is(field[38], SIGCHLD, "stat: 38 exit_signal");
	slurp("/proc/self/statm", text, sizeof(text));
	ok(matches(text, "^[0-9]+( [0-9]+){6}\n$"), "statm: seven numbers");
	is(atol(text) * 4, proc_number("/proc/self/status", "VmSize"), "statm: the first is VmSize");
}

static void test_files(char **argv)
{
	char target[128];
	int fd, n;

	n = slurp("/proc/self/cmdline", text, sizeof(text));
	ok(n == (int)strlen(argv[0]) + 1 && !strcmp(text, argv[0]), "cmdline: argv with its NULs");
	argv[0][0] = '#';
	slurp("/proc/self/cmdline", text, sizeof(text));
	is(text[0], '#', "cmdline is read from the process's own memory");
	argv[0][0] = '/';
	slurp("/proc/self/comm", text, sizeof(text));
	ok(!strcmp(text, "procself\n"), "comm");
	n = readlink("/proc/self/exe", target, sizeof(target) - 1);
	target[n > 0 ? n : 0] = 0;
	ok(!strcmp(target, "/tests/procself"), "exe is a link to my file");
	n = readlink("/proc/self/cwd", target, sizeof(target) - 1);
	target[n > 0 ? n : 0] = 0;
	ok(!strcmp(target, "/tmp"), "cwd is a link to my directory");
	fd = open("/dev/null", O_RDONLY);
	snprintf(text, sizeof(text), "/proc/self/fd/%d", fd);
	n = readlink(text, target, sizeof(target) - 1);
	target[n > 0 ? n : 0] = 0;
	ok(!strcmp(target, "/dev/null"), "fd/%d is a link to its file", fd);
	close(fd);
}

/* A program that has a lock starts itself over and over; the last one waits. */
static void exec_again(int left)
{
	char number[12];

	if (!left)
		pause();
	snprintf(number, sizeof(number), "%d", left - 1);
	execl("/proc/self/exe", "procself", number, NULL);
	_exit(1);
}

/* To look at /proc/PID/fd is no use of the files: POSIX locks outlive exec all the same. */
static void test_looking_on(void)
{
	struct flock lock = { .l_type = F_WRLCK };
	int fd = open("/tmp/procself lock", O_CREAT | O_RDWR, 0600);
	char name[32], cmd[32];
	pid_t kid, looker;

	kid = fork();
	if (kid == 0) {
		if (fcntl(fd, F_SETLK, &lock))
			_exit(2);
		exec_again(30);
	}
	looker = fork();
	if (looker == 0) {
		snprintf(name, sizeof(name), "/proc/%d/status", kid);
		for (;;)
			slurp(name, text, sizeof(text));
	}
	snprintf(name, sizeof(name), "/proc/%d/cmdline", kid);
	do {
		sleep_ms(10);
		memset(cmd, 0, sizeof(cmd));
		slurp(name, cmd, sizeof(cmd));
	} while (strcmp(cmd, "procself") || strcmp(cmd + 9, "0"));
	need(fcntl(fd, F_GETLK, &lock) == 0);
	is(lock.l_type, F_WRLCK, "a lock is held through exec while others read /proc/PID/status");
	is(lock.l_pid, kid, "by the same process");
	kill(looker, SIGKILL);
	kill(kid, SIGKILL);
	waitpid(looker, NULL, 0);
	waitpid(kid, NULL, 0);
	close(fd);
}

int main(int argc, char **argv)
{
	if (argc > 1)
		exec_again(atoi(argv[1]));
	test_maps();
	test_status();
	test_stat();
	test_files(argv);
	test_looking_on();
	return done_testing();
}
