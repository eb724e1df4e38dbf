// SPDX-License-Identifier: GPL-2.0-only
/*
 * locks.c - advisory locks on files: fcntl's ranges, and flock's whole files.
 *
 *	inode->i_locks:  [0, 99] shared, owner A   [100, 199] exclusive, owner B   ...
 *
 * kind       owner                        ends
 * POSIX      the table of descriptors     with ANY close of the file by that process
 * OFD        the open file                with its last close
 * FLOCK      the open file                with its last close; covers everything
 *
 * POSIX and OFD locks see each other, FLOCK locks only their like.
 *
 * I1  ranges of one owner do not overlap, and equal neighbours are joined
 * I2  ranges of different owners overlap only if both are shared
 *
 * A change first allocates what it may need (a hole punched in the middle makes
 * two pieces of one), then looks for conflicts and changes the list in one go.
 * Waiters of all files sleep on one queue and look again after each unlock:
 * simple, and locks that wait are rare. Deadlocks (A waits for B, B for A) are
 * not looked for; a signal ends the wait.
 */
#include <linux-lite/file.h>
#include <linux-lite/locks.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/syscalls.h>
#include <asm/uaccess.h>

enum lock_kind { LOCK_POSIX, LOCK_OFD, LOCK_FLOCK };

struct file_lock {
	struct list_head list;		/* inode->i_locks; flock_lock, like all of this */
	enum lock_kind kind;
	short type;			/* F_RDLCK, F_WRLCK */
	const void *owner;		/* files_struct or file */
	pid_t pid;			/* for F_GETLK */
	loff_t start, end;		/* both inclusive */
};

static DEFINE_SPINLOCK(flock_lock, RANK_FS);
static DECLARE_WAIT_QUEUE_HEAD(flock_wait);
static unsigned int flock_changes;	/* of any list; flock_lock, looked at with READ_ONCE */

static bool same_owner(const struct file_lock *a, const struct file_lock *b)
{
	return a->kind == b->kind && a->owner == b->owner;
}

/* The first lock that stands in the way of @want, or NULL. */
static struct file_lock *find_conflict(struct inode *inode, const struct file_lock *want)
{
	struct file_lock *fl;

	list_for_each_entry(fl, &inode->i_locks, list) {
		if (same_owner(fl, want) || (fl->kind == LOCK_FLOCK) != (want->kind == LOCK_FLOCK))
			continue;
		if (fl->end < want->start || fl->start > want->end)
			continue;
		if (fl->type == F_WRLCK || want->type == F_WRLCK)
			return fl;
	}
	return NULL;
}

/* Take [start, end] out of the owner's locks. @spare is used for a second piece, if need be. */
static void cut_range(struct inode *inode, const struct file_lock *want, struct file_lock **spare)
{
	struct file_lock *fl, *next;

	list_for_each_entry_safe(fl, next, &inode->i_locks, list) {
		if (!same_owner(fl, want) || fl->end < want->start || fl->start > want->end)
			continue;
		if (fl->start < want->start && fl->end > want->end) {
			struct file_lock *upper = *spare;

			*spare = NULL;
			*upper = *fl;
			upper->start = want->end + 1;
			list_add(&upper->list, &fl->list);
			fl->end = want->start - 1;
		} else if (fl->start < want->start) {
			fl->end = want->start - 1;
		} else if (fl->end > want->end) {
			fl->start = want->end + 1;
		} else {
			list_del(&fl->list);
			kfree(fl);
		}
	}
}

/* Put the lock in, joined with equal neighbours of the same owner. */
static void add_range(struct inode *inode, struct file_lock *new)
{
	struct file_lock *fl, *next;

	list_for_each_entry_safe(fl, next, &inode->i_locks, list) {
		if (!same_owner(fl, new) || fl->type != new->type)
			continue;
		if ((new->start == 0 || fl->end != new->start - 1) &&
		    (fl->start == 0 || fl->start - 1 != new->end))
			continue;
		new->start = min(new->start, fl->start);
		new->end = max(new->end, fl->end);
		list_del(&fl->list);
		kfree(fl);
	}
	list_add_tail(&new->list, &inode->i_locks);
}

/* One try. 0, -EAGAIN, -ENOMEM. */
static int try_lock(struct inode *inode, const struct file_lock *want)
{
	struct file_lock *new = kmalloc(sizeof(*new), GFP_KERNEL);
	struct file_lock *spare = kmalloc(sizeof(*spare), GFP_KERNEL);
	int err = -ENOMEM;

	if (!new || !spare)
		goto out;
	*new = *want;
	spin_lock(&flock_lock);
	err = want->type != F_UNLCK && find_conflict(inode, want) ? -EAGAIN : 0;
	if (!err) {
		cut_range(inode, want, &spare);
		if (want->type != F_UNLCK) {
			add_range(inode, new);
			new = NULL;
		}
	}
	if (!err)
		flock_changes++;
	spin_unlock(&flock_lock);
	if (!err)
		wake_up_all(&flock_wait);
out:
	kfree(new);
	kfree(spare);
	return err;
}

static int do_lock(struct file *file, const struct file_lock *want, bool wait)
{
	unsigned int seen;
	int err;

	for (;;) {
		seen = READ_ONCE(flock_changes);
		err = try_lock(file->f_inode, want);
		if (err != -EAGAIN || !wait)
			return err;
		err = wait_event_interruptible(flock_wait, READ_ONCE(flock_changes) != seen);
		if (err)
			return err;
	}
}

