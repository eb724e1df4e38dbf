// SPDX-License-Identifier: GPL-2.0-only
/*
 * rename.c - giving a file another name, in one step for whoever looks.
 *
 * Two directories are locked. To take two i_rwsem without a circle, moves
 * between directories go one at a time (rename_mutex), which also keeps the
 * shape of the tree still; the one that is above the other is locked first,
 * as rmdir does, and of two unrelated ones either.
 *
 * What must not happen is that a directory moves below itself: it would be cut
 * off, holding itself. Under rename_mutex that check stays true.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/namei.h>
#include <linux-lite/sched.h>
#include <linux-lite/syscalls.h>

static DEFINE_MUTEX(rename_mutex, RANK_RENAME);

/* One rename: two places, and what is there. */
struct rename {
	struct dentry *old_dir, *new_dir;
	struct last_name old_last, new_last;
	struct dentry *old, *new;	/* new: NULL if that name is free */
	unsigned int flags;
};

static void lock_dirs(struct dentry *a, struct dentry *b)
{
	bool b_first;

	if (a == b) {
		inode_lock(a->d_inode);
		return;
	}
	mutex_lock(&rename_mutex);
	spin_lock(&dcache_lock);
	b_first = d_is_ancestor(b, a);
	spin_unlock(&dcache_lock);
	inode_lock(b_first ? b->d_inode : a->d_inode);
	down_write_nested(b_first ? &a->d_inode->i_rwsem : &b->d_inode->i_rwsem);
}

static void unlock_dirs(struct dentry *a, struct dentry *b)
{
	inode_unlock(a->d_inode);
	if (a == b)
		return;
	inode_unlock(b->d_inode);
	mutex_unlock(&rename_mutex);
}

static bool is_ancestor(struct dentry *a, struct dentry *b)
{
	bool ret;

	spin_lock(&dcache_lock);
	ret = d_is_ancestor(a, b);
	spin_unlock(&dcache_lock);
	return ret;
}

/* Both directories locked, both names looked up: is it allowed? */
static int rename_check(struct rename *r)
{
	struct inode *old_dir = r->old_dir->d_inode, *new_dir = r->new_dir->d_inode;
	bool isdir = S_ISDIR(r->old->d_inode->i_mode);
	int err;

	if (r->new && r->flags & RENAME_NOREPLACE)
		return -EEXIST;
	if (!r->new && r->flags & RENAME_EXCHANGE)
		return -ENOENT;
	if (!isdir && (r->old_last.slash || (!r->new && r->new_last.slash)))
		return -ENOTDIR;
	if (is_ancestor(r->old, r->new_dir))
		return -EINVAL;
	if (r->new && is_ancestor(r->new, r->old_dir))
		return r->flags & RENAME_EXCHANGE ? -EINVAL : -ENOTEMPTY;
	err = may_delete(old_dir, r->old, isdir);
	if (err)
		return err;
	if (!r->new)
		return may_create(new_dir);
	if (r->flags & RENAME_EXCHANGE)
		return may_delete(new_dir, r->new, S_ISDIR(r->new->d_inode->i_mode));
	return may_delete(new_dir, r->new, isdir);
}

static void rename_times(struct rename *r)
{
	inode_modified(r->old_dir->d_inode);
	r->new_dir->d_inode->i_mtime = r->new_dir->d_inode->i_ctime =
		r->old_dir->d_inode->i_mtime;
	r->old->d_inode->i_ctime = r->old_dir->d_inode->i_mtime;
}

static void exchange(struct rename *r)
{
	int a = S_ISDIR(r->old->d_inode->i_mode), b = S_ISDIR(r->new->d_inode->i_mode);

	r->old_dir->d_inode->i_nlink += b - a;
	r->new_dir->d_inode->i_nlink += a - b;
	d_exchange(r->old, r->new);
	rename_times(r);
}

static int rename_locked(struct rename *r)
{
	bool isdir = S_ISDIR(r->old->d_inode->i_mode);
	struct inode *victim = r->new ? r->new->d_inode : NULL;
	int err = rename_check(r);

	if (err)
		return err;
	if (r->new && r->old->d_inode == victim)
		return 0;	/* two links to one file: POSIX wants nothing done */
	if (r->flags & RENAME_EXCHANGE) {
		exchange(r);
		return 0;
	}
	if (victim && isdir) {
		err = dir_bury(r->new);
		if (err)
			return err;
	}
	err = d_move(r->old, r->new_dir, r->new_last.name, r->new_last.len, r->new);
	if (err) {
		if (victim && isdir) {
			victim->i_flags &= ~S_DEAD;
			victim->i_nlink = 2;
		}
		return err;
	}
	if (isdir) {
		r->old_dir->d_inode->i_nlink--;
		if (!victim)
			r->new_dir->d_inode->i_nlink++;
	} else if (victim) {
		__atomic_fetch_sub(&victim->i_nlink, 1, __ATOMIC_RELAXED);
		victim->i_ctime = r->old_dir->d_inode->i_ctime;
	}
	rename_times(r);
	return 0;
}

static int do_rename(struct rename *r)
{
	int err;

	if (r->old_dir->d_inode->i_sb != r->new_dir->d_inode->i_sb)
		return -EXDEV;
	if (r->old_last.is_dot || r->new_last.is_dot)
		return r->flags & RENAME_NOREPLACE ? -EEXIST : -EBUSY;
	lock_dirs(r->old_dir, r->new_dir);
	r->old = lookup_one(r->old_dir, r->old_last.name, r->old_last.len);
	err = IS_ERR(r->old) ? PTR_ERR(r->old) : 0;
	if (err)
		goto out;
	r->new = lookup_one(r->new_dir, r->new_last.name, r->new_last.len);
	if (IS_ERR(r->new)) {
		err = PTR_ERR(r->new) == -ENOENT ? 0 : PTR_ERR(r->new);
		r->new = NULL;
	}
	if (!err)
		err = rename_locked(r);
	dput(r->new);
	dput(r->old);
out:
	unlock_dirs(r->old_dir, r->new_dir);
	return err;
}

SYSCALL_DEFINE5(renameat2, int, olddfd, const char __user *, oldname, int, newdfd,
		const char __user *, newname, unsigned int, flags)
{
	struct rename r = { .flags = flags };
	int err;

	if (flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE) ||
	    flags == (RENAME_NOREPLACE | RENAME_EXCHANGE))
		return -EINVAL;
	r.old_dir = user_parent(olddfd, oldname, &r.old_last);
	if (IS_ERR(r.old_dir))
		return PTR_ERR(r.old_dir);
	r.new_dir = user_parent(newdfd, newname, &r.new_last);
	err = IS_ERR(r.new_dir) ? PTR_ERR(r.new_dir) : do_rename(&r);
	if (!IS_ERR(r.new_dir))
		put_parent(r.new_dir, &r.new_last);
	put_parent(r.old_dir, &r.old_last);
	return err;
}
