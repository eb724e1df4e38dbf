// SPDX-License-Identifier: GPL-2.0-only
/*
 * system.c - small calls about the system and the process: uname, sysinfo, limits, prctl, scheduling
 */
#include "tap.h"
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/sysinfo.h>
#include <sys/time.h>

static void test_names(void)
{
	struct utsname u;
	struct sysinfo si;

	is(uname(&u), 0, "uname");
	ok(!strcmp(u.sysname, "Linux"), "sysname");
	ok(!strcmp(u.machine, "riscv64"), "machine");
	ok(atoi(u.release) >= 5, "release %s is new enough for the C library", u.release);
	is(sysinfo(&si), 0, "sysinfo");
	ok(si.totalram * si.mem_unit >> 10 == (unsigned long)proc_number("/proc/meminfo", "MemTotal"),
	   "totalram is MemTotal");
	ok(si.freeram && si.freeram < si.totalram, "freeram");
	ok(si.procs >= 1, "procs");
	ok(si.uptime >= 0 && si.uptime < 36000, "uptime");
	fails(syscall(SYS_uname, 8), EFAULT, "uname to a bad pointer");
}

static void test_limits(void)
{
	struct rlimit rl, old;

	is(getrlimit(RLIMIT_STACK, &rl), 0, "getrlimit");
	ok(rl.rlim_cur == 8 << 20 && rl.rlim_max == RLIM_INFINITY, "RLIMIT_STACK: 8 MiB, no hard limit");
	is(getrlimit(RLIMIT_NOFILE, &rl), 0, "RLIMIT_NOFILE");
	ok(rl.rlim_cur == 1024, "is 1024");
	old = rl;
	rl.rlim_cur = 5;
	is(setrlimit(RLIMIT_NOFILE, &rl), 0, "setrlimit");
	fails(fcntl(0, F_DUPFD, 5), EINVAL, "F_DUPFD from the limit on");
	while (dup(0) >= 0)
		;
	fails(dup(0), EMFILE, "descriptors run out");
	setrlimit(RLIMIT_NOFILE, &old);
	for (int fd = 3; fd < 10; fd++)
		close(fd);
	is(prlimit(getpid(), RLIMIT_CORE, NULL, &rl), 0, "prlimit of oneself by pid");
	fails(prlimit(99999, RLIMIT_CORE, NULL, &rl), ESRCH, "prlimit of nobody");
	fails(getrlimit(99, &rl), EINVAL, "no such limit");
	rl = (struct rlimit){ 10, 5 };
	fails(setrlimit(RLIMIT_CORE, &rl), EINVAL, "soft above hard");
}

static int limits_of_user(unused void *arg)
{
	struct rlimit rl;

	if (setuid(1000) || getrlimit(RLIMIT_NOFILE, &rl))
		return 1;
	rl.rlim_max++;
	if (setrlimit(RLIMIT_NOFILE, &rl) != -1 || errno != EPERM)
		return 2;
	rl.rlim_max = rl.rlim_cur;
	return setrlimit(RLIMIT_NOFILE, &rl) ? 3 : 0;
}

static int memory_limit(unused void *arg)
{
	struct rlimit rl = { 64 << 20, 64 << 20 };

	if (setrlimit(RLIMIT_AS, &rl))
		return 1;
	errno = 0;
	if (malloc(100 << 20) || errno != ENOMEM)
		return 2;
	return malloc(1 << 20) ? 0 : 3;
}

static int file_limit(unused void *arg)
{
	struct rlimit rl = { 5000, 5000 };
	int fd = open("/tmp/system", O_CREAT | O_WRONLY | O_TRUNC, 0600);
	static char buf[8192];

	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &rl))
		return 1;
	if (write(fd, buf, 8192) != 5000)
		return 2;
	if (write(fd, buf, 1) != -1 || errno != EFBIG)
		return 3;
	signal(SIGXFSZ, SIG_DFL);
	return write(fd, buf, 1);	/* kills */
}

