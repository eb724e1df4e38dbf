// SPDX-License-Identifier: GPL-2.0-only
/*
 * faults.c - every exception a program can cause, as the signal it becomes: number, si_code, si_addr
 */
#include "fault.h"
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <ucontext.h>

#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)
#define RW	(PROT_READ | PROT_WRITE)

static void test_segv(void)
{
	static const unsigned long address[] = {
		0, 8, PAGE - 1, 0x4000000000UL, 1UL << 40, 1UL << 62,		/* unmapped, not canonical */
		0xffffffc000000000UL, 0xffffffff80000000UL, 0xffffffd800000000UL, ~0UL,	/* the kernel's */
	};

	for (unsigned int i = 0; i < sizeof(address) / sizeof(*address); i++) {
		void *p = (void *)address[i];

		is(fault_on_read(p), SIGSEGV, "load from %#lx", address[i]);
		is(fault_code, SEGV_MAPERR, "  is SEGV_MAPERR");
		ok(fault_addr == p, "  with si_addr");
		is(fault_on_write(p, 1), SIGSEGV, "store to %#lx", address[i]);
		is(fault_on_call((void *)(address[i] & ~1UL)), SIGSEGV, "jump to %#lx", address[i] & ~1UL);
		ok(fault_addr == (void *)(address[i] & ~1UL), "  with si_addr");
	}
}

static void test_ill(void)
{
	/* unimp twice: as 16 bit and as 32 bit; a supervisor's sret; a CSR only the machine has */
	static const unsigned int code[] = { 0x00000000, 0xc0001073, 0x10200073, 0x30002573 };
	char *p = mmap(NULL, PAGE, RW | PROT_EXEC, ANON, -1, 0);

	need(p != MAP_FAILED);
	for (unsigned int i = 0; i < sizeof(code) / sizeof(*code); i++) {
		memcpy(p + 8 * i, &code[i], 4);
		__builtin___clear_cache(p, p + PAGE);
		is(fault_on_call(p + 8 * i), SIGILL, "instruction %#010x is SIGILL", code[i]);
		is(fault_code, ILL_ILLOPC, "  ILL_ILLOPC");
		ok(fault_addr == p + 8 * i, "  si_addr is the instruction");
	}
	memcpy(p, "\x02\x90", 2);		/* c.ebreak */
	__builtin___clear_cache(p, p + PAGE);
	is(fault_on_call(p), SIGTRAP, "ebreak is SIGTRAP");
	is(fault_code, TRAP_BRKPT, "  TRAP_BRKPT");
	ok(fault_addr == p, "  si_addr is the instruction");
	munmap(p, PAGE);
}

/* An unaligned access works (the firmware or the kernel emulates it), also across pages. */
static void test_unaligned(void)
{
	char *p = mmap(NULL, 3 * PAGE, RW, ANON, -1, 0);
	unsigned long value;

	need(p != MAP_FAILED);
	*(volatile unsigned long *)(p + PAGE - 3) = 0x1122334455667788UL;
	memcpy(&value, p + PAGE - 3, 8);
	is(value, 0x1122334455667788UL, "an unaligned store across two pages");
	munmap(p + PAGE, PAGE);
	is(fault_on_read(p + PAGE - 1), 0, "the last byte of a page");
	if (sigsetjmp(fault_landing, 1) == 0) {
		(void)*(volatile unsigned long *)(p + PAGE - 3);
		ok(0, "an unaligned load into a hole must fault");
	} else {
		ok((char *)fault_addr >= p + PAGE - 3 && (char *)fault_addr <= p + PAGE,
		   "an unaligned load into a hole faults at its address or at the hole");
	}
	munmap(p, 3 * PAGE);
}

/* What kills when nobody handles it: the wait status tells the signal. */
static int die_read(unused void *arg)
{
	return *(volatile char *)wild(8);
}

static int die_ill(unused void *arg)
{
	__asm__ volatile("unimp");
	return 0;
}

static int die_ebreak(unused void *arg)
{
	__asm__ volatile("ebreak");
	return 0;
}

static int die_bus(unused void *arg)
{
	int fd = open("/tmp/faults", O_CREAT | O_RDWR | O_TRUNC, 0600);

	return *(volatile char *)mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);
}

/* A fault raised while its signal is blocked or ignored can't wait: it kills. */
static int die_blocked(unused void *arg)
{
	sigset_t set;

	fault_catch();
	sigemptyset(&set);
	sigaddset(&set, SIGSEGV);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return *(volatile char *)wild(8);
}

static int die_ignored(unused void *arg)
{
	signal(SIGSEGV, SIG_IGN);
	return *(volatile char *)wild(8);
}

/* A handler without a stack to run on. */
static int die_no_stack(unused void *arg)
{
	fault_catch();
	__asm__ volatile("li sp, 64\n	ld t0, 0(zero)\n" ::: "t0", "memory");
	return 0;
}

/* A handler that repairs the cause: the instruction is run again and succeeds. */
static char *repair_page;

static void repair(unused int sig, siginfo_t *info, unused void *context)
{
	if (info->si_addr == repair_page + 16)
		mprotect(repair_page, PAGE, RW);
}

static void test_repair(void)
{
	struct sigaction sa = { .sa_sigaction = repair, .sa_flags = SA_SIGINFO };

	repair_page = mmap(NULL, PAGE, PROT_NONE, ANON, -1, 0);
	sigaction(SIGSEGV, &sa, NULL);
	*(volatile long *)(repair_page + 16) = 77;
	is(*(long *)(repair_page + 16), 77, "a handler that makes the page writable: the store is repeated");
	munmap(repair_page, PAGE);
	fault_catch();
}

/* A handler that steps over the instruction by changing the saved pc. */
static void skip(unused int sig, unused siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	uc->uc_mcontext.__gregs[REG_PC] += 4;
	uc->uc_mcontext.__gregs[REG_A0] = 1234;
}

static void test_skip(void)
{
	struct sigaction sa = { .sa_sigaction = skip, .sa_flags = SA_SIGINFO };
	register long a0 __asm__("a0") = 1;

	sigaction(SIGSEGV, &sa, NULL);
	__asm__ volatile(".option push\n.option norvc\n	ld a0, 0(zero)\n.option pop" : "+r"(a0) :: "memory");
	is(a0, 1234, "a handler that changes pc and a0: both are taken over");
	fault_catch();
}

int main(void)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	fault_catch();
	test_segv();
	test_ill();
	test_unaligned();
	test_repair();
	test_skip();
	for (int sig = 1; sig < 32; sig++)
		signal(sig, SIG_DFL);
	is(how_it_ended(in_child(die_read, NULL)), -SIGSEGV, "unhandled: a bad load");
	is(how_it_ended(in_child(die_ill, NULL)), -SIGILL, "unhandled: an illegal instruction");
	is(how_it_ended(in_child(die_ebreak, NULL)), -SIGTRAP, "unhandled: ebreak");
	is(how_it_ended(in_child(die_bus, NULL)), -SIGBUS, "unhandled: behind the end of a file");
	is(how_it_ended(in_child(die_blocked, NULL)), -SIGSEGV, "SIGSEGV blocked: kills");
	is(how_it_ended(in_child(die_ignored, NULL)), -SIGSEGV, "SIGSEGV ignored: kills");
	is(how_it_ended(in_child(die_no_stack, NULL)), -SIGSEGV, "SIGSEGV with sp gone: kills");
	return done_testing();
}
