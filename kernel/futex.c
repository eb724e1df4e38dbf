// SPDX-License-Identifier: GPL-2.0-only
/*
 * futex.c - sleeping on a word of user memory.
 *
 *	user space                            kernel
 *	----------                            ------
 *	lock:   cmpxchg 0 -> 1, done
 *	        taken: store 2, futex(WAIT, 2)   bucket[hash(key)]
 *	                                            +-> waiter -> waiter (other key) -> ...
 *	unlock: xchg -> 0; it was 2:
 *	        futex(WAKE, 1)                   the first waiter with this key leaves
 *
 * The kernel keeps no state for a futex that nobody waits for. What names one is
 * where its word is: the pair (address space, address) if it is private, or, so
 * that processes can share one, (object, page of the object, offset in it).
 *
 * No wake-up is lost, without holding a lock while user memory is read (which may
 * sleep):
 *
 *	waiter: 1. queue itself (bucket lock)     waker: a. change the word
 *	        2. full barrier                          b. lock the bucket, look
 *	        3. read the word; other than val: leave
 *
 * If 3 reads the old value, it came before a, so 1 came before b: the waker finds
 * the waiter. One that was found already when it wants to leave has consumed a
 * wake-up and must report success.
 *
 *   F1  a waiter is on the list of the bucket that q->bucket names, or woken is set
 *   F2  q->bucket changes (requeue) only with both buckets locked, in address order
 *
 * Locks: bucket->lock (RANK_FUTEX). Linux: kernel/futex/; left out: priority
 * inheritance (-ENOSYS, and glibc then does without).
 */
#include <linux-lite/abi/futex.h>
#include <linux-lite/err.h>
#include <linux-lite/futex.h>
#include <linux-lite/kernel.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/time.h>
#include <asm/uaccess.h>

#define FUTEX_HASH_BITS	8

struct futex_key {
	const void *object;		/* mm or address_space */
	unsigned long where;		/* address, or page << PAGE_SHIFT | offset */
};

struct futex_bucket {
	spinlock_t lock;
	struct list_head waiters;	/* struct futex_q, oldest first (lock) */
};

struct futex_q {
	struct list_head node;		/* (bucket->lock) */
	struct futex_bucket *bucket;	/* F2 */
	struct futex_key key;		/* (bucket->lock) */
	struct task_struct *task;
	u32 bitset;
	bool woken;			/* set last by the waker: then q is the waiter's again */
};

static struct futex_bucket buckets[1 << FUTEX_HASH_BITS];

void futex_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(buckets); i++) {
		spin_lock_init(&buckets[i].lock, RANK_FUTEX);
		INIT_LIST_HEAD(&buckets[i].waiters);
	}
}

static struct futex_bucket *bucket_of(const struct futex_key *key)
{
	unsigned long h = ((unsigned long)key->object ^ key->where) * 0x9e3779b97f4a7c15UL;

	return &buckets[h >> (64 - FUTEX_HASH_BITS)];
}

static bool same_key(const struct futex_key *a, const struct futex_key *b)
{
	return a->object == b->object && a->where == b->where;
}

/* Name the futex at @uaddr. 0, -EINVAL (not aligned), -EFAULT. May sleep. */
static int get_key(u32 __user *uaddr, bool shared, struct futex_key *key)
{
	unsigned long addr = (unsigned long)uaddr;
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;

	if (addr & 3)
		return -EINVAL;
	if (!access_ok(uaddr, sizeof(*uaddr)))
		return -EFAULT;
	*key = (struct futex_key){ mm, addr };
	if (!shared)
		return 0;
	mmap_read_lock(mm);
	vma = vma_lookup(mm, addr);
	if (vma && vma->vm_mapping && (vma->vm_flags & VM_SHARED)) {
		key->object = vma->vm_mapping;
		key->where = (linear_page_index(vma, addr & PAGE_MASK) << PAGE_SHIFT) |
			     (addr & ~PAGE_MASK);
	}
	mmap_read_unlock(mm);
	return vma ? 0 : -EFAULT;
}

static void enqueue(struct futex_q *q)
{
	q->bucket = bucket_of(&q->key);
	spin_lock(&q->bucket->lock);
	list_add_tail(&q->node, &q->bucket->waiters);
	spin_unlock(&q->bucket->lock);
}

