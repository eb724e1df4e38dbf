// SPDX-License-Identifier: GPL-2.0-only
/*
 * oom.c - no page is free and nothing can be freed: one process must end.
 *
 * More memory may be promised than there is (mm/space/overcommit.c), so one day a
 * page that was promised is touched and there is none. The one who asks is not at
 * fault; often it is a small server that met a large neighbour. So:
 *
 *	alloc_pages_slow -> reclaim_and_retry
 *	  out_of_memory
 *	    am I dying?            use the reserve, and be quick
 *	    is a victim dying?     sleep a tick, look again
 *	    choose                 the worst: oom_badness() over all processes
 *	    kill it                SIGKILL; its threads may use the reserve
 *	  <- try again             while it ends, its memory comes back
 *
 * BADNESS is what would be gained: the pages in memory and swap, and the page
 * tables. A thousandth of all memory is added or taken off for each point of
 * oom_score_adj (-1000..1000): 1000 beats every other, -1000 means never.
 *
 *	process       rss+swap+tables   adj      badness of 100,000 pages
 *	shell                     400     0          400
 *	database               60,000  -500       10,000
 *	browser                30,000   300       60,000   <- this one
 *
 * WAITING. The victim ends by itself, on its own thread, and for that it may need
 * memory and locks. Memory it gets: _TIF_MEMDIE lets it below the min watermark,
 * down to half of it, as __GFP_HIGH does; what is below stays for interrupts. A
 * lock may be held by the very task that waits here; then it would never end. So
 * patience has an end too: after OOM_PATIENCE ticks the victim is passed over
 * (mm->oom_skip) and another is chosen. Linux has a thread that takes the victim's
 * pages away in the meantime (the OOM reaper), and passes over it for the same reason.
 *
 *   I1  one victim at a time: while victim_mm is set nobody else is chosen
 *   I2  victim_mm is referenced (mmgrab): its counters tell when its pages are gone
 *   I3  a process with oom_skip is never chosen (again)
 *
 * Locks: busy, one word: who finds it taken waits a tick and looks again, so nobody
 * waits for a lock's holder. It guards victim_mm and waited.
 *
 * Small cousin of Linux's mm/oom_kill.c.
 */
#include <linux-lite/flag_names.h>
#include <linux-lite/kernel.h>
#include <linux-lite/oom.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/panic.h>
#include <linux-lite/pcp.h>
#include <linux-lite/printk.h>
#include <linux-lite/vmstat.h>
#include <linux-lite/wait.h>

#define K(pages)	((pages) << (PAGE_SHIFT - 10))
#define TICK_NS		10000000
#define OOM_PATIENCE	200		/* ticks: 2 s */
/* Above 8 pages in a row it is not a victim that is missing but a hole of that size. */
#define PAGE_ALLOC_COSTLY_ORDER	3

int sysctl_panic_on_oom;
int sysctl_oom_kill_allocating_task;
int sysctl_oom_dump_tasks = 1;
const struct oom_task_ops *oom_task_ops;

static unsigned int busy;		/* somebody chooses or waits: xchg() */
static struct mm_struct *victim_mm;	/* I1, I2; NULL: nobody is dying (busy) */
static unsigned int waited;		/* ticks for it (busy) */

/* One question: who is the worst? */
struct choice {
	unsigned long total_pages;
	long points;
	struct task_struct *task;	/* the worst so far, referenced; NULL: nobody yet */
	struct mm_struct *mm;		/* its memory (mmgrab) */
};

static unsigned long pages_of(struct mm_struct *mm)
{
	return get_mm_rss(mm) + atomic_long_read(&mm->rss[MM_SWAPENTS]) +
	       (atomic_long_read(&mm->pgtables_bytes) >> PAGE_SHIFT);
}

/* A vfork child lives in its parent's memory: killing it would free nothing. */
static bool in_vfork(struct task_struct *t)
{
	return t->vfork_active && t->real_parent && t->real_parent->mm == t->mm;
}

/**
 * oom_badness - what killing a process would bring
 * @t: a thread of it
 * @total_pages: RAM and swap
 *
 * Context: tasklist_lock held: t->mm stays.
 * Return: pages, corrected by oom_score_adj; OOM_NEVER for who must not be killed:
 * init, kernel threads, who has no memory, who is exempt, who was tried in vain.
 */
long oom_badness(struct task_struct *t, unsigned long total_pages)
{
	long adj = t->signal->oom_score_adj;

	if (t->tgid == 1 || t->flags & PF_KTHREAD || !t->mm)
		return OOM_NEVER;
	if (adj == OOM_SCORE_ADJ_MIN || t->mm->oom_skip || in_vfork(t))
		return OOM_NEVER;
	return (long)pages_of(t->mm) + adj * (long)(total_pages / 1000);
}

/* Hold on to @t and its memory instead of the one before; its own holds are still there. */
static void pin(struct choice *c, struct task_struct *t)
{
	if (c->task) {
		atomic_dec(&c->task->usage);
		atomic_dec(&c->mm->mm_count);
	}
	get_task_struct(t);
	mmgrab(t->mm);
	c->task = t;
	c->mm = t->mm;
}

static void consider(struct task_struct *t, void *arg)
{
	struct choice *c = arg;
	long points = oom_badness(t, c->total_pages);

	if (points == OOM_NEVER || points < c->points)
		return;
	c->points = points;
	pin(c, t);
}

/* ---- the report: Linux's words --------------------------------------------------- */

static void dump_task(struct task_struct *t, void *unused)
{
	if (t->tgid == 1 || t->flags & PF_KTHREAD)
		return;
	pr_info("[%7d] %5u %5d %8lu %8lu %8ld %8ld         %5d %s\n", t->pid, t->uid, t->tgid,
		t->mm->total_vm, get_mm_rss(t->mm), atomic_long_read(&t->mm->pgtables_bytes),
		atomic_long_read(&t->mm->rss[MM_SWAPENTS]), t->signal->oom_score_adj, t->comm);
}

