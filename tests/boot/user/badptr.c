// SPDX-License-Identifier: GPL-2.0-only
/*
 * badptr.c - system calls with bad pointers: an errno, never a crash, never a hang
 *
 * First a table of calls that must say EFAULT exactly. Then every call number from 0 to 450 with
 * hostile arguments in a child: whatever comes back, the kernel must live, and so must we.
 */
#include "tap.h"
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>

static long bad[8];
enum { NULLPTR, LOW, UNMAPPED, READONLY, EDGE, NONCANON, KERNEL, LAST, NR_BAD };
static const char *const bad_name[NR_BAD] = {
	"NULL", "8", "unmapped", "read-only", "page's edge", "non-canonical", "kernel", "-1",
};

static void make_bad(void)
{
	char *p = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	need(p != MAP_FAILED);
	munmap(p + PAGE, PAGE);
	mprotect(p + 2 * PAGE, PAGE, PROT_READ);
	bad[LOW] = 8;
	bad[UNMAPPED] = (long)p + PAGE;
	bad[READONLY] = (long)p + 2 * PAGE;
	bad[EDGE] = (long)p + PAGE - 1;		/* one good byte, then a hole */
	bad[NONCANON] = 1L << 62;
	bad[KERNEL] = (long)0xffffffff80000000UL;
	bad[LAST] = -1;
}

#define P	0x7ead		/* in the table: here goes the bad pointer */

static void test_table(void)
{
	int file = open("/tmp/badptr", O_CREAT | O_RDWR | O_TRUNC, 0600), zero = open("/dev/zero", O_RDWR);
	int fds[2];
	const struct {
		const char *name;
		long nr, arg[6];
		int reads;	/* the kernel only reads there: a read-only page is fine */
	} call[] = {
		{ "read file", SYS_read, { file, P, 100 }, 0 },
		{ "read zero", SYS_read, { zero, P, 100 }, 0 },
		{ "read pipe", SYS_read, { 100, P, 100 }, 0 },
		{ "write file", SYS_write, { file, P, 100 }, 1 },
		{ "write pipe", SYS_write, { 101, P, 100 }, 1 },
		{ "pread64", SYS_pread64, { file, P, 100, 0 }, 0 },
		{ "pwrite64", SYS_pwrite64, { file, P, 100, 5000 }, 1 },
		{ "readv", SYS_readv, { file, P, 1 }, 1 },
		{ "writev", SYS_writev, { file, P, 1 }, 1 },
		{ "openat", SYS_openat, { AT_FDCWD, P, 0 }, 1 },
		{ "mkdirat", SYS_mkdirat, { AT_FDCWD, P, 0755 }, 1 },
		{ "unlinkat", SYS_unlinkat, { AT_FDCWD, P, 0 }, 1 },
		{ "readlinkat", SYS_readlinkat, { AT_FDCWD, P, file, 10 }, 1 },
		{ "faccessat", SYS_faccessat, { AT_FDCWD, P, 0 }, 1 },
		{ "chdir", SYS_chdir, { P }, 1 },
		{ "statx", SYS_statx, { AT_FDCWD, P, 0, 0, P }, 1 },
		{ "newfstatat", SYS_newfstatat, { AT_FDCWD, P, P, 0 }, 1 },
		{ "fstat", SYS_fstat, { file, P }, 0 },
		{ "getcwd", SYS_getcwd, { P, 100 }, 0 },
		{ "pipe2", SYS_pipe2, { P, 0 }, 0 },
		{ "uname", SYS_uname, { P }, 0 },
		{ "sysinfo", SYS_sysinfo, { P }, 0 },
		{ "getrusage", SYS_getrusage, { 0, P }, 0 },
		{ "clock_gettime", SYS_clock_gettime, { 1, P }, 0 },
		{ "nanosleep", SYS_nanosleep, { P, 0 }, 1 },
		{ "getitimer", SYS_getitimer, { 0, P }, 0 },
		{ "rt_sigaction old", SYS_rt_sigaction, { SIGUSR1, 0, P, 8 }, 0 },
		{ "rt_sigprocmask old", SYS_rt_sigprocmask, { SIG_BLOCK, 0, P, 8 }, 0 },
		{ "rt_sigpending", SYS_rt_sigpending, { P, 8 }, 0 },
		{ "prlimit64 old", SYS_prlimit64, { 0, RLIMIT_CORE, 0, P }, 0 },
		{ "execve", SYS_execve, { P, 0, 0 }, 1 },
		{ "getrandom", SYS_getrandom, { P, 100, 0 }, 0 },
		{ "ppoll", SYS_ppoll, { P, 1, 0, 0, 8 }, 1 },
		{ "sched_getaffinity", SYS_sched_getaffinity, { 0, 128, P }, 0 },
	};

	need(write(file, "0123456789", 10) == 10 && lseek(file, 0, SEEK_SET) == 0 && pipe(fds) == 0);
	need(dup2(fds[0], 100) == 100 && dup2(fds[1], 101) == 101 && write(101, "pipe", 4) == 4);
	for (unsigned int i = 0; i < sizeof(call) / sizeof(*call); i++) {
		if (call[i].nr == SYS_getitimer && !have_timers()) {
			tap_skip(call[i].name, NO_TIMERS);
			continue;
		}
		for (int b = LOW; b < NR_BAD; b++) {
			long arg[6], ret;

			/* at a page's edge strings and transfers may begin well, which is fine; an empty
			 * string or zeros on a readable page are no bad pointer */
			if (b == EDGE || (b == READONLY && call[i].reads))
				continue;
			for (int a = 0; a < 6; a++)
				arg[a] = call[i].arg[a] == P ? bad[b] : call[i].arg[a];
			errno = 0;
			ret = syscall(call[i].nr, arg[0], arg[1], arg[2], arg[3], arg[4], arg[5]);
			if (ret != -1 || errno != EFAULT)
				fails(ret, EFAULT, "%s with a pointer that is %s", call[i].name, bad_name[b]);
		}
		ok(1, "%s", call[i].name);
	}
	/* what was moved before the fault counts */
	lseek(file, 0, SEEK_SET);
	is(read(file, (void *)bad[EDGE], 10), 1, "read up to a page's edge: one byte");
	is(write(file, (void *)bad[EDGE], 10), 1, "write from a page's edge: one byte");
	fails(access((char *)bad[EDGE], F_OK), EFAULT, "a path that runs over a page's edge");
	close(file);
	close(zero);
	for (int fd = 100; fd < 102; fd++)
		close(fd);
	close(fds[0]);
	close(fds[1]);
}

