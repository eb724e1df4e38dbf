// SPDX-License-Identifier: GPL-2.0-only
/*
 * user.c - what is counted for each user.
 *
 * One user_struct for each real uid that has a task; found through a list, which
 * is short: a new one is looked for only when a task changes its uid. Tasks of one
 * user share it by reference. Root's is static, so boot needs no allocation.
 */
#include <linux-lite/slab.h>
#include <linux-lite/user.h>

static DEFINE_SPINLOCK(uidhash_lock, RANK_USERS);
static struct list_head users = { &root_user.node, &root_user.node };	/* (uidhash_lock) */

struct user_struct root_user = {
	.refs = 1,
	.processes = ATOMIC_INIT(1),
	.node = { &users, &users },
};

/* (uidhash_lock) */
static struct user_struct *find_uid(uid_t uid)
{
	struct user_struct *u;

	list_for_each_entry(u, &users, node) {
		if (u->uid == uid) {
			u->refs++;
			return u;
		}
	}
	return NULL;
}

struct user_struct *alloc_uid(uid_t uid)
{
	struct user_struct *u, *new;

	spin_lock_irq(&uidhash_lock);
	u = find_uid(uid);
	spin_unlock_irq(&uidhash_lock);
	if (u)
		return u;
	new = kzalloc(sizeof(*new), GFP_KERNEL);
	if (!new)
		return NULL;
	new->uid = uid;
	new->refs = 1;
	spin_lock_irq(&uidhash_lock);
	u = find_uid(uid);
	if (!u)
		list_add_tail(&new->node, &users);
	spin_unlock_irq(&uidhash_lock);
	if (!u)
		return new;
	kfree(new);
	return u;
}

struct user_struct *get_uid(struct user_struct *u)
{
	unsigned long flags;

	spin_lock_irqsave(&uidhash_lock, flags);
	u->refs++;
	spin_unlock_irqrestore(&uidhash_lock, flags);
	return u;
}

void free_uid(struct user_struct *u)
{
	unsigned long flags;
	bool last;

	spin_lock_irqsave(&uidhash_lock, flags);
	last = --u->refs == 0;
	if (last)
		list_del(&u->node);
	spin_unlock_irqrestore(&uidhash_lock, flags);
	if (last)
		kfree(u);
}

struct user_struct *charge_sigpending(struct task_struct *p, bool must)
{
	struct user_struct *u = p->user;
	unsigned long limit = READ_ONCE(p->signal->rlim[RLIMIT_SIGPENDING].rlim_cur);

	if ((unsigned long)atomic_add_return(1, &u->sigpending) > limit && !must) {
		atomic_dec(&u->sigpending);
		return NULL;
	}
	return get_uid(u);
}

void uncharge_sigpending(struct user_struct *u)
{
	atomic_dec(&u->sigpending);
	free_uid(u);
}
