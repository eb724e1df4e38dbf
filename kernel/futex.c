// SPDX-License-Identifier: GPL-2.0-only
/*
 * futex.c - sleep while a word of memory has a value; wake those who sleep on it.
 *
 *	user word --> key --> hash --> bucket: lock, list of struct futex_q
 *	                               [q: key, task, bitset] <-> [q] <-> ...
 *
 *	key of a private futex:  (mm, address)
 *	key of a shared one:     (mapping, offset in it) if the page belongs to a file or
 *	                         shared memory, else (mm, address) as well
 *
 * THE PROMISE: FUTEX_WAIT(value) sleeps only if the word has the value, and a
 * FUTEX_WAKE after the word was changed wakes it. Linux reads the word with the
 * bucket locked, which needs user accesses that may not fault. We queue first and
 * read then:
 *
 *	waiter                         waker
 *	queue q          (lock)        word = new
 *	read the word                  wake: take q off   (lock)
 *	 differs: unqueue, EAGAIN
 *	 same: sleep until q is off
 *
 *   I1  If the waiter reads the old value, it was queued before the word changed:
 *       the waker finds it.
 *   I2  If it reads a new value but was woken already, that wake-up was meant for
 *       somebody else: it is passed on. So EAGAIN means: as if never queued.
 *   I3  q->bucket changes only with the old and the new bucket locked (requeue).
 *       A waker sets q->woken, wakes the task, and last of all sets bucket to NULL;
 *       a waiter leaves only when it has seen NULL, or under its bucket's lock. So
 *       q, on the waiter's stack, lives as long as a waker uses it.
 *
 * A key holds no reference: the waiter's own mapping keeps the object. If it
 * unmaps that while it waits, the key may one day mean another object: a spurious
 * wake-up, which every user of futexes must expect anyway.
 *
 * Small cousin of Linux's kernel/futex/; left out: priority inheritance (ENOSYS).
 */
#include <linux-lite/abi/futex.h>
#include <linux-lite/abi/time.h>
#include <linux-lite/futex.h>
#include <linux-lite/futex_key.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/signal.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/time.h>
#include <asm/uaccess.h>

#define BUCKETS		64		/* a power of two */

static struct futex_bucket buckets[BUCKETS];

/** futex_init - empty buckets. Context: boot. */
void __init futex_init(void)
{
	for (int i = 0; i < BUCKETS; i++) {
		spin_lock_init(&buckets[i].lock, RANK_FUTEX);
		INIT_LIST_HEAD(&buckets[i].list);
	}
}

struct futex_bucket *futex_hash(const struct futex_key *key)
{
	unsigned long h = (unsigned long)key->object / 64 + key->offset / 4;

	return &buckets[(h * 0x9e3779b97f4a7c15UL) >> 58];
}

/**
 * get_futex_key - which object is this word a part of?
 *
 * Context: may sleep.
 * Return: 0; -EINVAL: not aligned; -EFAULT: nothing there.
 */
int get_futex_key(u32 __user *uaddr, bool shared, struct futex_key *key)
{
	unsigned long addr = (unsigned long)uaddr;
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;

	if (addr % sizeof(u32))
		return -EINVAL;
	if (!access_ok(uaddr, sizeof(u32)))
		return -EFAULT;
	key->object = mm;
	key->offset = addr;
	if (!shared)
		return 0;
	mmap_read_lock(mm);
	vma = vma_lookup(mm, addr);
	if (vma && vma->vm_flags & VM_SHARED && vma->vm_mapping) {
		key->object = vma->vm_mapping;
		key->offset = linear_page_index(vma, addr) * PAGE_SIZE + addr % PAGE_SIZE;
	}
	mmap_read_unlock(mm);
	return vma ? 0 : -EFAULT;
}

/* Take @q off and wake its task. Bucket locked. */
void futex_wake_one(struct futex_q *q)
{
	list_del(&q->list);
	WRITE_ONCE(q->woken, true);	/* before the task is woken, or it may sleep on */
	wake_up_process(q->task);
	smp_store_release(&q->bucket, NULL);
}

/* Lock the bucket that @q is in; NULL: it was woken. */
static struct futex_bucket *lock_bucket_of(struct futex_q *q)
{
	for (;;) {
		struct futex_bucket *b = READ_ONCE(q->bucket);

		if (!b)
			return NULL;
		spin_lock(&b->lock);
		if (q->bucket == b)
			return b;
		spin_unlock(&b->lock);
	}
}

/* Return: true if @q was still waiting. It is off every list afterwards. */
static bool unqueue(struct futex_q *q)
{
	struct futex_bucket *b = lock_bucket_of(q);

	if (!b)
		return false;
	list_del(&q->list);
	spin_unlock(&b->lock);
	return true;
}

static int wake_key(const struct futex_key *key, int nr_wake, u32 bitset)
{
	struct futex_bucket *b = futex_hash(key);
	struct futex_q *q, *next;
	int woken = 0;

	spin_lock(&b->lock);
	list_for_each_entry_safe(q, next, &b->list, list) {
		if (!futex_key_equal(&q->key, key) || !(q->bitset & bitset))
			continue;
		futex_wake_one(q);
		if (++woken >= nr_wake)
			break;
	}
	spin_unlock(&b->lock);
	return woken;
}

int futex_wake(u32 __user *uaddr, bool shared, int nr_wake, u32 bitset)
{
	struct futex_key key;
	int err;

	if (!bitset)
		return -EINVAL;
	err = get_futex_key(uaddr, shared, &key);
	return err ?: wake_key(&key, nr_wake, bitset);
}

