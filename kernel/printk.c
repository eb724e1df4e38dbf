// SPDX-License-Identifier: GPL-2.0-only
/*
 * printk.c - the kernel log: a ring of text that anybody may append to.
 *
 *	            log_buf, 2^LOG_BUF_SHIFT bytes; positions only ever grow, and
 *	            position p is in byte p % size
 *
 *	... overwritten ) [ <6>[    0.0123] zones:\n<4>[    0.01 ... \n (
 *	                  ^ log_first        ^ clear_pos, read_pos      ^ log_next
 *
 *	printk("<level>text")
 *	   -> one buffer: "<6>[    0.012345] text"     log_store()
 *	   -> the same without "<6>"                   console, if level < console_loglevel
 *
 * I1  log_first <= clear_pos, read_pos <= log_next <= log_first + size: what is
 *     overwritten moves the others along.
 * I2  log_first is the start of a line.
 * I3  Before a text that begins a line stands its prefix; text without a newline
 *     leaves the line open, and a KERN_CONT message goes on in it. Any other
 *     message first closes the line.
 *
 * log_lock has the highest rank of all and is taken with interrupts off, so
 * printk() works in any context and under any lock. Only one hart at a time
 * writes to the console, under the same lock: lines stay whole. A hart that
 * panics must not wait for a lock whose holder may be dead: after
 * oops_in_progress is set it waits a little and goes on without.
 *
 * Small cousin of Linux's kernel/printk/; left out: the lockless ring of records,
 * console drivers that can fall behind, dictionaries. syslog(2) is in syslog.c.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/console.h>
#include <linux-lite/kernel.h>
#include <linux-lite/kstrtox.h>
#include <linux-lite/log_buf.h>
#include <linux-lite/params.h>
#include <linux-lite/printk.h>
#include <linux-lite/spinlock.h>
#include <linux-lite/string.h>
#include <linux-lite/time.h>
#include <linux-lite/vsprintf.h>

#define LINE_MAX	512

char log_buf[LOG_BUF_SIZE];
struct log_state log = { .lock = SPINLOCK_INIT(RANK_LOG, "log.lock") };
int console_loglevel = 7;
bool oops_in_progress;

/* Until the command line has been read: it may say "quiet" (log.lock). */
static bool console_held = true;
static char line_buf[LINE_MAX];		/* (log.lock) */
static bool line_open;			/* the last text had no newline (log.lock) */
static int open_level;			/* its level (log.lock) */

/* 0: locked. 1: going on without it, in a panic. */
static int log_lock(unsigned long *flags)
{
	*flags = local_irq_save();
	if (!oops_in_progress) {
		spin_lock(&log.lock);
		return 0;
	}
	for (int spins = 0; spins < 100000; spins++) {
		if (arch_spin_trylock(&log.lock))
			return 0;
		cpu_relax();
	}
	return 1;
}

static void log_unlock(int unlocked, unsigned long flags)
{
	if (unlocked)
		local_irq_restore(flags);
	else if (oops_in_progress) {
		arch_spin_unlock(&log.lock);
		local_irq_restore(flags);
	} else {
		spin_unlock_irqrestore(&log.lock, flags);
	}
}

/* Drop whole lines from the front until @n more bytes fit (I1, I2). */
static void make_room(size_t n)
{
	while (log.next + n - log.first > LOG_BUF_SIZE)
		while (log_buf[log.first++ % LOG_BUF_SIZE] != '\n' && log.first < log.next)
			;
	log.clear = max(log.clear, log.first);
	log.read = max(log.read, log.first);
}

static void log_store(const char *s, size_t n)
{
	make_room(n);
	for (size_t i = 0; i < n; i++)
		log_buf[log.next++ % LOG_BUF_SIZE] = s[i];
}

