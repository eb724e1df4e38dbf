// SPDX-License-Identifier: GPL-2.0-only
/*
 * futex_requeue.c - futex operations on two words.
 *
 * REQUEUE serves condition variables: of all that wait for the condition only one
 * can have the mutex, so one is woken and the others are moved to the mutex's
 * word, to be woken one by one as it is released.
 *
 * WAKE_OP changes the second word atomically, wakes waiters of the first, and, if
 * the second word's old value compares as asked, waiters of the second.
 *
 * Two buckets are locked in the order of their addresses.
 */
#include <linux-lite/abi/futex.h>
#include <linux-lite/futex_key.h>
#include <linux-lite/kernel.h>
#include <asm/uaccess.h>

static void lock_two(struct futex_bucket *a, struct futex_bucket *b)
{
	if (a > b)
		swap(a, b);
	spin_lock(&a->lock);
	if (a != b)
		spin_lock_nested(&b->lock);	/* the higher address second */
}

static void unlock_two(struct futex_bucket *a, struct futex_bucket *b)
{
	spin_unlock(&a->lock);
	if (a != b)
		spin_unlock(&b->lock);
}

static int get_two_keys(u32 __user *uaddr, u32 __user *uaddr2, bool shared,
			struct futex_key *key, struct futex_key *key2)
{
	return get_futex_key(uaddr, shared, key) ?: get_futex_key(uaddr2, shared, key2);
}

/*
 * Linux compares the word with the buckets locked. Here it may change after the
 * comparison: a waiter that queues up in between is moved, too, and woken when the
 * mutex is released: a wake-up too many, never one too few.
 */
long futex_requeue(u32 __user *uaddr, u32 __user *uaddr2, bool shared, int nr_wake,
		   int nr_requeue, const u32 *cmp)
{
	struct futex_bucket *from, *to;
	struct futex_key key, key2;
	struct futex_q *q, *next;
	int err, done = 0;
	u32 now;

	if (nr_wake < 0 || nr_requeue < 0)
		return -EINVAL;
	err = get_two_keys(uaddr, uaddr2, shared, &key, &key2);
	if (err)
		return err;
	if (cmp && get_user(now, uaddr))
		return -EFAULT;
	if (cmp && now != *cmp)
		return -EAGAIN;
	from = futex_hash(&key);
	to = futex_hash(&key2);
	lock_two(from, to);
	list_for_each_entry_safe(q, next, &from->list, list) {
		if (done >= nr_wake && done - nr_wake >= nr_requeue)
			break;
		if (!futex_key_equal(&q->key, &key))
			continue;
		if (done++ < nr_wake) {
			futex_wake_one(q);
			continue;
		}
		q->key = key2;
		if (from != to) {
			list_move_tail(&q->list, &to->list);
			smp_store_release(&q->bucket, to);
		}
	}
	unlock_two(from, to);
	return done;
}

static bool compare(u32 op, int oldval, int cmparg)
{
	switch ((op >> 24) & 15) {
	case FUTEX_OP_CMP_EQ:
		return oldval == cmparg;
	case FUTEX_OP_CMP_NE:
		return oldval != cmparg;
	case FUTEX_OP_CMP_LT:
		return oldval < cmparg;
	case FUTEX_OP_CMP_LE:
		return oldval <= cmparg;
	case FUTEX_OP_CMP_GT:
		return oldval > cmparg;
	default:
		return oldval >= cmparg;
	}
}

/* Wake up to @nr waiters of @key in the locked bucket. */
static int wake_in(struct futex_bucket *b, const struct futex_key *key, int nr)
{
	struct futex_q *q, *next;
	int woken = 0;

	list_for_each_entry_safe(q, next, &b->list, list) {
		if (woken >= nr)
			break;
		if (futex_key_equal(&q->key, key)) {
			futex_wake_one(q);
			woken++;
		}
	}
	return woken;
}

/* @op: operation 4 bits, comparison 4, argument 12 (signed), comparison's argument 12. */
long futex_wake_op(u32 __user *uaddr, u32 __user *uaddr2, bool shared, int nr_wake,
		   int nr_wake2, u32 op)
{
	int oparg = (int)(op << 8) >> 20, cmparg = (int)(op << 20) >> 20, oldval, err;
	int what = (op >> 28) & 7;
	struct futex_bucket *b, *b2;
	struct futex_key key, key2;
	long woken;

	if (((op >> 24) & 15) > FUTEX_OP_CMP_GE)
		return -ENOSYS;
	if ((op >> 28) & FUTEX_OP_OPARG_SHIFT)
		oparg = 1 << (oparg & 31);
	err = get_two_keys(uaddr, uaddr2, shared, &key, &key2);
	if (!err)
		err = futex_op_user(what, oparg, &oldval, uaddr2);
	if (err)
		return err;
	b = futex_hash(&key);
	b2 = futex_hash(&key2);
	lock_two(b, b2);
	woken = wake_in(b, &key, nr_wake);
	if (compare(op, oldval, cmparg))
		woken += wake_in(b2, &key2, nr_wake2);
	unlock_two(b, b2);
	return woken;
}
