/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * entry.S - a kernel of twenty instructions: when does the firmware hand over?
 *
 * QEMU and OpenSBI start it as they would start a real kernel. Its first instruction reads the clock,
 * the rest prints that as 16 hexadecimal digits and shuts the machine down. tests/bench/run subtracts
 * it from the clock at a program's first instruction: what is left is the kernel's own time to boot.
 */
#define SBI_PUTCHAR	0x01		/* SBI legacy extension: console putchar */
#define SBI_SRST	0x53525354	/* SBI system reset extension, function 0, type 0: shutdown */

	.globl	_start
_start:
	rdtime	s0
	li	s1, 16			/* digits left */
digit:
	srli	a0, s0, 60		/* the highest four bits */
	slli	s0, s0, 4
	addi	a0, a0, '0'
	li	t0, '9'
	ble	a0, t0, 1f
	addi	a0, a0, 'a' - '9' - 1
1:	li	a7, SBI_PUTCHAR
	ecall
	addi	s1, s1, -1
	bnez	s1, digit
	li	a0, '\n'
	li	a7, SBI_PUTCHAR
	ecall
	li	a0, 0
	li	a1, 0
	li	a6, 0
	li	a7, SBI_SRST
	ecall
hang:	j	hang
