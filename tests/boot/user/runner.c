// SPDX-License-Identifier: GPL-2.0-only
/*
 * runner.c - init of a test boot: run the TAP programs of /tests one after the other, then power off
 *
 *	rdinit=/tests/runner [-- [-t SECONDS] PATTERN...]
 *
 * Every program of /tests whose name matches one of the shell patterns (default: every one) and none of
 * the patterns with a '!' before them runs as a process group of its own with a time limit (default
 * 30 s). The host reads:
 *
 *	# run cow
 *	ok 1 - ...
 *	1..1
 *	# end cow exit=0 12 ms          (or killed=9, or timeout)
 *	# programs: 1 failed: 0
 *
 * It needs nothing but the kernel: no shell and no other program. On a real Linux it mounts what it
 * wants first; where linux-lite has mounted it already the calls fail and nobody minds.
 */
#include "tap.h"
#include <dirent.h>
#include <fnmatch.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <termios.h>

#define MAX_PROGRAMS	256

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void mount_all(void)
{
	mkdir("/proc", 0755);
	mkdir("/dev", 0755);
	mkdir("/tmp", 01777);
	mkdir("/sys", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("tmpfs", "/tmp", "tmpfs", 0, "mode=1777");
	if (access("/dev/console", R_OK | W_OK))
		diag("no /dev/console");
}

/* Return: 1 when @name matches a pattern, or there is none, and matches no pattern behind a '!'. */
static int wanted(const char *name, char **patterns)
{
	int nr_plain = 0, matched = 0;

	if (name[0] == '.' || !strcmp(name, "runner") || !strcmp(name, "trigger"))
		return 0;
	for (; *patterns; patterns++) {
		if (**patterns == '!' && !fnmatch(*patterns + 1, name, 0))
			return 0;
		nr_plain += **patterns != '!';
		matched |= !fnmatch(*patterns, name, 0);
	}
	return matched || !nr_plain;
}

static int list_programs(char **names, char **patterns)
{
	DIR *dir = opendir("/tests");
	struct dirent *entry;
	int nr = 0;

	if (!dir)
		return 0;
	while (nr < MAX_PROGRAMS && (entry = readdir(dir)))
		if (wanted(entry->d_name, patterns))
			names[nr++] = strdup(entry->d_name);
	closedir(dir);
	qsort(names, nr, sizeof(*names), by_name);
	return nr;
}

/* Show the threads of process @pid: name, state, and the system call they are in. */
static void show_threads(const char *pid)
{
	char path[600], stat[400], call[200];
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%s/task", pid);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "/proc/%s/task/%s/stat", pid, entry->d_name);
		if (slurp(path, stat, sizeof(stat)) <= 0)
			continue;
		snprintf(path, sizeof(path), "/proc/%s/task/%s/syscall", pid, entry->d_name);
		if (slurp(path, call, sizeof(call)) <= 0)
			strcpy(call, "?\n");
		diag("%.100s... in %.*s", stat, (int)strcspn(call, "\n"), call);
	}
	if (dir)
		closedir(dir);
}

/* A program hangs: show every process that has memory, so that the log says who waits for whom. */
static void show_processes(void)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	char path[300], line[8];

	while (dir && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), "/proc/%s/cmdline", entry->d_name);
		if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' && slurp(path, line, sizeof(line)) > 0)
			show_threads(entry->d_name);
	}
	if (dir)
		closedir(dir);
}

/*
 * Wait for @pid, at most @seconds; init also reaps whatever the tests left behind. Polling keeps this
 * independent of timers and signals, which are things under test.
 */
static int wait_or_kill(pid_t pid, int seconds, int *status)
{
	long end = now_ns() + seconds * 1000000000L;
	int killed = 0;
	pid_t got;

	for (;;) {
		got = waitpid(-1, status, WNOHANG);
		if (got == pid)
			return killed;
		if (got > 0)
			continue;
		if (!killed && now_ns() > end) {
			show_processes();
			kill(-pid, SIGKILL);
			kill(pid, SIGKILL);
			killed = 1;
			end += 5000000000L;
		} else if (killed && now_ns() > end) {
			return 2;	/* not even SIGKILL helps */
		}
		sleep_ms(5);
	}
}

static int run_program(const char *name, int seconds)
{
	long start = now_ns(), ms;
	char path[280];
	char *argv[] = { path, NULL };
	char *envp[] = { (char *)"PATH=/bin:/tests", (char *)"HOME=/", NULL };
	int status = 0, late;
	pid_t pid;

	snprintf(path, sizeof(path), "/tests/%s", name);
	diag("run %s", name);
	pid = fork();
	if (pid == 0) {
		setpgid(0, 0);
		if (chdir("/tmp"))
			_exit(97);
		execve(path, argv, envp);
		diag("execve %s: %s", path, strerror(errno));
		_exit(98);
	}
	if (pid < 0) {
		diag("end %s fork: %s", name, strerror(errno));
		return 1;
	}
	setpgid(pid, pid);
	late = wait_or_kill(pid, seconds, &status);
	kill(-pid, SIGKILL);
	ms = (now_ns() - start) / 1000000;
	if (late)
		diag("end %s timeout%s %ld ms", name, late == 2 ? " unkillable" : "", ms);
	else if (WIFSIGNALED(status))
		diag("end %s killed=%d %ld ms", name, WTERMSIG(status), ms);
	else
		diag("end %s exit=%d %ld ms", name, WEXITSTATUS(status), ms);
	return late || status != 0;
}

/* What machine this is, and what the kernel handed over: tests/boot/run compares it. */
static void show_machine(char **argv, char **envp)
{
	static char text[65536];
	int harts = 0, mmu = 0;
	struct utsname u;

	if (slurp("/proc/cpuinfo", text, sizeof(text)) > 0) {
		for (char *at = text; (at = strstr(at, "processor\t")); at++)
			harts++;
		if (strstr(text, "mmu\t\t: sv"))
			mmu = atoi(strstr(text, "mmu\t\t: sv") + 9);
	}
	uname(&u);
	diag("machine: harts=%d mmu=sv%d MemTotal=%ld kB release=%s", harts, mmu,
	     proc_number("/proc/meminfo", "MemTotal"), u.release);
	while (*++argv)
		diag("argument: %s", *argv);
	for (; *envp; envp++)
		diag("environment: %s", *envp);
}

int main(int argc, char **argv, char **envp)
{
	char *names[MAX_PROGRAMS];
	char **base = argv;
	int seconds = 30, nr, failed = 0;

	if (argc > 2 && !strcmp(argv[1], "-t")) {
		seconds = atoi(argv[2]);
		argv += 2;
	}
	mount_all();
	show_machine(base, envp);
	nr = list_programs(names, argv + 1);
	for (int i = 0; i < nr; i++)
		failed += run_program(names[i], seconds);
	diag("programs: %d failed: %d", nr, failed);
	sync();
	tcdrain(1);		/* the machine must not be gone before the last line is */
	if (getpid() == 1)
		reboot(RB_POWER_OFF);
	return failed != 0;
}
