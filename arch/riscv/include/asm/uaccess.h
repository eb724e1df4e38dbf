/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/uaccess.h - the only door to user memory.
 *
 * A user pointer is checked against TASK_SIZE, sstatus.SUM is set for just the
 * instructions of the copy, and a fault that the fault code cannot mend jumps to
 * the exception table's fixup: the caller sees what was left, never an oops.
 * Each of these may sleep (a fault may read a page in): no spinlock may be held,
 * and no lock of RANK_MMAP or above.
 *
 * Small cousin of Linux's include/linux/uaccess.h, arch/riscv/lib/uaccess.S.
 */
#ifndef ASM_RISCV_UACCESS_H
#define ASM_RISCV_UACCESS_H

#include <linux-lite/abi/errno.h>
#include <linux-lite/compiler.h>
#include <asm/pgtable.h>

static inline bool access_ok(const void __user *p, size_t size_bytes)
{
	return size_bytes <= TASK_SIZE && (unsigned long)p <= TASK_SIZE - size_bytes;
}

/* Return: number of bytes NOT copied; 0 is success. */
size_t __must_check copy_to_user(void __user *to, const void *from, size_t size_bytes);
/* The same; the part of @to that was not filled is zeroed. */
size_t __must_check copy_from_user(void *to, const void __user *from, size_t size_bytes);
/* The same without that: for memory that keeps what it has, such as a file's page. */
size_t __must_check raw_copy_from_user(void *to, const void __user *from, size_t size_bytes);
size_t __must_check clear_user(void __user *to, size_t size_bytes);
/* Return: length without the NUL, @size_bytes when there is none in it, or -EFAULT. */
long __must_check strncpy_from_user(char *to, const char __user *from, long size_bytes);
/* Return: length with the NUL, a value > @size_bytes when none was found, 0 on a fault. */
long __must_check strnlen_user(const char __user *s, long size_bytes);

/* One scalar. Return: 0 or -EFAULT. */
#define put_user(x, ptr) ({ \
	__typeof__(*(ptr)) _pu = (x); \
	copy_to_user((ptr), &_pu, sizeof(_pu)) ? -EFAULT : 0; })
#define get_user(x, ptr) ({ \
	__typeof__((__typeof__(*(ptr)))0) _gu;	/* without const */ \
	int _gerr = copy_from_user(&_gu, (ptr), sizeof(_gu)) ? -EFAULT : 0; \
	(x) = _gu; \
	_gerr; })

/*
 * For futexes: 32-bit atomics on user memory that fault instead of sleeping when
 * @pagefault is not allowed. Return: 0 or -EFAULT.
 */
int futex_cmpxchg_user(u32 __user *uaddr, u32 old, u32 new, u32 *found);
int futex_op_user(int op, int oparg, int *oldval, u32 __user *uaddr);

#endif
