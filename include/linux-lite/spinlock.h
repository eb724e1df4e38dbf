/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * spinlock.h - spinlocks, the same on both ports.
 *
 * One word, test and test-and-set: 0 free, 1 held. Not a ticket or queued lock
 * as Linux has: under QEMU harts outnumber cores, and a fair lock would wait for
 * the one hart that the host has descheduled. Without CONFIG_SMP the word is
 * gone and only interrupts matter.
 *
 * The kernel is never preempted inside the kernel (only user code is), so a
 * spinlock needs no preemption counter. A lock that an interrupt handler takes
 * must be taken with spin_lock_irqsave/_irq everywhere.
 *
 * Small cousin of Linux's include/linux/spinlock.h.
 */
#ifndef LINUX_LITE_SPINLOCK_H
#define LINUX_LITE_SPINLOCK_H

#include <linux-lite/atomic.h>
#include <linux-lite/lockrank.h>
#include <asm/irqflags.h>
#include <asm/processor.h>

typedef struct spinlock {
	unsigned int locked;
#ifdef CONFIG_DEBUG_LOCKS
	enum lock_rank rank;
	const char *name;
#endif
} spinlock_t;

#ifdef CONFIG_DEBUG_LOCKS
#define SPINLOCK_INIT(r, n)	{ .locked = 0, .rank = (r), .name = (n) }
#define spin_rank(l)		((l)->rank)
#define spin_name(l)		((l)->name)
#else
#define SPINLOCK_INIT(r, n)	{ .locked = 0 }
#define spin_rank(l)		RANK_UNCHECKED
#define spin_name(l)		""
#endif

#define DEFINE_SPINLOCK(x, r)	spinlock_t x = SPINLOCK_INIT(r, #x)
#define spin_lock_init(l, r)	(*(l) = (spinlock_t)SPINLOCK_INIT(r, #l))

static inline void arch_spin_lock(spinlock_t *l)
{
	if (!IS_ENABLED(CONFIG_SMP)) {
		barrier();
		return;
	}
	while (unlikely(__atomic_exchange_n(&l->locked, 1, __ATOMIC_ACQUIRE)))
		while (__atomic_load_n(&l->locked, __ATOMIC_RELAXED))
			cpu_relax();
}

static inline bool arch_spin_trylock(spinlock_t *l)
{
	if (!IS_ENABLED(CONFIG_SMP))
		return true;
	return !__atomic_exchange_n(&l->locked, 1, __ATOMIC_ACQUIRE);
}

static inline void arch_spin_unlock(spinlock_t *l)
{
	if (!IS_ENABLED(CONFIG_SMP)) {
		barrier();
		return;
	}
	__atomic_store_n(&l->locked, 0, __ATOMIC_RELEASE);
}

static inline void spin_lock(spinlock_t *l)
{
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_acquire(spin_rank(l), spin_name(l), l, false);
	arch_spin_lock(l);
}

/* A second lock of the same rank: the caller names the order in a comment. */
static inline void spin_lock_nested(spinlock_t *l)
{
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_acquire(spin_rank(l), spin_name(l), l, true);
	arch_spin_lock(l);
}

static inline bool spin_trylock(spinlock_t *l)
{
	if (!arch_spin_trylock(l))
		return false;
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_acquire(spin_rank(l), spin_name(l), l, true);
	return true;
}

static inline void spin_unlock(spinlock_t *l)
{
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_release(spin_rank(l), spin_name(l), l);
	arch_spin_unlock(l);
}

static inline bool spin_is_locked(const spinlock_t *l)
{
	return !IS_ENABLED(CONFIG_SMP) || __atomic_load_n(&l->locked, __ATOMIC_RELAXED);
}

#define spin_lock_irqsave(l, flags) \
	do { (flags) = local_irq_save(); spin_lock(l); } while (0)
#define spin_unlock_irqrestore(l, flags) \
	do { spin_unlock(l); local_irq_restore(flags); } while (0)

static inline void spin_lock_irq(spinlock_t *l)
{
	local_irq_disable();
	spin_lock(l);
}

static inline void spin_unlock_irq(spinlock_t *l)
{
	spin_unlock(l);
	local_irq_enable();
}

#endif
