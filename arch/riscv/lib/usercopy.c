// SPDX-License-Identifier: GPL-2.0-only
/*
 * usercopy.c - the door to user memory, C side: those functions of asm/uaccess.h
 * that are not in uaccess.S, over its raw ones.
 */
#include <linux-lite/string.h>
#include <asm/uaccess.h>

/* uaccess.S */
long raw_strncpy_from_user(char *to, const char __user *from, long n);
long raw_strnlen_user(const char __user *s, long n);
int raw_cmpxchg_user(u32 __user *uaddr, u32 old, u32 new, u32 *found);
int raw_amo_user_swap(u32 __user *uaddr, u32 arg, u32 *found);
int raw_amo_user_add(u32 __user *uaddr, u32 arg, u32 *found);
int raw_amo_user_or(u32 __user *uaddr, u32 arg, u32 *found);
int raw_amo_user_and(u32 __user *uaddr, u32 arg, u32 *found);
int raw_amo_user_xor(u32 __user *uaddr, u32 arg, u32 *found);

size_t copy_from_user(void *to, const void __user *from, size_t size_bytes)
{
	size_t left = raw_copy_from_user(to, from, size_bytes);

	/* Never leave the caller with what happened to be in its buffer. */
	if (unlikely(left))
		memset((char *)to + size_bytes - left, 0, left);
	return left;
}

long strncpy_from_user(char *to, const char __user *from, long size_bytes)
{
	long n = raw_strncpy_from_user(to, from, size_bytes);

	return n < 0 ? -EFAULT : n;
}

long strnlen_user(const char __user *s, long size_bytes)
{
	long n = raw_strnlen_user(s, size_bytes);

	return n < 0 ? 0 : n;
}

static bool futex_word_ok(u32 __user *uaddr)
{
	return ((unsigned long)uaddr & 3) == 0 && access_ok(uaddr, sizeof(u32));
}

int futex_cmpxchg_user(u32 __user *uaddr, u32 old, u32 new, u32 *found)
{
	if (!futex_word_ok(uaddr))
		return -EFAULT;
	return raw_cmpxchg_user(uaddr, old, new, found) ? -EFAULT : 0;
}

/* The operations of FUTEX_WAKE_OP. */
enum { FUTEX_OP_SET, FUTEX_OP_ADD, FUTEX_OP_OR, FUTEX_OP_ANDN, FUTEX_OP_XOR };

int futex_op_user(int op, int oparg, int *oldval, u32 __user *uaddr)
{
	u32 found = 0;
	int ret;

	if (!futex_word_ok(uaddr))
		return -EFAULT;
	switch (op) {
	case FUTEX_OP_SET:
		ret = raw_amo_user_swap(uaddr, oparg, &found);
		break;
	case FUTEX_OP_ADD:
		ret = raw_amo_user_add(uaddr, oparg, &found);
		break;
	case FUTEX_OP_OR:
		ret = raw_amo_user_or(uaddr, oparg, &found);
		break;
	case FUTEX_OP_ANDN:
		ret = raw_amo_user_and(uaddr, ~oparg, &found);
		break;
	case FUTEX_OP_XOR:
		ret = raw_amo_user_xor(uaddr, oparg, &found);
		break;
	default:
		return -ENOSYS;
	}
	*oldval = found;
	return ret ? -EFAULT : 0;
}
