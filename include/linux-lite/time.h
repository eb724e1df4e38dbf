/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * time.h - clocks and one-shot timers, in nanoseconds. kernel/time.c, timer.c.
 *
 * Each hart has a queue of timers sorted by expiry (an rbtree) and programs the
 * hardware for the first: no periodic tick, an idle hart sleeps.
 *
 * Small cousin of Linux's ktime, hrtimer and timekeeping.
 */
#ifndef LINUX_LITE_TIME_H
#define LINUX_LITE_TIME_H

#include <linux-lite/rbtree.h>
#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

#define CLOCK_REALTIME		0
#define CLOCK_MONOTONIC		1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID	3
#define CLOCK_MONOTONIC_RAW	4
#define CLOCK_REALTIME_COARSE	5
#define CLOCK_MONOTONIC_COARSE	6
#define CLOCK_BOOTTIME		7

struct timespec64 {		/* Linux's struct __kernel_timespec */
	long tv_sec, tv_nsec;
};

/* Since boot; from the port's counter. Context: any. */
u64 ktime_get_ns(void);
/* Since 1970. */
u64 ktime_get_real_ns(void);

struct timer {
	struct rb_node node;
	u64 expires_ns;			/* on the monotonic clock */
	void (*fn)(struct timer *t);	/* in interrupt context, queue lock dropped */
	unsigned int cpu;		/* whose queue it is or was on */
	bool queued;			/* (that queue's lock) */
};

void timer_init(struct timer *t, void (*fn)(struct timer *));
/* (Re)start on this hart's queue. Context: any. */
void timer_start(struct timer *t, u64 expires_ns);
/* Return: true if it was queued. When it returns the callback is not running. */
bool timer_cancel(struct timer *t);
/* From the timer interrupt: run what is due, program the next. */
void run_timers(void);

/* The clock of each kind; CPU-time clocks are current's. 0 or -EINVAL. kernel/clock.c */
int clock_read(clockid_t clock, u64 *ns);
/* A timespec, in ns. 0, -EINVAL (not a valid time); and -EFAULT if it is read from user space. */
int timespec64_ns(const struct timespec64 *ts, u64 *ns);
int get_timespec_ns(const struct timespec64 __user *uts, u64 *ns);
int put_timespec_ns(u64 ns, struct timespec64 __user *uts);
/* ns as a timespec. */
static inline struct timespec64 ns_to_timespec64(u64 ns)
{
	return (struct timespec64){ (long)(ns / 1000000000), (long)(ns % 1000000000) };
}

/* --- the port: arch/riscv/kernel/time.c --- */
u64 arch_counter_ns(void);
void arch_set_next_event(u64 expires_ns);	/* ~0: none */
void arch_real_time_set(u64 offset_ns);	/* what programs read without a system call */
u64 arch_rtc_read(void);			/* ns since 1970 at boot, or 0 */

#endif
