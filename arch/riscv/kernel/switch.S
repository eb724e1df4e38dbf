/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * switch.S - from one task's stack to another's.
 *
 * A function call that returns on the other stack: so only what a callee must
 * keep is saved, and the user's gp (asm/thread.h).
 *
 *	__switch_to(prev, next, &prev->thread, &next->thread)
 *
 * a0 = prev comes through, so next learns after whom it runs. The dummy
 * store-conditional ends a reservation that prev's user code may hold, lest a
 * store-conditional of next's finds it.
 */
#include <asm/thread.h>

	.text
	.globl	__switch_to
__switch_to:
	sc.d	zero, ra, (a2)
	sd	ra, THREAD_RA(a2)
	sd	sp, THREAD_SP(a2)
	sd	s0, THREAD_S0 + 0(a2)
	sd	s1, THREAD_S0 + 8(a2)
	sd	s2, THREAD_S0 + 16(a2)
	sd	s3, THREAD_S0 + 24(a2)
	sd	s4, THREAD_S0 + 32(a2)
	sd	s5, THREAD_S0 + 40(a2)
	sd	s6, THREAD_S0 + 48(a2)
	sd	s7, THREAD_S0 + 56(a2)
	sd	s8, THREAD_S0 + 64(a2)
	sd	s9, THREAD_S0 + 72(a2)
	sd	s10, THREAD_S0 + 80(a2)
	sd	s11, THREAD_S0 + 88(a2)
	sd	gp, THREAD_GP(a2)
	sd	gp, THREAD_GP(a2)
	ld	ra, THREAD_RA(a3)
	ld	sp, THREAD_SP(a3)
	ld	s0, THREAD_S0 + 0(a3)
	ld	s1, THREAD_S0 + 8(a3)
	ld	s2, THREAD_S0 + 16(a3)
	ld	s3, THREAD_S0 + 24(a3)
	ld	s4, THREAD_S0 + 32(a3)
	ld	s5, THREAD_S0 + 40(a3)
	ld	s6, THREAD_S0 + 48(a3)
	ld	s7, THREAD_S0 + 56(a3)
	ld	s8, THREAD_S0 + 64(a3)
	ld	s9, THREAD_S0 + 72(a3)
	ld	s10, THREAD_S0 + 80(a3)
	ld	s11, THREAD_S0 + 88(a3)
	ld	gp, THREAD_GP(a3)
	ld	gp, THREAD_GP(a3)
	mv	tp, a1
	ret
