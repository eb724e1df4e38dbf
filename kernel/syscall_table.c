// SPDX-License-Identifier: GPL-2.0-only
/*
 * syscall_table.c - from a number to a function.
 *
 * entry.S takes a7 as an index and calls what stands there; every number below
 * NR_SYSCALLS that is not listed leads to sys_ni_syscall(), so the entry code needs
 * no test for a hole.
 *
 * TO ADD A SYSTEM CALL: its number goes into abi/unistd.h, its name into the list
 * below, and SYSCALL_DEFINEn(name, ...) anywhere defines sys_name().
 *
 * clone and clone3 need all registers of their caller in memory, so the port's
 * entry code comes first (asm/syscall.h).
 */
#include <linux-lite/abi/unistd.h>
#include <linux-lite/syscalls.h>

#define SYSCALLS(S) \
	S(setxattr) S(lsetxattr) S(fsetxattr) S(getxattr) S(lgetxattr) S(fgetxattr) \
	S(listxattr) S(llistxattr) S(flistxattr) S(getcwd) S(eventfd2) S(dup) S(dup3) \
	S(fcntl) S(ioctl) S(flock) S(mknodat) S(mkdirat) S(unlinkat) S(symlinkat) S(linkat) \
	S(umount2) S(mount) S(statfs) S(fstatfs) S(truncate) S(ftruncate) S(fallocate) \
	S(faccessat) S(chdir) S(fchdir) S(chroot) S(fchmod) S(fchmodat) S(fchownat) \
	S(fchown) S(openat) S(close) S(pipe2) S(getdents64) S(lseek) S(read) S(write) \
	S(readv) S(writev) S(pread64) S(pwrite64) S(preadv) S(pwritev) S(sendfile) \
	S(pselect6) S(ppoll) S(readlinkat) S(newfstatat) S(fstat) S(sync) S(fsync) \
	S(fdatasync) S(sync_file_range) S(utimensat) S(capget) S(capset) S(personality) \
	S(exit) S(exit_group) S(waitid) S(set_tid_address) S(futex) S(set_robust_list) \
	S(get_robust_list) S(nanosleep) S(getitimer) S(setitimer) S(timer_create) \
	S(timer_gettime) S(timer_getoverrun) S(timer_settime) S(timer_delete) \
	S(clock_settime) S(clock_gettime) S(clock_getres) S(clock_nanosleep) S(syslog) \
	S(sched_setparam) S(sched_setscheduler) S(sched_getscheduler) S(sched_getparam) \
	S(sched_setaffinity) S(sched_getaffinity) S(sched_yield) S(sched_get_priority_max) \
	S(sched_get_priority_min) S(sched_rr_get_interval) S(restart_syscall) S(kill) \
	S(tkill) S(tgkill) S(sigaltstack) S(rt_sigsuspend) S(rt_sigaction) S(rt_sigprocmask) \
	S(rt_sigpending) S(rt_sigtimedwait) S(rt_sigqueueinfo) S(rt_sigreturn) \
	S(setpriority) S(getpriority) S(reboot) S(setregid) S(setgid) S(setreuid) S(setuid) \
	S(setresuid) S(getresuid) S(setresgid) S(getresgid) S(setfsuid) S(setfsgid) S(times) \
	S(setpgid) S(getpgid) S(getsid) S(setsid) S(getgroups) S(setgroups) S(sethostname) \
	S(setdomainname) S(getrlimit) S(setrlimit) S(getrusage) S(umask) S(prctl) S(getcpu) \
	S(gettimeofday) S(settimeofday) S(getpid) S(getppid) S(getuid) S(geteuid) S(getgid) \
	S(getegid) S(gettid) S(sysinfo) S(socket) S(socketpair) S(readahead) S(brk) \
	S(munmap) S(mremap) S(execve) S(mmap) S(fadvise64) S(mprotect) S(msync) S(mlock) \
	S(munlock) S(mlockall) S(munlockall) S(mincore) S(madvise) S(rt_tgsigqueueinfo) \
	S(riscv_flush_icache) S(wait4) S(prlimit64) S(syncfs) S(renameat2) S(getrandom) \
	S(memfd_create) S(execveat) S(membarrier) S(mlock2) S(copy_file_range) S(preadv2) \
	S(pwritev2) S(statx) S(close_range) S(faccessat2) S(fchmodat2)

/* What every function in the table looks like to its caller. */
#define ARGS	unsigned long, unsigned long, unsigned long, unsigned long, unsigned long, \
		unsigned long
#define DECLARE(name)	long sys_##name(ARGS);
#define ENTRY(name)	[__NR_##name] = sys_##name,

SYSCALLS(DECLARE)
DECLARE(ni_syscall)
DECLARE(newuname)
long __riscv_sys_clone(ARGS);
long __riscv_sys_clone3(ARGS);

const syscall_fn_t sys_call_table[NR_SYSCALLS] = {
	[0 ... NR_SYSCALLS - 1] = sys_ni_syscall,
	SYSCALLS(ENTRY)
	[__NR_uname] = sys_newuname,
	[__NR_clone] = __riscv_sys_clone,
	[__NR_clone3] = __riscv_sys_clone3,
};