/* Return: true if @q was still waiting; false: a waker had it. */
static bool dequeue(struct futex_q *q)
{
	struct futex_bucket *b;
	bool waiting;

	for (;;) {
		b = READ_ONCE(q->bucket);
		spin_lock(&b->lock);
		if (b == q->bucket)
			break;
		spin_unlock(&b->lock);	/* requeued meanwhile: F2 */
	}
	waiting = !q->woken;
	if (waiting)
		list_del(&q->node);
	spin_unlock(&b->lock);
	return waiting;
}

/* Bucket locked. After the store of woken @q may be gone: the task was held first. */
static void wake_one(struct futex_q *q)
{
	struct task_struct *task = q->task;

	get_task_struct(task);
	list_del(&q->node);
	smp_store_release(&q->woken, true);
	wake_up_process(task);
	put_task_struct(task);
}

/* Sleep until woken, a signal, or @deadline (0: none). */
static int wait_woken(struct futex_q *q, u64 deadline_ns)
{
	for (;;) {
		s64 left = MAX_SCHEDULE_TIMEOUT;

		set_current_state(TASK_INTERRUPTIBLE);
		if (smp_load_acquire(&q->woken))
			break;
		if (signal_pending(current)) {
			set_current_state(TASK_RUNNING);
			return -ERESTARTSYS;
		}
		if (deadline_ns) {
			left = (s64)(deadline_ns - ktime_get_ns());
			if (left <= 0) {
				set_current_state(TASK_RUNNING);
				return -ETIMEDOUT;
			}
		}
		schedule_timeout_ns(left);
	}
	set_current_state(TASK_RUNNING);
	return 0;
}

static int futex_wait(u32 __user *uaddr, bool shared, u32 val, u64 deadline_ns, u32 bitset)
{
	struct futex_q q = { .task = current, .bitset = bitset };
	u32 now;
	int err;

	if (!bitset)
		return -EINVAL;
	err = get_key(uaddr, shared, &q.key);
	if (err)
		return err;
	enqueue(&q);
	smp_mb();
	if (get_user(now, uaddr))
		err = -EFAULT;
	else if (now != val)
		err = -EAGAIN;
	else
		err = wait_woken(&q, deadline_ns);
	return dequeue(&q) ? err : 0;
}

/**
 * futex_wake - wake waiters of a futex
 * @uaddr: the word, of current's address space
 * @shared: may waiters be in other processes?
 * @nr_wake: how many at the most
 * @bitset: only those whose own bitset meets it
 *
 * Context: may sleep.
 * Return: how many were woken; -EINVAL, -EFAULT.
 */
int futex_wake(u32 __user *uaddr, bool shared, int nr_wake, u32 bitset)
{
	struct futex_q *q, *next;
	struct futex_bucket *b;
	struct futex_key key;
	int err, woken = 0;

	if (!bitset)
		return -EINVAL;
	err = get_key(uaddr, shared, &key);
	if (err)
		return err;
	smp_mb();
	b = bucket_of(&key);
	spin_lock(&b->lock);
	list_for_each_entry_safe(q, next, &b->waiters, node) {
		if (!same_key(&q->key, &key) || !(q->bitset & bitset))
			continue;
		wake_one(q);
		if (++woken >= nr_wake)
			break;
	}
	spin_unlock(&b->lock);
	return woken;
}

static void lock_two(struct futex_bucket *a, struct futex_bucket *b)
{
	if (a > b)
		swap(a, b);
	spin_lock(&a->lock);
	if (a != b)
		spin_lock_nested(&b->lock);	/* F2: in address order */
}

static void unlock_two(struct futex_bucket *a, struct futex_bucket *b)
{
	spin_unlock(&a->lock);
	if (a != b)
		spin_unlock(&b->lock);
}

/* Wake @nr_wake waiters of one futex and let @nr_requeue more wait for another. */
static int futex_requeue(u32 __user *uaddr1, u32 __user *uaddr2, bool shared, int nr_wake,
			 int nr_requeue, const u32 *cmpval)
{
	struct futex_key key1, key2;
	struct futex_bucket *b1, *b2;
	struct futex_q *q, *next;
	int err, done = 0;
	u32 now;

	if (nr_wake < 0 || nr_requeue < 0)
		return -EINVAL;
	err = get_key(uaddr1, shared, &key1);
	if (!err)
		err = get_key(uaddr2, shared, &key2);
	if (err)
		return err;
	if (cmpval) {
		if (get_user(now, uaddr1))
			return -EFAULT;
		if (now != *cmpval)
			return -EAGAIN;
	}
	b1 = bucket_of(&key1);
	b2 = bucket_of(&key2);
	lock_two(b1, b2);
	list_for_each_entry_safe(q, next, &b1->waiters, node) {
		if (!same_key(&q->key, &key1))
			continue;
		if (done >= nr_wake + nr_requeue)
			break;
		if (done++ < nr_wake) {
			wake_one(q);
			continue;
		}
		q->key = key2;
		list_move_tail(&q->node, &b2->waiters);
		WRITE_ONCE(q->bucket, b2);
	}
	unlock_two(b1, b2);
	return done;
}