/* Calls that do what they are told, which we don't want: end, stop, reboot, or sleep for ever. */
static int left_out(long nr)
{
	static const long calls[] = {
		SYS_exit, SYS_exit_group, SYS_reboot, SYS_kill, SYS_tkill, SYS_tgkill, SYS_clone,
		SYS_clone3, SYS_vhangup, SYS_kexec_load, SYS_rt_sigreturn, SYS_umount2, SYS_chroot,
		SYS_pivot_root, SYS_sync, SYS_rt_sigqueueinfo, SYS_delete_module, SYS_settimeofday,
		SYS_clock_settime, SYS_adjtimex, SYS_clock_adjtime, SYS_munmap, SYS_brk, SYS_close_range,
		SYS_sethostname,
	};

	for (unsigned int i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (calls[i] == nr)
			return 1;
	return 0;
}

struct fuzz {
	long nr;
	unsigned int seed;
};

static unsigned int next(unsigned int *seed)
{
	*seed = *seed * 1103515245 + 12345;
	return *seed >> 16;
}

static int fuzz_one(void *arg)
{
	struct fuzz *f = arg;
	struct itimerval limit = { { 0, 20000 }, { 0, 20000 } };
	unsigned int seed = f->seed;
	struct rlimit rl = { 64 << 20, 64 << 20 };

	setrlimit(RLIMIT_AS, &rl);
	setpgid(0, 0);
	signal(SIGALRM, SIG_DFL);
	setitimer(ITIMER_REAL, &limit, NULL);	/* a call that sleeps is ended: by death */
	for (int round = 0; round < 12; round++) {
		long a[6];

		for (int i = 0; i < 6; i++) {
			unsigned int r = next(&seed) % (NR_BAD + 4);
			long value[] = { 3, 1 << 30, PAGE, next(&seed) };

			a[i] = r < NR_BAD ? bad[r] : value[r - NR_BAD];
		}
		if (a[0] == 0 || a[0] == 1 || a[0] == 2)
			a[0] = 77;		/* leave the console alone */
		syscall(f->nr, a[0], a[1], a[2], a[3], a[4], a[5]);
	}
	_exit(0);
}

/* How a child may end: by itself, by a limit that a call set, by the alarm, by a signal it asked for. */
#define BIT(sig)	(1UL << (sig))
#define FINE		(1 | BIT(SIGALRM) | BIT(SIGSEGV) | BIT(SIGBUS) | BIT(SIGSYS) | BIT(SIGXFSZ) |	\
			 BIT(SIGPIPE) | BIT(SIGVTALRM) | BIT(SIGPROF) | BIT(SIGXCPU) | BIT(SIGKILL))

static void test_fuzz(void)
{
	struct fuzz f = { 0, 4711 };
	int strange = 0;

	for (f.nr = 0; f.nr <= 450; f.nr++) {
		int how;

		if (left_out(f.nr))
			continue;
		f.seed = f.seed * 69069 + 1;
		how = how_it_ended(in_child(fuzz_one, &f));
		if (how > 0 || !(1UL << -how & FINE)) {
			diag("call %ld ended with %d", f.nr, how);
			strange++;
		}
	}
	is(strange, 0, "every call from 0 to 450 with hostile arguments");
}

static int seven(unused void *arg)
{
	return 7;
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	make_bad();
	test_table();
	if (have_timers())
		test_fuzz();
	else	/* a call that sleeps for ever would never be ended */
		tap_skip("every call from 0 to 450 with hostile arguments", NO_TIMERS);
	is(how_it_ended(in_child(seven, NULL)), 7, "and the kernel still forks");
	return done_testing();
}
