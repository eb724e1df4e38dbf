// SPDX-License-Identifier: GPL-2.0-only
/*
 * cred.c - user and group numbers of tasks.
 *
 *	uid  real       who started it     sets it: root; others: to real, saved
 *	euid effective  what it may do now
 *	suid saved      what euid may go back to (set by exec of a set-id file)
 *	fsuid           what file access is checked against: follows euid
 *
 * The rule for the unprivileged is always "to a number it already has". Leaving
 * root (setuid) gives up all three, for good. Groups work alike.
 */
#include <linux-lite/cred.h>
#include <linux-lite/kernel.h>
#include <linux-lite/slab.h>
#include <linux-lite/sort.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/user.h>
#include <asm/uaccess.h>

#define UNCHANGED	((uid_t)-1)

bool may_signal(struct task_struct *p)
{
	uid_t euid = current->euid, uid = current->uid;

	return capable() || euid == p->suid || euid == p->uid || uid == p->suid || uid == p->uid;
}

static bool in_groups(const struct group_info *g, gid_t gid)
{
	unsigned int low = 0, high = g->ngroups;

	while (low < high) {
		unsigned int mid = (low + high) / 2;

		if (g->gid[mid] == gid)
			return true;
		if (g->gid[mid] < gid)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

bool in_group_p(gid_t gid)
{
	return gid == current->fsgid || in_groups(current->group_info, gid);
}

/** copy_groups - fork: one more task uses the parent's groups */
void copy_groups(struct task_struct *p)
{
	atomic_inc(&p->group_info->usage);
}

/* Another task's groups, referenced: it may be in setgroups(). Context: task. */
struct group_info *get_group_info(struct task_struct *p)
{
	struct group_info *g;

	spin_lock_irq(&tasklist_lock);
	g = p->group_info;
	atomic_inc(&g->usage);
	spin_unlock_irq(&tasklist_lock);
	return g;
}

void put_group_info(struct group_info *g)
{
	if (atomic_dec_and_test(&g->usage))
		kfree(g);
}

/** put_groups - the task struct goes. Context: any. */
void put_groups(struct task_struct *p)
{
	put_group_info(p->group_info);
}

/* Move current's task count to another user. 0 or -EAGAIN (no memory for it). */
static int change_user(uid_t uid)
{
	struct user_struct *new, *old = current->user;

	if (uid == old->uid)
		return 0;
	new = alloc_uid(uid);
	if (!new)
		return -EAGAIN;
	atomic_inc(&new->processes);
	atomic_dec(&old->processes);
	/* Who sends current a signal counts it there, under this lock. */
	spin_lock_irq(&tasklist_lock);
	current->user = new;
	spin_unlock_irq(&tasklist_lock);
	free_uid(old);
	return 0;
}

/* The common end: all three as given, checked by the caller. */
static long commit_uids(uid_t uid, uid_t euid, uid_t suid)
{
	int err = change_user(uid);

	if (err)
		return err;
	current->uid = uid;
	current->euid = euid;
	current->suid = suid;
	current->fsuid = euid;
	return 0;
}

static long commit_gids(gid_t gid, gid_t egid, gid_t sgid)
{
	current->gid = gid;
	current->egid = egid;
	current->sgid = sgid;
	current->fsgid = egid;
	return 0;
}

/* Is @id UNCHANGED or one of the three that the unprivileged may choose from? */
static bool is_one_of(uid_t id, uid_t a, uid_t b, uid_t c)
{
	return id == UNCHANGED || id == a || id == b || id == c;
}

SYSCALL_DEFINE1(setuid, uid_t, uid)
{
	struct task_struct *p = current;

	if (uid == UNCHANGED)
		return -EINVAL;
	if (capable())
		return commit_uids(uid, uid, uid);
	if (uid != p->uid && uid != p->suid)
		return -EPERM;
	return commit_uids(p->uid, uid, p->suid);
}

SYSCALL_DEFINE1(setgid, gid_t, gid)
{
	struct task_struct *p = current;

	if (gid == UNCHANGED)
		return -EINVAL;
	if (capable())
		return commit_gids(gid, gid, gid);
	if (gid != p->gid && gid != p->sgid)
		return -EPERM;
	return commit_gids(p->gid, gid, p->sgid);
}

SYSCALL_DEFINE3(setresuid, uid_t, uid, uid_t, euid, uid_t, suid)
{
	struct task_struct *p = current;

	if (!capable() && !(is_one_of(uid, p->uid, p->euid, p->suid) &&
			    is_one_of(euid, p->uid, p->euid, p->suid) &&
			    is_one_of(suid, p->uid, p->euid, p->suid)))
		return -EPERM;
	return commit_uids(uid == UNCHANGED ? p->uid : uid, euid == UNCHANGED ? p->euid : euid,
			   suid == UNCHANGED ? p->suid : suid);
}

SYSCALL_DEFINE3(setresgid, gid_t, gid, gid_t, egid, gid_t, sgid)
{
	struct task_struct *p = current;

	if (!capable() && !(is_one_of(gid, p->gid, p->egid, p->sgid) &&
			    is_one_of(egid, p->gid, p->egid, p->sgid) &&
			    is_one_of(sgid, p->gid, p->egid, p->sgid)))
		return -EPERM;
	return commit_gids(gid == UNCHANGED ? p->gid : gid, egid == UNCHANGED ? p->egid : egid,
			   sgid == UNCHANGED ? p->sgid : sgid);
}

/* setreuid: the saved number follows when the real one is set, or the effective to another. */
SYSCALL_DEFINE2(setreuid, uid_t, uid, uid_t, euid)
{
	struct task_struct *p = current;
	uid_t new = uid == UNCHANGED ? p->uid : uid, enew = euid == UNCHANGED ? p->euid : euid;

	if (!capable() && !(is_one_of(uid, p->uid, p->euid, p->uid) &&
			    is_one_of(euid, p->uid, p->euid, p->suid)))
		return -EPERM;
	if (uid != UNCHANGED || (euid != UNCHANGED && euid != p->uid))
		return commit_uids(new, enew, enew);
	return commit_uids(new, enew, p->suid);
}

SYSCALL_DEFINE2(setregid, gid_t, gid, gid_t, egid)
{
	struct task_struct *p = current;
	gid_t new = gid == UNCHANGED ? p->gid : gid, enew = egid == UNCHANGED ? p->egid : egid;

	if (!capable() && !(is_one_of(gid, p->gid, p->egid, p->gid) &&
			    is_one_of(egid, p->gid, p->egid, p->sgid)))
		return -EPERM;
	if (gid != UNCHANGED || (egid != UNCHANGED && egid != p->gid))
		return commit_gids(new, enew, enew);
	return commit_gids(new, enew, p->sgid);
}

SYSCALL_DEFINE3(getresuid, uid_t __user *, r, uid_t __user *, e, uid_t __user *, s)
{
	struct task_struct *p = current;

	return put_user(p->uid, r) || put_user(p->euid, e) || put_user(p->suid, s) ? -EFAULT : 0;
}

SYSCALL_DEFINE3(getresgid, gid_t __user *, r, gid_t __user *, e, gid_t __user *, s)
{
	struct task_struct *p = current;

	return put_user(p->gid, r) || put_user(p->egid, e) || put_user(p->sgid, s) ? -EFAULT : 0;
}

/* Both return the old number, whether or not it was changed. */
SYSCALL_DEFINE1(setfsuid, uid_t, uid)
{
	uid_t old = current->fsuid;

	if (uid != UNCHANGED && (capable() || uid == current->uid || uid == current->euid ||
				 uid == current->suid || uid == old))
		current->fsuid = uid;
	return old;
}

SYSCALL_DEFINE1(setfsgid, gid_t, gid)
{
	gid_t old = current->fsgid;

	if (gid != UNCHANGED && (capable() || gid == current->gid || gid == current->egid ||
				 gid == current->sgid || gid == old))
		current->fsgid = gid;
	return old;
}

SYSCALL_DEFINE0(getuid)
{
	return current->uid;
}

SYSCALL_DEFINE0(geteuid)
{
	return current->euid;
}

SYSCALL_DEFINE0(getgid)
{
	return current->gid;
}

SYSCALL_DEFINE0(getegid)
{
	return current->egid;
}

SYSCALL_DEFINE2(getgroups, int, size, gid_t __user *, list)
{
	const struct group_info *g = current->group_info;

	if (size < 0)
		return -EINVAL;
	if (size) {
		if ((unsigned int)size < g->ngroups)
			return -EINVAL;
		if (copy_to_user(list, g->gid, g->ngroups * sizeof(gid_t)))
			return -EFAULT;
	}
	return g->ngroups;
}

static int compare_gids(const void *a, const void *b)
{
	gid_t x = *(const gid_t *)a, y = *(const gid_t *)b;

	return (x > y) - (x < y);
}

SYSCALL_DEFINE2(setgroups, int, size, const gid_t __user *, list)
{
	struct group_info *g, *old = current->group_info;

	if (!capable())
		return -EPERM;
	if (size < 0 || size > NGROUPS_MAX)
		return -EINVAL;
	g = kmalloc(sizeof(*g) + size * sizeof(gid_t), GFP_KERNEL);
	if (!g)
		return -ENOMEM;
	if (copy_from_user(g->gid, list, size * sizeof(gid_t))) {
		kfree(g);
		return -EFAULT;
	}
	atomic_set(&g->usage, 1);
	g->ngroups = size;
	sort(g->gid, size, sizeof(gid_t), compare_gids);
	spin_lock_irq(&tasklist_lock);
	current->group_info = g;
	spin_unlock_irq(&tasklist_lock);
	put_group_info(old);
	return 0;
}
