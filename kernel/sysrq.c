// SPDX-License-Identifier: GPL-2.0-only
/*
 * sysrq.c - what /proc/sysrq-trigger does: Linux's letters.
 *
 *	c crash   b reboot   o power off   t tasks   m memory   s sync   h help
 */
#include <linux-lite/crashtest.h>
#include <linux-lite/gfp.h>
#include <linux-lite/init.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>

static void show_tasks(void)
{
	struct task_struct *p, *t;

	spin_lock_irq(&tasklist_lock);
	list_for_each_entry(p, &init_task.tasks, tasks)
		list_for_each_entry(t, &p->signal->threads, thread_node)
			pr_info("task:%-15s state:%u exit:%d pid:%d tgid:%d ppid:%d flags:0x%08x cpu:%lu\n",
				t->comm, t->state, t->exit_state, t->pid, t->tgid,
				t->real_parent->tgid, t->flags, t->thread_info.cpu);
	spin_unlock_irq(&tasklist_lock);
}

/**
 * sysrq_trigger - do what a letter stands for
 * @key: see above; others print the list
 *
 * Context: task; the caller has checked that it is root's wish.
 */
void sysrq_trigger(char key)
{
	switch (key) {
	case 'c':
		panic("sysrq triggered crash");
	case 'b':
		machine_stop(MACHINE_REBOOT);
	case 'o':
		machine_stop(MACHINE_POWER_OFF);
	case 't':
		show_tasks();
		break;
	case 'm':
		pr_info("free: %lu of %lu pages\n", nr_free_pages(), totalram_pages());
		break;
	case 's':
		pr_info("Emergency Sync complete\n");	/* all writes are done when they return */
		break;
	default:
		pr_info("sysrq: HELP : reboot(b) crash(c) memory(m) poweroff(o) sync(s) tasks(t)\n");
	}
}
