/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fpu.S - the 32 floating-point registers and fcsr, to memory and back.
 *
 * The rest of the kernel is compiled without the F and D extensions (the Makefile
 * gives them to this file alone), and leaves sstatus.FS off; these two turn it on
 * for themselves. They do no arithmetic, so no rounding mode or exception flag matters.
 *
 *	fpu_save(struct fpu_state *to), fpu_restore(const struct fpu_state *from)
 */
#include <asm/csr.h>

	.text
	.globl	fpu_save
fpu_save:
	li	a1, SR_FS
	csrs	sstatus, a1
	frcsr	a2
	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
	fsd	f\n, (8 * \n)(a0)
	.endr
	.irp	n, 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
	fsd	f\n, (8 * \n)(a0)
	.endr
	sw	a2, 256(a0)
	csrc	sstatus, a1
	ret

	.globl	fpu_restore
fpu_restore:
	li	a1, SR_FS
	csrs	sstatus, a1
	lw	a2, 256(a0)
	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
	fld	f\n, (8 * \n)(a0)
	.endr
	.irp	n, 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
	fld	f\n, (8 * \n)(a0)
	.endr
	fscsr	a2
	csrc	sstatus, a1
	ret
