// SPDX-License-Identifier: GPL-2.0-only
/*
 * select.c - waiting for several files at once: ppoll(2), pselect6(2).
 *
 *	for each file: f_op->poll(file, pt)    queues us where it will wake, says what holds
 *	anything? done.
 *	every queue still has our entry?  sleep : ask again
 *
 * That last question is what makes it right. Each poll operation sets the task's
 * state to sleeping when it queues the task; a wake-up for the first file while
 * the second is being asked would be overwritten by the second's. But a wake-up
 * takes our entry off its queue (rule I2 of kernel/wait.c), so it leaves a trace.
 *
 * After a sleep everything is asked again: with n files a wake-up costs n calls.
 * epoll(7) was invented against that.
 */
#include <linux-lite/poll.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/time.h>
#include <linux-lite/vmalloc.h>
#include <asm/uaccess.h>

#define QUEUES_PER_FILE	2	/* a terminal has one for each direction */
#define FAST_ENTRIES	8

/**
 * poll_wait - called by poll operations: here is a queue that will be woken
 * @file: being asked
 * @queue: must live as long as @file
 * @pt: NULL: nobody is going to sleep
 *
 * Context: does not sleep, and leaves the task's state as TASK_INTERRUPTIBLE.
 */
void poll_wait(struct file *file, wait_queue_head_t *queue, struct poll_table *pt)
{
	struct poll_entry *e;

	if (!pt)
		return;
	if (pt->nr == pt->room) {
		pt->error = -ENOMEM;
		return;
	}
	e = &pt->entry[pt->nr++];
	e->queue = queue;
	init_wait_entry(&e->wait, false);
	prepare_to_wait(queue, &e->wait, TASK_INTERRUPTIBLE);
}

/* Off all queues. */
static void poll_finish(struct poll_table *pt)
{
	while (pt->nr) {
		struct poll_entry *e = &pt->entry[--pt->nr];

		finish_wait(e->queue, &e->wait);
	}
	WRITE_ONCE(current->state, TASK_RUNNING);
}

/* Was nobody woken while the others were asked? */
static bool all_queued(const struct poll_table *pt)
{
	smp_mb();
	for (unsigned int i = 0; i < pt->nr; i++)
		if (READ_ONCE(pt->entry[i].wait.entry.next) == &pt->entry[i].wait.entry)
			return false;
	return true;
}

/* One file to be watched. */
struct poll_item {
	struct file *file;		/* referenced; NULL: not asked */
	short events, revents;
	int fd;
};

/* Ask all files once. How many have something to tell. */
static int poll_all(struct poll_item *item, unsigned int n, struct poll_table *pt)
{
	int count = 0;

	for (unsigned int i = 0; i < n; i++) {
		if (item[i].file) {
			unsigned int events = vfs_poll(item[i].file, count ? NULL : pt);

			item[i].revents = events & (item[i].events | POLLERR | POLLHUP);
		}
		count += item[i].revents != 0;
	}
	return count;
}

/* @timeout_ns < 0: for ever. Files with events, 0 after the time, or -errno. */
static int do_poll(struct poll_item *item, unsigned int n, s64 timeout_ns)
{
	struct poll_entry fast[FAST_ENTRIES];
	struct poll_table pt = { .room = FAST_ENTRIES, .entry = fast };
	s64 left = timeout_ns < 0 ? MAX_SCHEDULE_TIMEOUT : timeout_ns;
	int count;

	if (n * QUEUES_PER_FILE > FAST_ENTRIES) {
		pt.room = n * QUEUES_PER_FILE;
		pt.entry = kvmalloc_array(pt.room, sizeof(*pt.entry), GFP_KERNEL);
		if (!pt.entry)
			return -ENOMEM;
	}
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		count = poll_all(item, n, left > 0 ? &pt : NULL);
		if (!count && pt.error)
			count = pt.error;
		if (!count && left > 0 && signal_pending(current))
			count = -ERESTARTNOHAND;
		if (count || left <= 0)
			break;
		if (all_queued(&pt))
			left = schedule_timeout_ns(left);
		poll_finish(&pt);
	}
	poll_finish(&pt);
	if (pt.entry != fast)
		kvfree(pt.entry);
	return count;
}

/* A timespec to nanoseconds; -1 for NULL (wait for ever). 0 or -errno. */
static int get_timeout(const struct timespec64 __user *uts, s64 *ns)
{
	struct timespec64 ts;

	*ns = -1;
	if (!uts)
		return 0;
	if (copy_from_user(&ts, uts, sizeof(ts)))
		return -EFAULT;
	if (ts.tv_sec < 0 || ts.tv_nsec < 0 || ts.tv_nsec >= (long)NSEC_PER_SEC)
		return -EINVAL;
	*ns = ts.tv_sec > MAX_SCHEDULE_TIMEOUT / (s64)NSEC_PER_SEC - 1 ? MAX_SCHEDULE_TIMEOUT :
	      ts.tv_sec * (s64)NSEC_PER_SEC + ts.tv_nsec;
	return 0;
}

/* Tell how much of the time is left, as these two calls do on Linux. */
static void put_timeout(struct timespec64 __user *uts, s64 ns, u64 start)
{
	struct timespec64 ts;
	s64 left = ns - (s64)(ktime_get_ns() - start);

	if (!uts)
		return;
	left = max(left, (s64)0);
	ts.tv_sec = left / (s64)NSEC_PER_SEC;
	ts.tv_nsec = left % (s64)NSEC_PER_SEC;
	/* Where it can't be written, Linux says nothing either: the events matter more. */
	if (copy_to_user(uts, &ts, sizeof(ts)))
		return;
}