static int cpu_limit(unused void *arg)
{
	struct rlimit rl = { 1, 2 };

	if (setrlimit(RLIMIT_CPU, &rl))
		return 1;
	for (;;)
		;
	return 0;
}

static void test_sched(void)
{
	cpu_set_t set, one;
	int cpus, bad = 0;

	is(sched_yield(), 0, "sched_yield");
	ok(syscall(SYS_sched_getaffinity, 0, sizeof(set), &set) > 0, "sched_getaffinity");
	CPU_ZERO(&set);
	need(sched_getaffinity(0, sizeof(set), &set) == 0);
	cpus = CPU_COUNT(&set);
	ok(cpus >= 1 && cpus == get_nprocs(), "as many as there are (%d)", cpus);
	for (int cpu = 0; cpu < cpus; cpu++) {
		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		bad += sched_setaffinity(0, sizeof(one), &one) != 0;
		bad += sched_getcpu() != cpu;
	}
	is(bad, 0, "pinned to each hart in turn, it runs there");
	CPU_ZERO(&one);
	fails(sched_setaffinity(0, sizeof(one), &one), EINVAL, "no hart at all");
	is(sched_setaffinity(0, sizeof(set), &set), 0, "free again");
	is(sched_getscheduler(0), SCHED_OTHER, "sched_getscheduler");
	is(getpriority(PRIO_PROCESS, 0), 0, "getpriority");
	is(setpriority(PRIO_PROCESS, 0, 5), 0, "setpriority");
	is(getpriority(PRIO_PROCESS, 0), 5, "shows");
	setpriority(PRIO_PROCESS, 0, 0);
}

static void test_misc(void)
{
	struct rusage ru;
	unsigned int cpu = 99;
	char name[16];
	gid_t groups[4];

	prctl(PR_SET_NAME, "some-name");
	is(prctl(PR_GET_NAME, name), 0, "PR_GET_NAME");
	ok(!strcmp(name, "some-name"), "is what was set");
	fails(prctl(9999, 0, 0, 0, 0), EINVAL, "prctl of nothing known");
	is(getrusage(RUSAGE_SELF, &ru), 0, "getrusage");
	ok(ru.ru_minflt > 0 && ru.ru_maxrss > 0, "counts faults and memory");
	fails(getrusage(77, &ru), EINVAL, "getrusage of whom?");
	is(syscall(SYS_getcpu, &cpu, NULL, NULL), 0, "getcpu");
	ok(cpu < 64, "a hart's number");
	ok(getgroups(4, groups) >= 0, "getgroups");
	is(syscall(SYS_set_tid_address, &cpu), syscall(SYS_gettid), "set_tid_address returns the thread id");
	fails(syscall(470), ENOSYS, "call 470 does not exist");
	fails(syscall(-1), ENOSYS, "nor -1");
	fails(syscall(1UL << 40), ENOSYS, "nor 2^40");
	fails(syscall(SYS_reboot, 1, 2, 3, 4), EINVAL, "reboot without its magic numbers");
}

int main(void)
{
	test_names();
	test_limits();
	is(how_it_ended(in_child(limits_of_user, NULL)), 0, "an ordinary user can't raise a hard limit");
	is(how_it_ended(in_child(memory_limit, NULL)), 0, "RLIMIT_AS");
	is(how_it_ended(in_child(file_limit, NULL)), -SIGXFSZ, "RLIMIT_FSIZE");
	is(how_it_ended(in_child(cpu_limit, NULL)), -SIGXCPU, "RLIMIT_CPU: one second");
	test_sched();
	test_misc();
	if (on_linux_lite()) {
		fails(socket(AF_INET, SOCK_STREAM, 0), EAFNOSUPPORT, "no networking: socket AF_INET");
		fails(socket(AF_UNIX, SOCK_STREAM, 0), EAFNOSUPPORT, "no networking: socket AF_UNIX");
	}
	return done_testing();
}