/* Show what the log has so far, as emit() would have. */
static void release_console(void)
{
	bool show = false, prefix = true;

	console_held = false;
	for (u64 p = log.first; p < log.next; p++) {
		char c = log_buf[p % LOG_BUF_SIZE];

		if (prefix) {			/* I2: "<6>" */
			show = log_buf[(p + 1) % LOG_BUF_SIZE] - '0' < console_loglevel;
			p += 2;
			prefix = false;
			continue;
		}
		if (show || oops_in_progress)
			console_write(&c, 1);
		prefix = c == '\n';
	}
}

/* To the ring and, from @skip on, to the console. */
static void emit(int level, const char *s, size_t n, size_t skip)
{
	if (unlikely(console_held && oops_in_progress))
		release_console();
	log_store(s, n);
	if (!console_held && (level < console_loglevel || oops_in_progress))
		console_write(s + skip, n - skip);
}

static void begin_line(int level)
{
	char prefix[32];
	u64 ns = ktime_get_ns();
	int skip = scnprintf(prefix, sizeof(prefix), "<%d>", level);
	int n = skip;

	if (IS_ENABLED(CONFIG_PRINTK_TIME))
		n += scnprintf(prefix + n, sizeof(prefix) - n, "[%5lu.%06lu] ",
			       ns / NSEC_PER_SEC, ns % NSEC_PER_SEC / NSEC_PER_USEC);
	emit(level, prefix, n, skip);
}

/* One message, which may hold several lines or a part of one. */
static void append(int level, bool cont, const char *s)
{
	if (line_open && !cont)
		emit(open_level, "\n", 1, 0);
	if (line_open && cont)
		level = open_level;
	else
		line_open = false;
	while (*s) {
		const char *end = strchr(s, '\n');
		size_t n = end ? (size_t)(end - s) + 1 : strlen(s);

		if (!line_open)
			begin_line(level);
		emit(level, s, n, 0);
		line_open = !end;
		open_level = level;
		s += n;
	}
}

static int vprintk(const char *fmt, va_list args)
{
	int level = 4, n, unlocked;	/* without a level: a warning, as in Linux */
	bool cont = false;
	unsigned long flags;

	if (fmt[0] == KERN_SOH[0] && fmt[1]) {
		cont = fmt[1] == 'c';
		if (!cont)
			level = fmt[1] - '0';
		fmt += 2;
	}
	unlocked = log_lock(&flags);
	n = vscnprintf(line_buf, sizeof(line_buf), fmt, args);
	append(level, cont, line_buf);
	log_unlock(unlocked, flags);
	return n;
}

int printk(const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vprintk(fmt, args);
	va_end(args);
	return n;
}

/**
 * printk_ratelimit - may a message that users can cause be logged now?
 *
 * Context: any. Return: true at most 10 times in 5 seconds.
 */
bool printk_ratelimit(void)
{
	static u64 window_start;
	static int used;
	u64 now = ktime_get_ns();

	if (now - READ_ONCE(window_start) > 5 * NSEC_PER_SEC) {
		WRITE_ONCE(window_start, now);
		__atomic_store_n(&used, 0, __ATOMIC_RELAXED);
	}
	return __atomic_fetch_add(&used, 1, __ATOMIC_RELAXED) < 10;
}

/**
 * printk_start_console - the command line is known: show the log from its beginning
 *
 * Context: boot, once.
 */
void printk_start_console(void)
{
	unsigned long flags;
	int unlocked = log_lock(&flags);

	release_console();
	log_unlock(unlocked, flags);
}

static int set_quiet(char *value)
{
	console_loglevel = 4;
	return 0;
}
early_param("quiet", set_quiet);

static int set_debug(char *value)
{
	console_loglevel = 10;
	return 0;
}
early_param("debug", set_debug);

static int set_loglevel(char *value)
{
	if (!value || *value < '0' || *value > '9')
		return -EINVAL;
	console_loglevel = (int)simple_strtoul(value, NULL, 10);
	return 0;
}
early_param("loglevel", set_loglevel);
