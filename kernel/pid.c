// SPDX-License-Identifier: GPL-2.0-only
/*
 * pid.c - numbers of tasks, process groups and sessions.
 *
 *	pid_map: one bit a number          pages of slots, made when first needed
 *	[1][1][1][0][1][0][0] ...          slots[n / 128] -> +-----------------------+
 *	                                                     | task  pgrp list  refs | n
 *	find_next_zero_bit from last_pid                     +-----------------------+
 *
 *	pid 7, a group leader        signal_struct of 7 <-> of 9 <-> of 12
 *	slot[7].pgrp  <------------>      (pgrp_node: the group's processes)
 *
 * I1  A bit of pid_map is set iff slot refs > 0.
 * I2  refs = 1 for the task of that number + 1 for each process in the group of
 *     that number + 1 for each process in the session + 1 for each terminal whose
 *     foreground group or session it is. So a number is not given to a new task
 *     while a group or session still goes by it.
 * I3  Numbers are handed out in rising order, beginning again at RESERVED_PIDS
 *     after pid_max: a number that became free is not used again soon, which is
 *     kind to programs that remember one too long.
 *
 * I4  A page of slots is there while any of its numbers is taken, and while the
 *     next numbers come from it.
 *
 * All under tasklist_lock.
 *
 * Small cousin of Linux's kernel/pid.c; left out: namespaces, pidfds, struct pid
 * as an object of its own, which keeps a reference good while the number goes on.
 */
#include <linux-lite/bitmap.h>
#include <linux-lite/cred.h>
#include <linux-lite/err.h>
#include <linux-lite/pid.h>
#include <linux-lite/slab.h>
#include <linux-lite/syscalls.h>

#define SLOTS_PER_PAGE	(PAGE_SIZE / sizeof(struct pid_slot))
#define NR_SLOT_PAGES	(PID_MAX_DEFAULT / SLOTS_PER_PAGE)
static_assert(SLOTS_PER_PAGE == 128, "a slot has 32 bytes");

static DECLARE_BITMAP(pid_map, PID_MAX_DEFAULT) = { 1 };	/* 0 is the idle tasks' */
static struct pid_slot *slots[NR_SLOT_PAGES];
static unsigned char nr_used[NR_SLOT_PAGES];	/* slots with refs, of each page */
int pid_max = PID_MAX_DEFAULT;
pid_t last_pid;

struct pid_slot *pid_slot(pid_t nr)
{
	struct pid_slot *page;

	if ((unsigned int)nr >= PID_MAX_DEFAULT)
		return NULL;
	page = slots[nr / SLOTS_PER_PAGE];
	if (!page || !page[nr % SLOTS_PER_PAGE].refs)
		return NULL;
	return &page[nr % SLOTS_PER_PAGE];
}

/* The next free number, not marked yet; 0: none. */
static pid_t find_free(void)
{
	pid_t nr = find_next_zero_bit(pid_map, pid_max, last_pid + 1);

	if (nr >= pid_max)
		nr = find_next_zero_bit(pid_map, pid_max, RESERVED_PIDS);
	return nr < pid_max ? nr : 0;
}

/* Make the page of slots that number @nr is in. tasklist_lock is dropped and retaken. */
static int make_slot_page(pid_t nr)
{
	struct pid_slot **where = &slots[nr / SLOTS_PER_PAGE];
	struct pid_slot *page;

	spin_unlock_irq(&tasklist_lock);
	page = get_zeroed_page(GFP_KERNEL);
	spin_lock_irq(&tasklist_lock);
	if (!page)
		return -ENOMEM;
	if (*where) {		/* somebody else was quicker */
		free_page(page);
		return 0;
	}
	for (unsigned int i = 0; i < SLOTS_PER_PAGE; i++)
		INIT_LIST_HEAD(&page[i].pgrp);
	*where = page;
	return 0;
}

/* Give page @i back if it is not needed (I4). */
static void drop_slot_page(unsigned int i)
{
	if (nr_used[i] || !slots[i] || i == last_pid / SLOTS_PER_PAGE)
		return;
	free_page(slots[i]);
	slots[i] = NULL;
}

