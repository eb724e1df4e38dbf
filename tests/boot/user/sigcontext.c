// SPDX-License-Identifier: GPL-2.0-only
/*
 * sigcontext.c - a signal must leave no trace: all integer and floating point registers come back
 *
 * The probe loads a pattern into 29 integer registers (all but zero, sp and one pointer) and 32
 * floating point registers, raises a signal by an ecall (kill), by a fault, or just waits for a timer
 * that strikes anywhere, and compares. The handler does its best to spoil everything.
 */
#include "fault.h"
#include <sys/mman.h>
#include <sys/time.h>
#include <ucontext.h>

struct regs {
	unsigned long x[32];
	unsigned long f[32];
	unsigned long fcsr;
};

/*
 * probe(in, out, how, n): how = 0: kill(n, SIGUSR1) by ecall, 1: load from address n, 2: loop n times.
 * t6 keeps the arguments' address, a0..a2 and a7 are spent on the system call (how 0).
 */
__asm__(
"	.text\n"
"	.balign 4\n"
"regs_probe:\n"
"	addi	sp, sp, -256\n"
"	sd	ra, 0(sp)\n"
"	sd	gp, 8(sp)\n"
"	sd	tp, 16(sp)\n"
"	.irp n,8,9,18,19,20,21,22,23,24,25,26,27\n"
"	sd	x\\n, 8*\\n(sp)\n"
"	.endr\n"
"	fsd	fs0, 24(sp)\n"
"	fsd	fs1, 32(sp)\n"
"	fsd	fs2, 40(sp)\n"
"	fsd	fs3, 48(sp)\n"
"	fsd	fs4, 56(sp)\n"
"	fsd	fs5, 80(sp)\n"
"	fsd	fs6, 88(sp)\n"
"	fsd	fs7, 96(sp)\n"
"	fsd	fs8, 104(sp)\n"
"	fsd	fs9, 112(sp)\n"
"	fsd	fs10, 120(sp)\n"
"	fsd	fs11, 128(sp)\n"
"	sd	a1, 224(sp)\n"
"	sd	a2, 232(sp)\n"
"	sd	a3, 240(sp)\n"
"	mv	t6, a0\n"
"	ld	t5, 512(t6)\n"
"	fscsr	t5\n"
"	.irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
"	fld	f\\n, 256+8*\\n(t6)\n"
"	.endr\n"
/* gp and tp stay as they are: the handler is C code that needs them (checked by the code going on). */
"	.irp n,1,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
"	ld	x\\n, 8*\\n(t6)\n"
"	.endr\n"
"	sd	t6, 248(sp)\n"
"	ld	t6, 232(sp)\n"
"	beqz	t6, 1f\n"
"	addi	t6, t6, -1\n"
"	beqz	t6, 2f\n"
"	ld	t6, 240(sp)\n"
"3:	addi	t6, t6, -1\n"
"	bnez	t6, 3b\n"
"	j	4f\n"
"2:	ld	t6, 240(sp)\n"
"	.option push\n"
"	.option norvc\n"
"	lw	t6, 0(t6)\n"
"	.option pop\n"
"	j	4f\n"
"1:	ld	a0, 240(sp)\n"
"	li	a1, 10\n"
"	li	a7, 129\n"
"	ecall\n"
"4:	ld	t6, 224(sp)\n"
"	.irp n,1,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30\n"
"	sd	x\\n, 8*\\n(t6)\n"
"	.endr\n"
"	.irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
"	fsd	f\\n, 256+8*\\n(t6)\n"
"	.endr\n"
"	frcsr	t5\n"
"	sd	t5, 512(t6)\n"
"	ld	ra, 0(sp)\n"
"	.irp n,8,9,18,19,20,21,22,23,24,25,26,27\n"
"	ld	x\\n, 8*\\n(sp)\n"
"	.endr\n"
"	fld	fs0, 24(sp)\n"
"	fld	fs1, 32(sp)\n"
"	fld	fs2, 40(sp)\n"
"	fld	fs3, 48(sp)\n"
"	fld	fs4, 56(sp)\n"
"	fld	fs5, 80(sp)\n"
"	fld	fs6, 88(sp)\n"
"	fld	fs7, 96(sp)\n"
"	fld	fs8, 104(sp)\n"
"	fld	fs9, 112(sp)\n"
"	fld	fs10, 120(sp)\n"
"	fld	fs11, 128(sp)\n"
"	addi	sp, sp, 256\n"
"	ret\n");
void regs_probe(const struct regs *in, struct regs *out, long how, unsigned long n);

