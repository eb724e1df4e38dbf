/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * probe.S - is it really there? The device tree may promise what firmware has not
 * switched on for us (menvcfg): an old OpenSBI under a new hart. So each is tried
 * once, with the exception table to catch the illegal instruction.
 */
#include <asm/csr.h>
#include <asm/extable.h>

	.text
	/* bool stimecmp_works(void) */
	.globl	stimecmp_works
stimecmp_works:
	li	a0, 0
1:	csrr	t0, CSR_STIMECMP
	ex_entry 1b, 2f
	li	a0, 1
2:	ret

	/* bool cbo_zero_works(void) */
	.globl	cbo_zero_works
cbo_zero_works:
	lla	a0, cbo_target
	li	a1, 0
1:	.4byte	0x0045200f		/* cbo.zero (a0) */
	ex_entry 1b, 2f
	li	a1, 1
2:	mv	a0, a1
	ret

	.bss
	.balign	512
cbo_target:
	.space	512
