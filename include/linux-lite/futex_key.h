/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * futex_key.h - waiters and what they wait for; for kernel/futex*.c only.
 */
#ifndef LINUX_LITE_FUTEX_KEY_H
#define LINUX_LITE_FUTEX_KEY_H

#include <linux-lite/sched.h>

/* One 32-bit word of user memory, whoever maps it where. */
struct futex_key {
	const void *object;		/* mm_struct or address_space */
	unsigned long offset;		/* bytes: address, or offset in the object */
};

struct futex_bucket {
	spinlock_t lock;		/* RANK_FUTEX */
	struct list_head list;		/* (lock) oldest first */
};

struct futex_q {
	struct list_head list;		/* (bucket lock) */
	struct futex_key key;		/* (bucket lock) */
	struct task_struct *task;	/* (c) */
	struct futex_bucket *bucket;	/* NULL: nobody but the waiter knows it; futex.c, I3 */
	bool woken;
	u32 bitset;			/* (c) */
};

static inline bool futex_key_equal(const struct futex_key *a, const struct futex_key *b)
{
	return a->object == b->object && a->offset == b->offset;
}

int get_futex_key(u32 __user *uaddr, bool shared, struct futex_key *key);
struct futex_bucket *futex_hash(const struct futex_key *key);
void futex_wake_one(struct futex_q *q);
/* Wake @nr_wake, let @nr_requeue wait on @uaddr2 instead; @cmp: only if the word is that. */
long futex_requeue(u32 __user *uaddr, u32 __user *uaddr2, bool shared, int nr_wake,
		   int nr_requeue, const u32 *cmp);
long futex_wake_op(u32 __user *uaddr, u32 __user *uaddr2, bool shared, int nr_wake,
		   int nr_wake2, u32 op);

#endif