static void put_items(struct poll_item *item, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		if (item[i].file)
			fput(item[i].file);
	kvfree(item);
}

SYSCALL_DEFINE5(ppoll, struct pollfd __user *, ufds, unsigned int, n,
		struct timespec64 __user *, uts, const sigset_t __user *, umask, size_t, size)
{
	struct poll_item *item;
	struct pollfd pfd;
	u64 start = ktime_get_ns();
	s64 timeout;
	int err = get_timeout(uts, &timeout);

	if (err)
		return err;
	if (n > current->signal->rlim[RLIMIT_NOFILE].rlim_cur)
		return -EINVAL;
	item = kvcalloc(n + 1, sizeof(*item), GFP_KERNEL);
	if (!item)
		return -ENOMEM;
	for (unsigned int i = 0; i < n; i++) {
		err = -EFAULT;
		if (copy_from_user(&pfd, ufds + i, sizeof(pfd)))
			goto out;
		item[i].events = pfd.events;
		if (pfd.fd < 0)
			continue;
		item[i].file = fget(pfd.fd);
		if (!item[i].file)
			item[i].revents = POLLNVAL;
	}
	err = set_user_sigmask(umask, size);
	if (err)
		goto out;
	err = do_poll(item, n, timeout);
	for (unsigned int i = 0; i < n && err >= 0; i++)
		if (put_user(item[i].revents, &ufds[i].revents))
			err = -EFAULT;
	if (err != -ERESTARTNOHAND)
		restore_saved_sigmask();
	put_timeout(uts, timeout, start);
out:
	put_items(item, n);
	return err;
}

/* select's three bitmaps: what each means in poll's terms. */
#define IN_SET	(POLLRDNORM | POLLRDBAND | POLLIN | POLLHUP | POLLERR)
#define OUT_SET	(POLLWRBAND | POLLWRNORM | POLLOUT | POLLERR)
#define EX_SET	POLLPRI

static const short set_events[3] = { IN_SET, OUT_SET, EX_SET };

typedef unsigned long fd_words[FD_SETSIZE / 64];

/* The files named in the sets. How many, or -errno. */
static int select_items(struct poll_item *item, fd_words *set, int n)
{
	int count = 0;

	for (int fd = 0; fd < n; fd++) {
		short events = 0;

		for (int s = 0; s < 3; s++)
			if (set[s][fd / 64] >> fd % 64 & 1)
				events |= set_events[s];
		if (!events)
			continue;
		item[count].fd = fd;
		item[count].events = events;
		item[count].file = fget(fd);
		if (!item[count].file)
			return -EBADF;
		count++;
	}
	return count;
}

/* Turn events into the result sets; how many bits are set. */
static int select_results(const struct poll_item *item, int nr, fd_words *set)
{
	fd_words in[3];
	int bits = 0;

	memcpy(in, set, sizeof(in));
	memset(set, 0, sizeof(in));
	for (int i = 0; i < nr; i++) {
		int fd = item[i].fd;

		for (int s = 0; s < 3; s++) {
			if (!(in[s][fd / 64] >> fd % 64 & 1) || !(item[i].revents & set_events[s]))
				continue;
			set[s][fd / 64] |= 1UL << fd % 64;
			bits++;
		}
	}
	return bits;
}

struct sigset_arg {
	const sigset_t __user *mask;
	size_t size;
};

static int do_select(int n, fd_words *set, s64 timeout, const struct sigset_arg *sig)
{
	struct poll_item *item = kvcalloc(n + 1, sizeof(*item), GFP_KERNEL);
	int nr, err;

	if (!item)
		return -ENOMEM;
	nr = select_items(item, set, n);
	err = nr < 0 ? nr : set_user_sigmask(sig->mask, sig->size);
	if (!err) {
		err = do_poll(item, nr, timeout);
		if (err >= 0)
			err = select_results(item, nr, set);
		if (err != -ERESTARTNOHAND)
			restore_saved_sigmask();
	}
	put_items(item, n);
	return err;
}

SYSCALL_DEFINE6(pselect6, int, n, unsigned long __user *, in, unsigned long __user *, out,
		unsigned long __user *, ex, struct timespec64 __user *, uts,
		const struct sigset_arg __user *, usig)
{
	unsigned long __user *user[3] = { in, out, ex };
	struct sigset_arg sig = { NULL, 0 };
	u64 start = ktime_get_ns();
	fd_words set[3];
	s64 timeout;
	int err = get_timeout(uts, &timeout);

	if (err)
		return err;
	if (n < 0)
		return -EINVAL;
	n = min(n, FD_SETSIZE);
	if (usig && copy_from_user(&sig, usig, sizeof(sig)))
		return -EFAULT;
	memset(set, 0, sizeof(set));
	for (int s = 0; s < 3; s++)
		if (user[s] && copy_from_user(set[s], user[s], DIV_ROUND_UP(n, 64) * 8))
			return -EFAULT;
	err = do_select(n, set, timeout, &sig);
	for (int s = 0; s < 3 && err >= 0; s++)
		if (user[s] && copy_to_user(user[s], set[s], DIV_ROUND_UP(n, 64) * 8))
			err = -EFAULT;
	put_timeout(uts, timeout, start);
	return err;
}
