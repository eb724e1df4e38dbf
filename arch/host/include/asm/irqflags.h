/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/irqflags.h (host) - interrupts of a hart that is a thread.
 *
 * The only interrupt is "run this function" from another hart. It is not taken
 * anywhere (a signal would be, and sanitizers dislike that) but where the real
 * hart could take it and it matters: when interrupts are turned on, and while
 * waiting (cpu_relax). With interrupts off it waits, as on the real thing.
 *
 * Nearly always there is none to take, and interrupts go on and off around each object and
 * page: so one load of host_call_underway decides. A hart that reads it too early answers the
 * next time, and the caller waits for that.
 *
 * Leaf sections (theory: arch/riscv/include/asm/irqflags.h) get by without host_irqs_on: where
 * nothing is polled nothing is taken. Only, a hart that ran leaf sections for ever would never
 * answer: so where one can be repeated for ever, local_irq_waits() sends it the slow way. With
 * CONFIG_DEBUG_VM a leaf section that polls, or that holds another one, is reported.
 */
#ifndef ASM_HOST_IRQFLAGS_H
#define ASM_HOST_IRQFLAGS_H

#include <linux-lite/bug.h>
#include <linux-lite/compiler.h>
#include <linux-lite/types.h>
#include <asm/page.h>
#include <asm/csr.h>

extern _Thread_local unsigned long host_irqs_on;	/* SR_SIE or 0 */

extern _Thread_local bool host_in_leaf;			/* with CONFIG_DEBUG_VM only */
extern bool host_call_underway;		/* some hart may be asked (a) */

/* arch/host/smp.c: take what is pending, if interrupts are on. */
void host_poll(void);

static inline bool local_irq_waits(void)
{
	return __atomic_load_n(&host_call_underway, __ATOMIC_RELAXED);
}

static inline void local_irq_enable(void)
{
	VM_BUG_ON(host_in_leaf);
	host_irqs_on = SR_SIE;
	if (unlikely(local_irq_waits()))
		host_poll();
}

static inline void local_irq_disable(void)
{
	host_irqs_on = 0;
}

static inline unsigned long local_irq_save(void)
{
	unsigned long flags = host_irqs_on;

	host_irqs_on = 0;
	return flags;
}

static inline void local_irq_restore(unsigned long flags)
{
	if (flags & SR_SIE)
		local_irq_enable();
}

static inline unsigned long local_irq_save_leaf(void)
{
	VM_BUG_ON(host_in_leaf);
	if (IS_ENABLED(CONFIG_DEBUG_VM))
		host_in_leaf = true;
	return 0;
}

static inline void local_irq_restore_leaf(unsigned long flags)
{
	if (IS_ENABLED(CONFIG_DEBUG_VM))
		host_in_leaf = false;
}

static inline bool irqs_disabled(void)
{
	return !host_irqs_on;
}

#endif