/* FUTEX_WAKE_OP's comparison of the old value of the second word. */
static int compare(int cmp, int oldval, int cmparg)
{
	switch (cmp) {
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
	case FUTEX_OP_CMP_GE:
		return oldval >= cmparg;
	default:
		return -ENOSYS;
	}
}

/* Change word 2 atomically, wake waiters of word 1, and of word 2 if its old value says so. */
static int futex_wake_op(u32 __user *uaddr1, u32 __user *uaddr2, bool shared, int nr_wake,
			 int nr_wake2, u32 encoded)
{
	int op = (encoded >> 28) & 0xf, cmp = (encoded >> 24) & 0xf;
	int oparg = (int)(encoded << 8) >> 20, cmparg = (int)(encoded << 20) >> 20;
	int err, oldval, woken, second;

	if (op & FUTEX_OP_OPARG_SHIFT) {
		if (oparg < 0 || oparg > 31)
			oparg &= 31;
		oparg = 1 << oparg;
		op &= ~FUTEX_OP_OPARG_SHIFT;
	}
	if ((unsigned long)uaddr2 & 3)
		return -EINVAL;
	err = futex_op_user(op, oparg, &oldval, uaddr2);
	if (err)
		return err;
	second = compare(cmp, oldval, cmparg);
	if (second < 0)
		return second;
	woken = futex_wake(uaddr1, shared, nr_wake, FUTEX_BITSET_MATCH_ANY);
	if (woken < 0 || !second)
		return woken;
	second = futex_wake(uaddr2, shared, nr_wake2, FUTEX_BITSET_MATCH_ANY);
	return second < 0 ? second : woken + second;
}

/* When a wait ends, on the monotonic clock: WAIT is given a span, WAIT_BITSET a moment. */
static int get_deadline(int cmd, bool realtime, const struct timespec64 __user *utime, u64 *ns)
{
	u64 t, now = ktime_get_ns();
	int err;

	*ns = 0;
	if (!utime)
		return 0;
	err = get_timespec_ns(utime, &t);
	if (err)
		return err;
	if (cmd == FUTEX_WAIT)
		t = now + t < now ? ~0UL >> 1 : now + t;
	else if (realtime)
		t = t > ktime_get_real_ns() ? now + (t - ktime_get_real_ns()) : 1;
	*ns = t ? t : 1;
	return 0;
}

SYSCALL_DEFINE6(futex, u32 __user *, uaddr, int, op, u32, val,
		const struct timespec64 __user *, utime, u32 __user *, uaddr2, u32, val3)
{
	bool shared = !(op & FUTEX_PRIVATE_FLAG);
	int cmd = op & FUTEX_CMD_MASK, err;
	int val2 = (int)(unsigned long)utime;	/* requeue and wake-op take a number there */
	u64 deadline_ns;

	if ((op & FUTEX_CLOCK_REALTIME) && cmd != FUTEX_WAIT_BITSET && cmd != FUTEX_WAIT)
		return -ENOSYS;
	switch (cmd) {
	case FUTEX_WAIT:
	case FUTEX_WAIT_BITSET:
		err = get_deadline(cmd, op & FUTEX_CLOCK_REALTIME, utime, &deadline_ns);
		if (err)
			return err;
		err = futex_wait(uaddr, shared, val, deadline_ns,
				 cmd == FUTEX_WAIT ? FUTEX_BITSET_MATCH_ANY : val3);
		/* A span cannot simply begin anew after a signal handler; a moment can. */
		if (err == -ERESTARTSYS && utime && cmd == FUTEX_WAIT)
			return -EINTR;
		return err;
	case FUTEX_WAKE:
		return futex_wake(uaddr, shared, val, FUTEX_BITSET_MATCH_ANY);
	case FUTEX_WAKE_BITSET:
		return futex_wake(uaddr, shared, val, val3);
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
