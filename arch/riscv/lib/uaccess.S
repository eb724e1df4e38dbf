/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * uaccess.S - loads and stores of user memory, each with a way out.
 *
 * The rule of all functions here: the user's pointers are below 2^63 (checked at
 * the entry; above is the kernel, and between the user's last byte and 2^63 no
 * address is canonical, so it faults), SUM is set just around the accesses, and
 * each access has an exception-table entry.
 *
 * Word loops do not know at which byte of a word they faulted. Their fixup goes
 * on byte by byte, until the byte loop faults at the exact place.
 */
#include <asm/csr.h>
#include <asm/extable.h>

	/* \insn that may fault, then go on at \fixup. */
	.macro	user fixup, insn:vararg
9999:	\insn
	ex_entry 9999b, \fixup
	.endm

	/* Is [\ptr, \ptr + \size) below 2^63? Else go to \bad. \tmp is lost. */
	.macro	check_range ptr, size, tmp, bad
	add	\tmp, \ptr, \size
	bltu	\tmp, \ptr, \bad
	or	\tmp, \tmp, \ptr
	bltz	\tmp, \bad
	.endm

	/*
	 * In the loops an end less 64 may be below 0, and the kernel's addresses
	 * are: both are right when addresses are compared as signed numbers.
	 */

	.text

/*
 * size_t copy_to_user(void __user *to, const void *from, size_t n)
 * size_t raw_copy_from_user(void *to, const void __user *from, size_t n)
 * Return: bytes not copied.
 *
 *	a0 to   a1 from   a3 end of to   t6 SUM   t0.. data
 */
	.globl	copy_to_user, raw_copy_from_user
raw_copy_from_user:
	check_range a1, a2, t0, .Lcopy_nothing
	j	.Lcopy
copy_to_user:
	check_range a0, a2, t0, .Lcopy_nothing
.Lcopy:
	li	t6, SR_SUM
	csrs	sstatus, t6
	add	a3, a0, a2
	or	t0, a0, a1
	andi	t0, t0, 7
	bnez	t0, .Lcopy_unaligned
.Lcopy_aligned:				/* both on words */
	addi	t4, a3, -64
	bgt	a0, t4, .Lcopy_words
.Lcopy_blocks:
	user	.Lcopy_bytes, ld t0, 0(a1)
	user	.Lcopy_bytes, ld t1, 8(a1)
	user	.Lcopy_bytes, ld t2, 16(a1)
	user	.Lcopy_bytes, ld t3, 24(a1)
	user	.Lcopy_bytes, ld a4, 32(a1)
	user	.Lcopy_bytes, ld a5, 40(a1)
	user	.Lcopy_bytes, ld a6, 48(a1)
	user	.Lcopy_bytes, ld a7, 56(a1)
	user	.Lcopy_bytes, sd t0, 0(a0)
	user	.Lcopy_bytes, sd t1, 8(a0)
	user	.Lcopy_bytes, sd t2, 16(a0)
	user	.Lcopy_bytes, sd t3, 24(a0)
	user	.Lcopy_bytes, sd a4, 32(a0)
	user	.Lcopy_bytes, sd a5, 40(a0)
	user	.Lcopy_bytes, sd a6, 48(a0)
	user	.Lcopy_bytes, sd a7, 56(a0)
	addi	a0, a0, 64
	addi	a1, a1, 64
	ble	a0, t4, .Lcopy_blocks
.Lcopy_words:
	addi	t4, a3, -8
	bgt	a0, t4, .Lcopy_halves
1:	user	.Lcopy_bytes, ld t0, 0(a1)
	user	.Lcopy_bytes, sd t0, 0(a0)
	addi	a0, a0, 8
	addi	a1, a1, 8
	ble	a0, t4, 1b
	/* An int in one access: futexes rely on it that no half-changed value is read. */
.Lcopy_halves:				/* both on 4 bytes */
	addi	t4, a3, -4
	bgt	a0, t4, .Lcopy_bytes
1:	user	.Lcopy_bytes, lw t0, 0(a1)
	user	.Lcopy_bytes, sw t0, 0(a0)
	addi	a0, a0, 4
	addi	a1, a1, 4
	ble	a0, t4, 1b
.Lcopy_bytes:				/* the tail, and what a fault left */
	bgeu	a0, a3, .Lcopy_done
1:	user	.Lcopy_done, lbu t0, 0(a1)
	user	.Lcopy_done, sb t0, 0(a0)
	addi	a0, a0, 1
	addi	a1, a1, 1
	bltu	a0, a3, 1b
.Lcopy_done:
	csrc	sstatus, t6
	sub	a0, a3, a0
	ret
.Lcopy_nothing:
	mv	a0, a2
	ret

/*
 * Not both on words. Bring a0 on a word; if a1 is on one now, the fast loops do
 * the rest. Else load whole words around the source and shift them together: a
 * word of which one byte belongs to the source is on the source's page.
 */
.Lcopy_unaligned:
	sltiu	t0, a2, 16
	beqz	t0, 1f
	or	t0, a0, a1
	andi	t0, t0, 3
	beqz	t0, .Lcopy_halves
	j	.Lcopy_bytes
1:	andi	t0, a0, 7
	beqz	t0, 2f
	user	.Lcopy_done, lbu t0, 0(a1)
	user	.Lcopy_done, sb t0, 0(a0)
	addi	a0, a0, 1
	addi	a1, a1, 1
	j	1b
