// SPDX-License-Identifier: GPL-2.0-only
/*
 * syslog.c - reading the kernel log: syslog(2), which dmesg and /proc/kmsg use.
 *
 * The ring is copied out in small pieces: the log's lock is a spinlock of the
 * highest rank, so user memory can't be touched under it. Between two pieces
 * lines may be lost to new messages; the reader goes on with what is there.
 *
 * A printk() may happen under any lock, also a wait queue's or a run queue's, so
 * it can't wake a reader. The reader looks again ten times a second instead.
 * (Linux raises an interrupt against itself, irq_work, to do the waking.)
 */
#include <linux-lite/cred.h>
#include <linux-lite/kernel.h>
#include <linux-lite/log_buf.h>
#include <linux-lite/printk.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/time.h>
#include <linux-lite/wait.h>
#include <asm/uaccess.h>

#define SYSLOG_ACTION_CLOSE		0
#define SYSLOG_ACTION_OPEN		1
#define SYSLOG_ACTION_READ		2
#define SYSLOG_ACTION_READ_ALL		3
#define SYSLOG_ACTION_READ_CLEAR	4
#define SYSLOG_ACTION_CLEAR		5
#define SYSLOG_ACTION_CONSOLE_OFF	6
#define SYSLOG_ACTION_CONSOLE_ON	7
#define SYSLOG_ACTION_CONSOLE_LEVEL	8
#define SYSLOG_ACTION_SIZE_UNREAD	9
#define SYSLOG_ACTION_SIZE_BUFFER	10

#define POLL_NS		(NSEC_PER_SEC / 10)

static int saved_loglevel = -1;		/* CONSOLE_ON's; whoever is last wins */

/* Up to @n bytes from position *pos on, moved up if that is lost; *pos goes on. */
static size_t log_peek(u64 *pos, char *buf, size_t n)
{
	unsigned long flags;
	size_t i;

	spin_lock_irqsave(&log.lock, flags);
	*pos = max(*pos, log.first);
	n = min_t(u64, n, log.next - *pos);
	for (i = 0; i < n; i++)
		buf[i] = log_buf[(*pos)++ % LOG_BUF_SIZE];
	spin_unlock_irqrestore(&log.lock, flags);
	return n;
}

/* From *pos to the end or @len bytes. Bytes copied, or -EFAULT. */
static long copy_log(u64 *pos, char __user *buf, size_t len)
{
	char piece[256];
	size_t done = 0, n;

	while (done < len) {
		n = log_peek(pos, piece, min_t(size_t, sizeof(piece), len - done));
		if (!n)
			break;
		if (copy_to_user(buf + done, piece, n))
			return -EFAULT;
		done += n;
	}
	return done;
}

static long read_next(char __user *buf, size_t len)
{
	u64 pos = READ_ONCE(log.read);
	long n;

	while (pos == READ_ONCE(log.next)) {
		set_current_state(TASK_INTERRUPTIBLE);
		schedule_timeout_ns(POLL_NS);
		if (wait_should_stop(TASK_INTERRUPTIBLE))
			return -ERESTARTSYS;
		pos = READ_ONCE(log.read);
	}
	n = copy_log(&pos, buf, len);
	if (n > 0) {
		spin_lock_irq(&log.lock);
		log.read = max(log.read, pos);
		spin_unlock_irq(&log.lock);
	}
	return n;
}

/* The last @len bytes since the log was cleared, from the start of a line. */
static long read_all(char __user *buf, size_t len, bool clear)
{
	u64 pos, end;
	long n;

	spin_lock_irq(&log.lock);
	pos = log.clear;
	end = log.next;
	if (end - pos > len) {
		pos = end - len;
		while (pos < end && log_buf[(pos - 1) % LOG_BUF_SIZE] != '\n')
			pos++;
	}
	spin_unlock_irq(&log.lock);
	n = copy_log(&pos, buf, min_t(u64, len, end - pos));
	if (n >= 0 && clear) {
		spin_lock_irq(&log.lock);
		log.clear = max(log.clear, end);
		spin_unlock_irq(&log.lock);
	}
	return n;
}

static long console_action(int type, int len)
{
	switch (type) {
	case SYSLOG_ACTION_CONSOLE_OFF:
		if (saved_loglevel < 0)
			saved_loglevel = console_loglevel;
		console_loglevel = 1;
		return 0;
	case SYSLOG_ACTION_CONSOLE_ON:
		if (saved_loglevel >= 0)
			console_loglevel = saved_loglevel;
		saved_loglevel = -1;
		return 0;
	default:
		if (len < 1 || len > 8)
			return -EINVAL;
		console_loglevel = len;
		saved_loglevel = -1;
		return 0;
	}
}

static long log_action(int type)
{
	switch (type) {
	case SYSLOG_ACTION_CLOSE:
	case SYSLOG_ACTION_OPEN:
		return 0;
	case SYSLOG_ACTION_CLEAR:
		spin_lock_irq(&log.lock);
		log.clear = log.next;
		spin_unlock_irq(&log.lock);
		return 0;
	case SYSLOG_ACTION_SIZE_UNREAD:
		return READ_ONCE(log.next) - READ_ONCE(log.read);
	case SYSLOG_ACTION_SIZE_BUFFER:
		return LOG_BUF_SIZE;
	default:
		return -EINVAL;
	}
}

SYSCALL_DEFINE3(syslog, int, type, char __user *, buf, int, len)
{
	bool reads = type >= SYSLOG_ACTION_READ && type <= SYSLOG_ACTION_READ_CLEAR;

	if (!capable() && type != SYSLOG_ACTION_READ_ALL && type != SYSLOG_ACTION_SIZE_BUFFER)
		return -EPERM;
	if (reads && (!buf || len < 0))
		return -EINVAL;
	if (reads && !len)
		return 0;
	if (type == SYSLOG_ACTION_READ)
		return read_next(buf, len);
	if (reads)
		return read_all(buf, len, type == SYSLOG_ACTION_READ_CLEAR);
	if (type >= SYSLOG_ACTION_CONSOLE_OFF && type <= SYSLOG_ACTION_CONSOLE_LEVEL)
		return console_action(type, len);
	return log_action(type);
}