/* struct flock to an absolute range. 0, -EINVAL, -EOVERFLOW. */
static int flock_to_lock(struct file *file, const struct flock *l, struct file_lock *fl)
{
	loff_t start = 0;

	if (l->l_whence == SEEK_CUR)
		start = file->f_pos;
	else if (l->l_whence == SEEK_END)
		start = i_size_read(file->f_inode);
	else if (l->l_whence != SEEK_SET)
		return -EINVAL;
	if (l->l_type != F_RDLCK && l->l_type != F_WRLCK && l->l_type != F_UNLCK)
		return -EINVAL;
	if (__builtin_add_overflow(start, l->l_start, &start))
		return -EOVERFLOW;
	if (start < 0)
		return -EINVAL;
	fl->type = l->l_type;
	fl->pid = current->tgid;
	fl->start = start;
	fl->end = MAX_LFS_FILESIZE;
	if (l->l_len > 0) {
		if (__builtin_add_overflow(start, l->l_len - 1, &fl->end))
			return -EOVERFLOW;
	} else if (l->l_len < 0) {
		if (start + l->l_len < 0)
			return -EINVAL;
		fl->end = start - 1;
		fl->start = start + l->l_len;
	}
	return 0;
}

static void get_conflict(struct file *file, const struct file_lock *fl, struct flock *l)
{
	struct file_lock *other;

	spin_lock(&flock_lock);
	other = find_conflict(file->f_inode, fl);
	l->l_type = F_UNLCK;
	if (other) {
		l->l_type = other->type;
		l->l_whence = SEEK_SET;
		l->l_start = other->start;
		l->l_len = other->end == MAX_LFS_FILESIZE ? 0 : other->end - other->start + 1;
		l->l_pid = other->kind == LOCK_OFD ? -1 : other->pid;
	}
	spin_unlock(&flock_lock);
}

/**
 * fcntl_lock - fcntl(2)'s F_GETLK, F_SETLK, F_SETLKW and their F_OFD_ kin
 * @file: referenced
 * @cmd: which of them
 * @ul: the range; F_GETLK writes there what is in the way
 *
 * Context: may sleep.
 * Return: 0; -EAGAIN, -EBADF, -EINVAL, -EOVERFLOW, -EFAULT, -ENOMEM, -ERESTARTSYS.
 */
long fcntl_lock(struct file *file, unsigned int cmd, struct flock __user *ul)
{
	bool ofd = cmd >= F_OFD_GETLK;
	struct file_lock fl = { .kind = ofd ? LOCK_OFD : LOCK_POSIX,
				.owner = ofd ? (void *)file : (void *)current->files };
	struct flock l;
	int err;

	if (copy_from_user(&l, ul, sizeof(l)))
		return -EFAULT;
	err = ofd && l.l_pid ? -EINVAL : flock_to_lock(file, &l, &fl);
	if (err)
		return err;
	if (cmd == F_GETLK || cmd == F_OFD_GETLK) {
		if (fl.type == F_UNLCK)
			return -EINVAL;
		get_conflict(file, &fl, &l);
		return copy_to_user(ul, &l, sizeof(l)) ? -EFAULT : 0;
	}
	if ((fl.type == F_RDLCK && !(file->f_mode & FMODE_READ)) ||
	    (fl.type == F_WRLCK && !(file->f_mode & FMODE_WRITE)))
		return -EBADF;
	return do_lock(file, &fl, cmd == F_SETLKW || cmd == F_OFD_SETLKW);
}

SYSCALL_DEFINE2(flock, unsigned int, fd, unsigned int, cmd)
{
	struct file_lock fl = { .kind = LOCK_FLOCK, .pid = current->tgid,
				.end = MAX_LFS_FILESIZE };
	struct fd f;
	int err;

	switch (cmd & ~LOCK_NB) {
	case LOCK_SH:
		fl.type = F_RDLCK;
		break;
	case LOCK_EX:
		fl.type = F_WRLCK;
		break;
	case LOCK_UN:
		fl.type = F_UNLCK;
		break;
	default:
		return -EINVAL;
	}
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	fl.owner = f.file;
	err = do_lock(f.file, &fl, !(cmd & LOCK_NB));
	fdput(f);
	return err;
}

static void remove_locks(struct inode *inode, const void *owner)
{
	struct file_lock *fl, *next;
	bool any = false;

	spin_lock(&flock_lock);
	list_for_each_entry_safe(fl, next, &inode->i_locks, list) {
		if (fl->owner == owner) {
			list_del(&fl->list);
			kfree(fl);
			any = true;
		}
	}
	flock_changes += any;
	spin_unlock(&flock_lock);
	if (any)
		wake_up_all(&flock_wait);
}

/** locks_remove_posix - a process closes a file: its POSIX locks on it go. Context: any. */
void locks_remove_posix(struct file *file, struct files_struct *owner)
{
	remove_locks(file->f_inode, owner);
}

/** locks_remove_flock - the last close: locks of the open file itself go. Context: any. */
void locks_remove_flock(struct file *file)
{
	remove_locks(file->f_inode, file);
}