2:	andi	t5, a1, 7
	beqz	t5, .Lcopy_aligned
	addi	t4, a3, -8
	bgt	a0, t4, .Lcopy_bytes
	sub	a4, a1, t5		/* the word that a1 is in */
	slli	t5, t5, 3		/* bits of it that are not ours */
	neg	a5, t5			/* 64 - t5: shifts count modulo 64 */
	user	.Lcopy_bytes, ld t0, 0(a4)
3:	user	.Lcopy_bytes, ld t1, 8(a4)
	srl	t2, t0, t5
	sll	t3, t1, a5
	or	t2, t2, t3
	user	.Lcopy_bytes, sd t2, 0(a0)
	mv	t0, t1
	addi	a4, a4, 8
	addi	a0, a0, 8
	addi	a1, a1, 8
	ble	a0, t4, 3b
	j	.Lcopy_bytes

/*
 * size_t clear_user(void __user *to, size_t n)
 * Return: bytes not cleared.
 */
	.globl	clear_user
clear_user:
	check_range a0, a1, t0, .Lclear_nothing
	li	t6, SR_SUM
	csrs	sstatus, t6
	add	a3, a0, a1
1:	andi	t0, a0, 7
	beqz	t0, 2f
	bgeu	a0, a3, .Lclear_done
	user	.Lclear_done, sb zero, 0(a0)
	addi	a0, a0, 1
	j	1b
2:	addi	t4, a3, -64
	bgt	a0, t4, 4f
3:
	.irp	at, 0, 8, 16, 24, 32, 40, 48, 56
	user	.Lclear_bytes, sd zero, \at(a0)
	.endr
	addi	a0, a0, 64
	ble	a0, t4, 3b
4:	addi	t4, a3, -8
	bgt	a0, t4, .Lclear_bytes
5:	user	.Lclear_bytes, sd zero, 0(a0)
	addi	a0, a0, 8
	ble	a0, t4, 5b
.Lclear_bytes:
	bgeu	a0, a3, .Lclear_done
1:	user	.Lclear_done, sb zero, 0(a0)
	addi	a0, a0, 1
	bltu	a0, a3, 1b
.Lclear_done:
	csrc	sstatus, t6
	sub	a0, a3, a0
	ret
.Lclear_nothing:
	mv	a0, a1
	ret

/*
 * long raw_strncpy_from_user(char *to, const char __user *from, long n)
 * Return: length without the NUL, n if there is none, -1 on a fault.
 */
	.globl	raw_strncpy_from_user
raw_strncpy_from_user:
	bltz	a1, .Lstring_fault_no_sum
	li	t6, SR_SUM
	csrs	sstatus, t6
	mv	a3, a1
	add	a4, a1, a2
1:	beq	a1, a4, 2f
	user	.Lstring_fault, lbu t0, 0(a1)
	sb	t0, 0(a0)
	beqz	t0, 2f
	addi	a0, a0, 1
	addi	a1, a1, 1
	j	1b
2:	csrc	sstatus, t6
	sub	a0, a1, a3
	ret

/*
 * long raw_strnlen_user(const char __user *s, long n)
 * Return: length with the NUL, n + 1 if there is none, -1 on a fault.
 */
	.globl	raw_strnlen_user
raw_strnlen_user:
	bltz	a0, .Lstring_fault_no_sum
	li	t6, SR_SUM
	csrs	sstatus, t6
	mv	a3, a0
	add	a4, a0, a1
1:	beq	a0, a4, 2f
	user	.Lstring_fault, lbu t0, 0(a0)
	beqz	t0, 2f
	addi	a0, a0, 1
	j	1b
2:	csrc	sstatus, t6
	sub	a0, a0, a3
	addi	a0, a0, 1
	ret
.Lstring_fault:
	csrc	sstatus, t6
.Lstring_fault_no_sum:
	li	a0, -1
	ret

/*
 * Atomics for futexes on an aligned 32-bit word of the user's; the caller has
 * checked the address. Return: 0 or -1 on a fault.
 *
 * int raw_cmpxchg_user(u32 __user *uaddr, u32 old, u32 new, u32 *found)
 */
	.globl	raw_cmpxchg_user
raw_cmpxchg_user:
	li	t6, SR_SUM
	csrs	sstatus, t6
	sext.w	a1, a1
1:	user	.Lstring_fault, lr.w.aqrl t0, (a0)
	bne	t0, a1, 2f
	user	.Lstring_fault, sc.w.rl t1, a2, (a0)
	bnez	t1, 1b
	fence	rw, rw
2:	csrc	sstatus, t6
	sw	t0, 0(a3)
	li	a0, 0
	ret

/* int raw_amo_user_NAME(u32 __user *uaddr, u32 arg, u32 *found) */
	.macro	amo_user name
	.globl	raw_amo_user_\name
raw_amo_user_\name:
	li	t6, SR_SUM
	csrs	sstatus, t6
	user	.Lstring_fault, amo\name\().w.aqrl t0, a1, (a0)
	csrc	sstatus, t6
	sw	t0, 0(a2)
	li	a0, 0
	ret
	.endm

	amo_user swap
	amo_user add
	amo_user or
	amo_user and
	amo_user xor
