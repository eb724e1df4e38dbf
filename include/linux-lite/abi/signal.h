/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * abi/signal.h - Linux's signals as a riscv64 program sees them: numbers,
 * siginfo, sigaction, stack_t. The signal frame itself is the port's
 * (arch/riscv/kernel/signal.c).
 */
#ifndef LINUX_LITE_ABI_SIGNAL_H
#define LINUX_LITE_ABI_SIGNAL_H

#include <linux-lite/types.h>

#define _NSIG	64

enum {
	SIGHUP = 1, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL,
	SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGSTKFLT, SIGCHLD, SIGCONT,
	SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF,
	SIGWINCH, SIGIO, SIGPWR, SIGSYS, SIGRTMIN
};

typedef struct { unsigned long sig; } sigset_t;

#define sigmask(n)	(1UL << ((n) - 1))

#define SIG_DFL		0UL
#define SIG_IGN		1UL

#define SA_NOCLDSTOP	0x00000001UL
#define SA_NOCLDWAIT	0x00000002UL
#define SA_SIGINFO	0x00000004UL
#define SA_ONSTACK	0x08000000UL
#define SA_RESTART	0x10000000UL
#define SA_NODEFER	0x40000000UL
#define SA_RESETHAND	0x80000000UL

#define SIG_BLOCK	0
#define SIG_UNBLOCK	1
#define SIG_SETMASK	2

struct k_sigaction {			/* riscv has no sa_restorer */
	unsigned long sa_handler;
	unsigned long sa_flags;
	sigset_t sa_mask;
};

typedef struct {
	void *ss_sp;
	int ss_flags;
	size_t ss_size;
} stack_t;

#define SS_ONSTACK	1
#define SS_DISABLE	2
#define SS_AUTODISARM	(1U << 31)
#define MINSIGSTKSZ	2048

/* si_code */
#define SI_USER		0
#define SI_KERNEL	0x80
#define SI_QUEUE	(-1)
#define SI_TIMER	(-2)
#define SI_TKILL	(-6)
#define SEGV_MAPERR	1
#define SEGV_ACCERR	2
#define BUS_ADRALN	1
#define BUS_ADRERR	2
#define ILL_ILLOPC	1
#define TRAP_BRKPT	1
#define CLD_EXITED	1
#define CLD_KILLED	2
#define CLD_DUMPED	3
#define CLD_STOPPED	5
#define CLD_CONTINUED	6

typedef union { int sival_int; void *sival_ptr; } sigval_t;

typedef struct siginfo {
	int si_signo, si_errno, si_code, __pad;
	union {
		int __fill[28];		/* 128 bytes in all */
		struct { pid_t pid; uid_t uid; sigval_t value; } rt;	/* kill, sigqueue */
		struct { int tid, overrun; sigval_t value; } timer;
		struct { pid_t pid; uid_t uid; int status; long utime, stime; } chld;
		struct { void *addr; } fault;
	};
} siginfo_t;

static_assert(sizeof(siginfo_t) == 128, "siginfo_t");

#define SIGEV_SIGNAL	0
#define SIGEV_NONE	1
#define SIGEV_THREAD	2
#define SIGEV_THREAD_ID	4

typedef struct sigevent {
	sigval_t sigev_value;
	int sigev_signo, sigev_notify;
	int sigev_tid, __pad[11];
} sigevent_t;

#endif
