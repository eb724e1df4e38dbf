/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * page.S - clear and copy whole pages: the largest single cost of a first touch
 * and of a copy-on-write, so written for few instructions.
 *
 *	clear_page   64 stores a turn, 8 turns: 530 instructions
 *	             with Zicboz, one cbo.zero a block of usually 64 bytes: about 90
 *	copy_page    64 loads and 64 stores a turn, 8 turns: 1,050
 */
#include <asm/page.h>

	.text
	.globl	clear_page
clear_page:
	lla	t0, cboz_block_size
	ld	t0, 0(t0)
	li	t1, PAGE_SIZE
	add	t1, t1, a0
	bnez	t0, 2f
1:
	.set	offset, 0
	.rept	64
	sd	zero, offset(a0)
	.set	offset, offset + 8
	.endr
	addi	a0, a0, 512
	bltu	a0, t1, 1b
	ret

	/* Eight blocks a turn: the largest block the device tree may name is 512 bytes. */
2:
	.rept	8
	.4byte	0x0045200f		/* cbo.zero (a0), for assemblers without Zicboz */
	add	a0, a0, t0
	.endr
	bltu	a0, t1, 2b
	ret

	.globl	copy_page
copy_page:
	li	t0, PAGE_SIZE
	add	t0, t0, a0
1:
	.irp	at, 0, 64, 128, 192, 256, 320, 384, 448
	ld	a2, (\at + 0)(a1)
	ld	a3, (\at + 8)(a1)
	ld	a4, (\at + 16)(a1)
	ld	a5, (\at + 24)(a1)
	ld	a6, (\at + 32)(a1)
	ld	a7, (\at + 40)(a1)
	ld	t1, (\at + 48)(a1)
	ld	t2, (\at + 56)(a1)
	sd	a2, (\at + 0)(a0)
	sd	a3, (\at + 8)(a0)
	sd	a4, (\at + 16)(a0)
	sd	a5, (\at + 24)(a0)
	sd	a6, (\at + 32)(a0)
	sd	a7, (\at + 40)(a0)
	sd	t1, (\at + 48)(a0)
	sd	t2, (\at + 56)(a0)
	.endr
	addi	a1, a1, 512
	addi	a0, a0, 512
	bltu	a0, t0, 1b
	ret

	.section .sdata, "aw"
	.balign	8
	.globl	cboz_block_size
cboz_block_size:
	.dword	0
