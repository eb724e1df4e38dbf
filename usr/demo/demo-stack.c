// SPDX-License-Identifier: GPL-2.0-only
/*
 * demo-stack [KB]: the stack grows by itself, until it may not.
 *
 * The stack's area is marked VM_GROWSDOWN: a fault just below it is no error, the kernel moves the
 * start of the area down and maps a page, as long as the size stays within RLIMIT_STACK (set to KB
 * here, 1024 unless given). Beyond that the fault becomes SIGSEGV with si_code SEGV_MAPERR, "no
 * such address", and si_addr says which. The handler can't run on the stack that overflowed, so it
 * has one of its own (sigaltstack).
 *
 *	[stack]  top  ##############  touched
 *	              ####..........  grows down, page by page
 *	  limit -->   - - - - - - -
 *	              X <- si_addr: SIGSEGV, handler runs on the alternate stack
 */
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>

#include "demo.h"

#define FRAME 2048	/* bytes that each call takes, at least */

static sigjmp_buf back;
static volatile uintptr_t fault_addr, handler_sp, deepest;
static volatile int fault_code;
static volatile long depth;

static void on_segv(int sig, siginfo_t *info, void *context)
{
	char here;

	fault_addr = (uintptr_t)info->si_addr;
	fault_code = info->si_code;
	handler_sp = (uintptr_t)&here;
	siglongjmp(back, 1);
}

static volatile bool for_ever = true;	/* volatile, so that the compiler can't know either */

/* Calls itself for ever; using the frame after the call keeps it on the stack meanwhile. */
__attribute__((noinline))
static int descend(int n)
{
	volatile char frame[FRAME];

	frame[0] = (char)n;
	depth = n;
	deepest = (uintptr_t)frame;
	return for_ever ? descend(n + 1) + frame[0] : 0;
}

/* The [stack] line of /proc/self/maps: start of the area. 0 when there is none. */
static uintptr_t stack_start(void)
{
	FILE *f = fopen("/proc/self/maps", "r");
	unsigned long start = 0, s, e;
	char line[512];

	while (f && fgets(line, sizeof(line), f)) {
		if (strstr(line, "[stack]") && sscanf(line, "%lx-%lx", &s, &e) == 2) {
			printf("  %s", line);
			start = s;
		}
	}
	if (f)
		fclose(f);
	return start;
}

int main(int argc, char **argv)
{
	volatile unsigned long limit = (argc > 1 ? strtoul(argv[1], NULL, 10) : 1024) * 1024;
	struct sigaction sa = { .sa_sigaction = on_segv, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	volatile uintptr_t top = (uintptr_t)&sa, before;	/* volatile for siglongjmp() */
	uintptr_t after;
	struct rlimit rlimit;
	stack_t alt = { .ss_size = 64 * 1024 };

	if (limit < 256 * 1024) {
		fprintf(stderr, "usage: demo-stack [KB]	(256 or more; 1024 unless given)\n");
		return 2;
	}
	getrlimit(RLIMIT_STACK, &rlimit);
	rlimit.rlim_cur = limit;
	if (setrlimit(RLIMIT_STACK, &rlimit) < 0)
		err(1, "setrlimit");
	alt.ss_sp = malloc(alt.ss_size);
	if (!alt.ss_sp || sigaltstack(&alt, NULL) < 0 || sigaction(SIGSEGV, &sa, NULL) < 0)
		err(1, "signal set-up");

	printf("the stack before:\n");
	before = stack_start();
	if (sigsetjmp(back, 1) == 0)
		descend(1);
	printf("%ld calls of %d bytes later, at %#lx, SIGSEGV; the stack after:\n", depth, FRAME,
	       (unsigned long)deepest);
	after = stack_start();
	check(after && after < before, "its area grew down by %lu kB",
	      (unsigned long)(before - after) / 1024);
	check(top - deepest > limit * 3 / 4 && top - deepest <= limit + 4096,
	      "%lu kB were used of the %lu kB that RLIMIT_STACK allows",
	      (unsigned long)(top - deepest) / 1024, limit / 1024);
	check(fault_code == SEGV_MAPERR, "si_code %d is SEGV_MAPERR: nothing is mapped there",
	      fault_code);
	check(fault_addr < after && fault_addr > after - 2 * FRAME - 4096,
	      "si_addr %#lx lies just below the area", (unsigned long)fault_addr);
	check(handler_sp >= (uintptr_t)alt.ss_sp &&
	      handler_sp < (uintptr_t)alt.ss_sp + alt.ss_size, "the handler ran on its own stack");
	return finish();
}