/* Number @nr, whose page is there, is taken. */
static void take(pid_t nr)
{
	unsigned int before = last_pid / SLOTS_PER_PAGE;

	set_bit(nr, pid_map);
	slots[nr / SLOTS_PER_PAGE][nr % SLOTS_PER_PAGE].refs = 1;
	nr_used[nr / SLOTS_PER_PAGE]++;
	last_pid = nr;
	drop_slot_page(before);
}

/**
 * alloc_pid - take a number for a new task
 *
 * Context: may sleep.
 * Return: the number, with one reference; -EAGAIN: all are taken; -ENOMEM.
 */
pid_t alloc_pid(void)
{
	pid_t nr;
	int err = 0;

	spin_lock_irq(&tasklist_lock);
	for (;;) {
		nr = find_free();
		if (!nr) {
			err = -EAGAIN;
			break;
		}
		if (likely(slots[nr / SLOTS_PER_PAGE])) {
			take(nr);
			break;
		}
		err = make_slot_page(nr);
		if (err)
			break;
	}
	spin_unlock_irq(&tasklist_lock);
	return err ?: nr;
}

void get_pid(pid_t nr)
{
	struct pid_slot *s = pid_slot(nr);

	if (s)			/* 0, the kernel threads' group, has no slot */
		s->refs++;
}

void put_pid(pid_t nr)
{
	struct pid_slot *s = pid_slot(nr);

	if (!s || --s->refs)
		return;
	s->task = NULL;
	clear_bit(nr, pid_map);
	nr_used[nr / SLOTS_PER_PAGE]--;
	drop_slot_page(nr / SLOTS_PER_PAGE);
}

void change_pgrp(struct signal_struct *sig, pid_t pgid)
{
	struct pid_slot *s = pid_slot(pgid);

	get_pid(pgid);
	list_del_init(&sig->pgrp_node);
	put_pid(sig->pgid);
	WRITE_ONCE(sig->pgid, pgid);
	if (s)
		list_add_tail(&sig->pgrp_node, &s->pgrp);
}

void change_session(struct signal_struct *sig, pid_t sid)
{
	get_pid(sid);
	put_pid(sig->sid);
	WRITE_ONCE(sig->sid, sid);
}

void attach_pgrp(struct signal_struct *sig, pid_t pgid, pid_t sid)
{
	sig->pgid = 0;
	sig->sid = 0;
	INIT_LIST_HEAD(&sig->pgrp_node);
	change_pgrp(sig, pgid);
	change_session(sig, sid);
}

void detach_pgrp(struct signal_struct *sig)
{
	list_del_init(&sig->pgrp_node);
	put_pid(sig->pgid);
	put_pid(sig->sid);
}

/**
 * find_task_by_pid - the task of a number
 *
 * Context: tasklist_lock held.
 * Return: the task, or NULL.
 */
struct task_struct *find_task_by_pid(pid_t pid)
{
	struct pid_slot *s = pid_slot(pid);

	return s ? s->task : NULL;
}

/** get_task_by_pid - the same with a reference. Context: any. */
struct task_struct *get_task_by_pid(pid_t pid)
{
	struct task_struct *p;
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	p = find_task_by_pid(pid);
	if (p)
		get_task_struct(p);
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return p;
}

/**
 * next_tgid - go through all processes, in the order of their numbers
 * @tgid: where to begin
 *
 * Context: any.
 * Return: the process with the lowest number >= @tgid, referenced; NULL at the end.
 */
struct task_struct *next_tgid(pid_t tgid)
{
	struct task_struct *p = NULL;
	unsigned long flags, nr = tgid;

	spin_lock_irqsave(&tasklist_lock, flags);
	for (;; nr++) {
		nr = find_next_bit(pid_map, PID_MAX_DEFAULT, nr);
		if (nr >= PID_MAX_DEFAULT)
			break;
		p = find_task_by_pid(nr);
		if (p && p->group_leader == p) {
			get_task_struct(p);
			break;
		}
		p = NULL;
	}
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return p;
}