static volatile int handled;

/* Spoil every register a handler may: the compiler saves what the ABI says, the kernel all of it. */
static void spoil(unused int sig, unused siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	handled++;
	if (sig == SIGSEGV)
		uc->uc_mcontext.__gregs[REG_PC] += 4;
	__asm__ volatile(
	"	.irp n,5,6,7,10,11,12,13,14,15,16,17,28,29,30,31\n	li x\\n, -1\n	.endr\n"
	"	.irp n,0,1,2,3,4,5,6,7,10,11,12,13,14,15,16,17,28,29,30,31\n"
	"	fmv.d.x	f\\n, zero\n"
	"	.endr\n"
	"	fscsr zero\n"
	::: "t0", "t1", "t2", "t3", "t4", "t5", "t6", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7",
	    "ft0", "ft1", "ft2", "ft3", "ft4", "ft5", "ft6", "ft7", "fa0", "fa1", "fa2", "fa3", "fa4",
	    "fa5", "fa6", "fa7", "ft8", "ft9", "ft10", "ft11", "memory");
}

/* Return: how many registers came back with another value. @how: which ones were spent on purpose. */
static int compare(const struct regs *in, const struct regs *out, int how)
{
	int bad = 0;

	for (int i = 1; i < 31; i++) {
		if ((i >= 2 && i <= 4) || (how == 0 && (i == 10 || i == 11 || i == 17)))
			continue;
		if (in->x[i] != out->x[i]) {
			diag("x%d: %#lx became %#lx", i, in->x[i], out->x[i]);
			bad++;
		}
	}
	for (int i = 0; i < 32; i++)
		if (in->f[i] != out->f[i]) {
			diag("f%d: %#lx became %#lx", i, in->f[i], out->f[i]);
			bad++;
		}
	if (in->fcsr != out->fcsr) {
		diag("fcsr: %#lx became %#lx", in->fcsr, out->fcsr);
		bad++;
	}
	return bad;
}

static void test_how(int how, unsigned long n, int rounds, const char *name)
{
	struct itimerval fast = { { 0, 2000 }, { 0, 2000 } }, off = { { 0, 0 }, { 0, 0 } };
	struct regs in, out;
	int bad = 0;

	handled = 0;
	if (how == 2)
		setitimer(ITIMER_REAL, &fast, NULL);
	for (int round = 0; round < rounds; round++) {
		for (int i = 0; i < 32; i++) {
			in.x[i] = 0x0101010101010101UL * (i + 1) + round;
			in.f[i] = 0x3ff0000000000000UL + ((unsigned long)i << 32) + round;
		}
		in.fcsr = (round % 5) << 5 | (round & 31);
		memset(&out, 0xee, sizeof(out));
		regs_probe(&in, &out, how, n);
		bad += compare(&in, &out, how);
	}
	if (how == 2)
		setitimer(ITIMER_REAL, &off, NULL);
	is(bad, 0, "%s: all registers as before", name);
	ok(handled > 0, "%s: and the handler ran (%d times)", name, handled);
}

int main(void)
{
	struct sigaction sa = { .sa_sigaction = spoil, .sa_flags = SA_SIGINFO };

	sigaction(SIGUSR1, &sa, NULL);
	sigaction(SIGSEGV, &sa, NULL);
	sigaction(SIGALRM, &sa, NULL);
	test_how(0, getpid(), 20, "signal at a system call");
	test_how(1, 0, 20, "signal by a fault");
	if (have_timers())
		test_how(2, 1000000, 60, "signal by a timer");
	else
		tap_skip("signal by a timer", NO_TIMERS);
	return done_testing();
}