/* Queue @q, and see whether the word still has the value. 0: it has, @q is queued. */
static int futex_wait_setup(struct futex_q *q, u32 __user *uaddr, u32 val)
{
	struct futex_bucket *b = futex_hash(&q->key);
	u32 now;
	int err;

	spin_lock(&b->lock);
	q->bucket = b;
	list_add_tail(&q->list, &b->list);
	spin_unlock(&b->lock);
	smp_mb();		/* queued before the word is read (I1) */
	err = get_user(now, uaddr);
	if (!err && now == val)
		return 0;
	if (!unqueue(q))	/* I2 */
		wake_key(&q->key, 1, q->bitset);
	return err ?: -EAGAIN;
}

/* Sleep until @q is taken off, a signal comes, or @end_ns: 0, -ERESTARTSYS, -ETIMEDOUT. */
static int futex_wait_queued(struct futex_q *q, u64 end_ns)
{
	s64 left = MAX_SCHEDULE_TIMEOUT;

	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (READ_ONCE(q->woken) || signal_pending(current))
			break;
		if (end_ns != ~0UL)
			left = (s64)(end_ns - ktime_get_ns());
		if (left <= 0)
			break;
		schedule_timeout_ns(left);
	}
	WRITE_ONCE(current->state, TASK_RUNNING);
	if (!unqueue(q))
		return 0;
	return left <= 0 ? -ETIMEDOUT : -ERESTARTSYS;
}

static long futex_wait(u32 __user *uaddr, bool shared, u32 val, u64 end_ns, u32 bitset)
{
	struct futex_q q = { .task = current, .bitset = bitset };
	int err;

	if (!bitset)
		return -EINVAL;
	err = get_futex_key(uaddr, shared, &q.key);
	if (!err)
		err = futex_wait_setup(&q, uaddr, val);
	return err ?: futex_wait_queued(&q, end_ns);
}

/* The end of a wait, on the monotonic clock. ~0: never. 0, -EFAULT, -EINVAL. */
static int get_end(const struct timespec64 __user *uts, int op, u64 *end_ns)
{
	u64 ns, now = ktime_get_ns();
	int err;

	*end_ns = ~0UL;
	if (!uts)
		return 0;
	err = get_timespec_ns(uts, &ns);
	if (err)
		return err;
	ns = min(ns, (u64)MAX_SCHEDULE_TIMEOUT / 2);	/* 146 years; what is left is signed */
	if ((op & FUTEX_CMD_MASK) == FUTEX_WAIT) {	/* relative */
		*end_ns = now + ns;
	} else if (op & FUTEX_CLOCK_REALTIME) {
		u64 real = ktime_get_real_ns();

		*end_ns = ns > real ? now + (ns - real) : 0;
	} else {
		*end_ns = ns;
	}
	return 0;
}

/* A wait with a timeout is restarted until the time it was to end, not for the time again. */
static long futex_wait_restart(struct restart_block *r)
{
	long ret = futex_wait((u32 __user *)r->rmtp, r->clockid & FUTEX_PRIVATE_FLAG ? false : true,
			      r->futex_val, r->expires_ns, FUTEX_BITSET_MATCH_ANY);

	if (ret != -ERESTARTSYS)
		return ret;
	r->fn = futex_wait_restart;
	return -ERESTART_RESTARTBLOCK;
}

static long do_wait(u32 __user *uaddr, int op, u32 val, const struct timespec64 __user *uts,
		    u32 bitset)
{
	struct restart_block *r = &current->restart_block;
	u64 end_ns;
	long ret = get_end(uts, op, &end_ns);

	if (ret)
		return ret;
	ret = futex_wait(uaddr, !(op & FUTEX_PRIVATE_FLAG), val, end_ns, bitset);
	/* An absolute end stays what it is, so that call is just made again. */
	if (ret != -ERESTARTSYS || !uts || (op & FUTEX_CMD_MASK) != FUTEX_WAIT)
		return ret;
	r->fn = futex_wait_restart;
	r->rmtp = uaddr;
	r->futex_val = val;
	r->clockid = op;
	r->expires_ns = end_ns;
	return -ERESTART_RESTARTBLOCK;
}

SYSCALL_DEFINE6(futex, u32 __user *, uaddr, int, op, u32, val,
		const struct timespec64 __user *, uts, u32 __user *, uaddr2, u32, val3)
{
	bool shared = !(op & FUTEX_PRIVATE_FLAG);
	int cmd = op & FUTEX_CMD_MASK;
	int val2 = (int)(unsigned long)uts;	/* the same register, where there is no time */

	if (op & FUTEX_CLOCK_REALTIME && cmd != FUTEX_WAIT_BITSET)
		return -ENOSYS;
	switch (cmd) {
	case FUTEX_WAIT:
		return do_wait(uaddr, op, val, uts, FUTEX_BITSET_MATCH_ANY);
	case FUTEX_WAIT_BITSET:
		return do_wait(uaddr, op, val, uts, val3);
	case FUTEX_WAKE:
		return futex_wake(uaddr, shared, (int)val ?: 1, FUTEX_BITSET_MATCH_ANY);
	case FUTEX_WAKE_BITSET:
		return futex_wake(uaddr, shared, (int)val ?: 1, val3);
	case FUTEX_REQUEUE:
		return futex_requeue(uaddr, uaddr2, shared, val, val2, NULL);
	case FUTEX_CMP_REQUEUE:
		return futex_requeue(uaddr, uaddr2, shared, val, val2, &val3);
	case FUTEX_WAKE_OP:
		return futex_wake_op(uaddr, uaddr2, shared, val, val2, val3);
	default:
		return -ENOSYS;
	}
}
