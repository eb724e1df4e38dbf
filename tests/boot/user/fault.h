/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fault.h - touch memory and live: one load, store or jump, and which signal it raised
 *
 *	fault_on_read(p)  -> 0, or SIGSEGV/SIGBUS/SIGILL;  fault_code and fault_addr say the rest
 *
 * The handler leaves with siglongjmp, so the instruction that faulted is not tried again. One thread
 * at a time: the landing place is a global.
 */
#ifndef TESTS_BOOT_FAULT_H
#define TESTS_BOOT_FAULT_H

#include "tap.h"
#include <setjmp.h>

static sigjmp_buf fault_landing;
static volatile sig_atomic_t fault_code;	/* si_code of the last fault */
static void *volatile fault_addr;		/* si_addr of the last fault */

static void fault_handler(int sig, siginfo_t *info, unused void *context)
{
	fault_code = info->si_code;
	fault_addr = info->si_addr;
	siglongjmp(fault_landing, sig);
}

static unused void fault_catch(void)
{
	struct sigaction sa = { .sa_sigaction = fault_handler, .sa_flags = SA_SIGINFO | SA_ONSTACK };

	sigaction(SIGSEGV, &sa, NULL);
	sigaction(SIGBUS, &sa, NULL);
	sigaction(SIGILL, &sa, NULL);
	sigaction(SIGTRAP, &sa, NULL);
}

static unused int fault_on_read(const void *p)
{
	int sig = sigsetjmp(fault_landing, 1);

	if (!sig)
		(void)*(const volatile unsigned char *)p;
	return sig;
}

static unused int fault_on_write(void *p, unsigned char value)
{
	int sig = sigsetjmp(fault_landing, 1);

	if (!sig)
		*(volatile unsigned char *)p = value;
	return sig;
}

static unused int fault_on_call(void *p)
{
	int sig = sigsetjmp(fault_landing, 1);

	if (!sig)
		((void (*)(void))p)();
	return sig;
}

#endif