static void report(gfp_t gfp, unsigned int order)
{
	char names[FLAG_NAMES_LEN];

	pr_warn("%s invoked oom-killer: gfp_mask=%#x(%s), order=%u, oom_score_adj=%d\n",
		current->comm, gfp, gfp_names(gfp, names), order,
		current->signal->oom_score_adj);
	dump_caller();
	show_mem();
	if (!sysctl_oom_dump_tasks)
		return;
	pr_info("Tasks state (memory values in pages):\n");
	pr_info("[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name\n");
	oom_task_ops->for_each(dump_task, NULL);
}

static void report_victim(const char *why, struct task_struct *t, struct mm_struct *mm)
{
	pr_info("oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),task=%s,pid=%d,uid=%u\n",
		t->comm, t->pid, t->uid);
	pr_err("%s: Killed process %d (%s) total-vm:%lukB, anon-rss:%lukB, file-rss:%lukB, "
	       "shmem-rss:%lukB, UID:%u pgtables:%lukB oom_score_adj:%d\n", why, t->tgid, t->comm,
	       K(mm->total_vm), K(atomic_long_read(&mm->rss[MM_ANONPAGES])),
	       K(atomic_long_read(&mm->rss[MM_FILEPAGES])),
	       K(atomic_long_read(&mm->rss[MM_SHMEMPAGES])), t->uid,
	       atomic_long_read(&mm->pgtables_bytes) >> 10, t->signal->oom_score_adj);
}

/* ---- choosing and killing ---------------------------------------------------------- */

static bool is_dying(struct task_struct *t)
{
	return t->flags & PF_EXITING || fatal_signal_pending(t);
}

static void kill_victim(const char *why, struct choice *c)
{
	victim_mm = c->mm;
	waited = 0;
	/* Who is ending already needs no obituary. */
	if (!is_dying(c->task)) {
		report_victim(why, c->task, c->mm);
		count_vm_event(OOM_KILL);
	}
	oom_task_ops->kill(c->task);
}

/* Memory came back while we were on our way here. */
static bool memory_is_back(gfp_t gfp, unsigned int order)
{
	for (int zone = gfp_zone(gfp); zone >= 0; zone--)
		if (zone_watermark_ok(&zones[zone], order, WMARK_HIGH, gfp))
			return true;
	return false;
}

static void choose_and_kill(gfp_t gfp, unsigned int order)
{
	struct choice c = { .total_pages = totalram_pages(), .points = OOM_NEVER };
	const char *why = "Out of memory";

	report(gfp, order);
	if (sysctl_panic_on_oom)
		panic("Out of memory: %s panic_on_oom is enabled",
		      sysctl_panic_on_oom == 2 ? "compulsory" : "system-wide");
	if (sysctl_oom_kill_allocating_task && oom_badness(current, c.total_pages) != OOM_NEVER) {
		why = "Out of memory (oom_kill_allocating_task)";
		pin(&c, current);
	} else {
		oom_task_ops->for_each(consider, &c);
	}
	if (!c.task) {
		pr_warn("Out of memory and no killable processes...\n");
		panic("System is deadlocked on memory");
	}
	kill_victim(why, &c);
}

/* ---- waiting ------------------------------------------------------------------------- */

static void sleep_a_tick(void)
{
	set_current_state(TASK_KILLABLE);
	schedule_timeout_ns(TICK_NS);
}

/* Its users are gone, and its pages: see exit_mmap(). */
static bool memory_is_gone(struct mm_struct *mm)
{
	return !atomic_read(&mm->mm_users) && !get_mm_rss(mm);
}

static void wait_for_victim(void)
{
	bool gone = memory_is_gone(victim_mm);

	if (!gone && ++waited < OOM_PATIENCE) {
		sleep_a_tick();
		return;
	}
	if (!gone) {
		pr_warn("oom_kill: the victim does not end: passing over it\n");
		victim_mm->oom_skip = true;
	}
	mmdrop(victim_mm);
	victim_mm = NULL;
}

/* current is to end anyway: with a little memory it will be quicker. false: it had that. */
static bool use_reserve(void)
{
	if (test_tsk_flag(current, _TIF_MEMDIE))
		return false;
	set_tsk_flag(current, _TIF_MEMDIE);
	return true;
}

/**
 * out_of_memory - free memory by ending a process
 * @gfp: of the request that cannot be met
 * @order: its order
 *
 * Context: may sleep; any sleeping lock may be held.
 * Return: whether to look again: somebody has ended, is ending, or was told to. false:
 * killing would not help (a large order), or current is dying and has used its share.
 */
bool out_of_memory(gfp_t gfp, unsigned int order)
{
	if (order > PAGE_ALLOC_COSTLY_ORDER || !oom_task_ops)
		return false;
	if (is_dying(current))
		return use_reserve();
	if (xchg(&busy, 1)) {
		sleep_a_tick();
		return true;
	}
	if (victim_mm)
		wait_for_victim();
	else if (!memory_is_back(gfp, order))
		choose_and_kill(gfp, order);
	smp_store_release(&busy, 0);
	return true;
}

/**
 * pagefault_out_of_memory - a fault could not be mended for lack of memory
 *
 * The allocator gives up only for a task that is dying (or by an injected failure), so
 * the access is simply made again: by then there is memory, or the signal is seen.
 *
 * Context: task; no lock held.
 * Return: true: make the access again; false: current is dying, or should: where nobody
 * can be chosen it is the one who asks.
 */
bool pagefault_out_of_memory(void)
{
	return oom_task_ops && !fatal_signal_pending(current);
}
