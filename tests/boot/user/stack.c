// SPDX-License-Identifier: GPL-2.0-only
/*
 * stack.c - the stack grows when it is touched, down to RLIMIT_STACK, and then it is a SIGSEGV
 */
#include "fault.h"
#include "maps.h"
#include <sys/mman.h>
#include <sys/resource.h>

#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)
#define RW	(PROT_READ | PROT_WRITE)

static char altstack[65536] __attribute__((aligned(16)));

/* Recurse until @end is below sp. Return: a number, so that no call is a tail call. */
static __attribute__((noinline)) long dig(char *end)
{
	volatile char frame[1024];

	frame[0] = 1;
	if ((char *)frame < end)
		return frame[0];
	return dig(end) + frame[0];
}

static void test_grows(void)
{
	char here;
	struct map before, after;
	char *deep = wild((long)&here - (4 << 20));

	need(map_find(&here, &before));
	ok(!strcmp(before.name, "[stack]"), "/proc/self/maps names the stack");
	ok(before.end - before.start < 1 << 20, "it starts small");
	ok(dig(deep) > 0, "4 MiB of recursion");
	need(map_find(&here, &after));
	ok(after.start <= (unsigned long)deep && after.end == before.end, "and has grown down");
	deep = wild((long)&here - (6 << 20));
	is(fault_on_write(deep, 1), 0, "a store 2 MiB below the stack's start grows it at once");
	is(fault_on_read(deep + PAGE), 0, "what lies between is there too");
	is(deep[PAGE], 0, "and zero");
}

/* Run out of stack: only a handler on another stack can say so. */
static int overflow(void *arg)
{
	struct rlimit rl = { 1 << 20, RLIM_INFINITY };
	char here, *volatile limit = &here;
	stack_t ss = { .ss_sp = altstack, .ss_size = sizeof(altstack) };

	if (setrlimit(RLIMIT_STACK, &rl))
		return 1;
	if (!arg)		/* no alternate stack: the signal can't be delivered and kills */
		return dig(NULL) == 0;
	if (sigaltstack(&ss, NULL))
		return 2;
	fault_catch();
	if (sigsetjmp(fault_landing, 1) == 0)
		return dig(NULL) == 0 ? 3 : 4;
	if (fault_code != SEGV_MAPERR && fault_code != SEGV_ACCERR)
		return 5;
	if ((char *)fault_addr < limit - (1 << 20) - 3 * PAGE - (256 << 10) || (char *)fault_addr > limit)
		return 6;
	return 0;
}

/* The guard gap: the stack does not grow onto a mapping just below it. */
static int into_mapping(unused void *arg)
{
	char here;
	struct map m;
	char *below;

	fault_catch();
	if (!map_find(&here, &m))
		return 1;
	below = mmap((char *)m.start - (64 << 10), PAGE, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0);
	if (below == MAP_FAILED)
		return 2;
	return fault_on_write(below + 2 * PAGE, 1) == SIGSEGV ? 0 : 3;
}

static void test_growsdown(void)
{
	char *hole = mmap(NULL, 4 << 20, PROT_NONE, ANON, -1, 0), *p;

	need(hole != MAP_FAILED);
	munmap(hole, 4 << 20);
	p = mmap(hole + (3 << 20), PAGE, RW, ANON | MAP_FIXED | MAP_GROWSDOWN, -1, 0);
	need(p == hole + (3 << 20));
	is(fault_on_write(p - PAGE, 1), 0, "MAP_GROWSDOWN grows by a page");
	is(fault_on_write(p - 64 * PAGE, 1), 0, "and by many");
	is(p[-32 * PAGE], 0, "zeros between");
	is(map_count(p - 64 * PAGE, 65 * PAGE), 1, "one area");
	munmap(p - 64 * PAGE, 65 * PAGE);
	is(fault_on_read(p), SIGSEGV, "gone after munmap");
}

static int execute_stack(unused void *arg)
{
	unsigned int code[2] __attribute__((aligned(8))) = { 0x00008067, 0 };	/* ret */

	fault_catch();
	return fault_on_call(code) == SIGSEGV && fault_code == SEGV_ACCERR ? 0 : 1;
}

int main(void)
{
	fault_catch();
	is(how_it_ended(in_child(overflow, NULL)), -SIGSEGV, "overflow kills");
	is(how_it_ended(in_child(overflow, (void *)1)), 0,
	   "overflow with an alternate stack is a handled SIGSEGV");
	is(how_it_ended(in_child(into_mapping, NULL)), 0,
	   "a mapping below keeps the stack from growing near it");
	is(how_it_ended(in_child(execute_stack, NULL)), 0, "the stack is not executable");
	test_grows();
	test_growsdown();
	return done_testing();
}
