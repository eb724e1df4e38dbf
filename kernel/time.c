// SPDX-License-Identifier: GPL-2.0-only
/*
 * time.c - the clocks.
 *
 *	counter of the hart (the port)     ns since power on
 *	  = CLOCK_MONOTONIC, _RAW, BOOTTIME     nobody can set it
 *	  + real_offset = CLOCK_REALTIME        set from the RTC at boot, settimeofday()
 *	sum_exec_ns of a task
 *	  = CLOCK_THREAD_CPUTIME_ID; of a process: PROCESS_CPUTIME_ID
 *
 * real_offset is one word, written and read whole: no lock. There is no
 * correction of the frequency (adjtimex), and the machine is never suspended, so
 * MONOTONIC and BOOTTIME are one. The coarse clocks are as fine as the others.
 *
 * A negative clockid names the CPU time of another process or thread:
 * bits 31..3 = ~pid, bit 2: a thread, bits 1..0: 2 (what it was scheduled for).
 */
#include <linux-lite/abi/time.h>
#include <linux-lite/cred.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/resource.h>
#include <linux-lite/sched.h>
#include <linux-lite/syscalls.h>
#include <asm/uaccess.h>

static u64 real_offset;
static struct timezone sys_tz;		/* kept for who asks; no effect */

/** ktime_get_ns - nanoseconds since boot. Context: any. */
u64 ktime_get_ns(void)
{
	return arch_counter_ns();
}

/** ktime_get_real_ns - nanoseconds since 1970. Context: any. */
u64 ktime_get_real_ns(void)
{
	return ktime_get_ns() + READ_ONCE(real_offset);
}

static void set_real_time(u64 ns_since_1970)
{
	WRITE_ONCE(real_offset, ns_since_1970 - ktime_get_ns());
	arch_real_time_set(real_offset);
}

/** timekeeping_init - take the time of day from the hardware's clock. Context: boot. */
void __init timekeeping_init(void)
{
	set_real_time(arch_rtc_read());
}

/**
 * timespec64_ns - check a time that came from user space
 * @ts: tv_sec >= 0, 0 <= tv_nsec < 10^9
 * @ns: the same in nanoseconds; a time beyond 584 years becomes the largest
 *
 * Return: 0, -EINVAL.
 */
int timespec64_ns(const struct timespec64 *ts, u64 *ns)
{
	if (ts->tv_sec < 0 || (unsigned long)ts->tv_nsec >= NSEC_PER_SEC)
		return -EINVAL;
	if ((unsigned long)ts->tv_sec >= ~0UL / NSEC_PER_SEC)
		*ns = ~0UL;
	else
		*ns = ts->tv_sec * NSEC_PER_SEC + ts->tv_nsec;
	return 0;
}

/** get_timespec_ns - read a time from user space. Return: as timespec64_ns, or -EFAULT. */
int get_timespec_ns(const struct timespec64 __user *uts, u64 *ns)
{
	struct timespec64 ts;

	return copy_from_user(&ts, uts, sizeof(ts)) ? -EFAULT : timespec64_ns(&ts, ns);
}

/** put_timespec_ns - write a time to user space. Return: 0 or -EFAULT. */
int put_timespec_ns(u64 ns, struct timespec64 __user *uts)
{
	struct timespec64 ts = ns_to_timespec64(ns);

	return copy_to_user(uts, &ts, sizeof(ts)) ? -EFAULT : 0;
}

/* The CPU clock of a task named by @clock < 0. */
static int read_cpu_clock(clockid_t clock, u64 *ns)
{
	bool thread = clock & 4;
	pid_t pid = ~(clock >> 3);
	struct task_struct *p;
	u64 ut, st;

	if ((clock & 3) == 3)
		return -EINVAL;
	if (pid == 0) {
		p = current;
		get_task_struct(p);
	} else {
		p = get_task_by_pid(pid);
	}
	if (!p)
		return -EINVAL;
	if (thread)
		task_cputime(p, &ut, &st);
	else
		process_cputime(p, &ut, &st);
	put_task_struct(p);
	*ns = (clock & 3) == 1 ? ut : ut + st;
	return 0;
}

/**
 * clock_read - the time on a clock
 * @clock: CLOCK_*, or the CPU clock of some task
 * @ns: the time
 *
 * Context: task.
 * Return: 0, or -EINVAL when there is no such clock.
 */
int clock_read(clockid_t clock, u64 *ns)
{
	u64 ut, st;

	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_COARSE:
		*ns = ktime_get_real_ns();
		return 0;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_BOOTTIME:
		*ns = ktime_get_ns();
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID:
		process_cputime(current, &ut, &st);
		*ns = ut + st;
		return 0;
	case CLOCK_THREAD_CPUTIME_ID:
		task_cputime(current, &ut, &st);
		*ns = ut + st;
		return 0;
	default:
		return clock < 0 ? read_cpu_clock(clock, ns) : -EINVAL;
	}
}

SYSCALL_DEFINE2(clock_gettime, int, clock, struct timespec64 __user *, tp)
{
	u64 ns;
	int err = clock_read(clock, &ns);

	return err ?: put_timespec_ns(ns, tp);
}

SYSCALL_DEFINE2(clock_getres, int, clock, struct timespec64 __user *, tp)
{
	u64 ns;
	int err = clock_read(clock, &ns);

	if (err || !tp)
		return err;
	return put_timespec_ns(1, tp);
}

SYSCALL_DEFINE2(clock_settime, int, clock, const struct timespec64 __user *, tp)
{
	u64 ns, now;
	int err;

	if (clock != CLOCK_REALTIME)
		return clock_read(clock, &now) ?: -EINVAL;
	if (!capable())
		return -EPERM;
	err = get_timespec_ns(tp, &ns);
	if (!err)
		set_real_time(ns);
	return err;
}

SYSCALL_DEFINE2(gettimeofday, struct timeval64 __user *, tv, struct timezone __user *, tz)
{
	u64 ns = ktime_get_real_ns();
	struct timeval64 now = { ns / NSEC_PER_SEC, ns % NSEC_PER_SEC / NSEC_PER_USEC };

	if (tv && copy_to_user(tv, &now, sizeof(now)))
		return -EFAULT;
	if (tz && copy_to_user(tz, &sys_tz, sizeof(sys_tz)))
		return -EFAULT;
	return 0;
}

SYSCALL_DEFINE2(settimeofday, const struct timeval64 __user *, tv,
		const struct timezone __user *, tz)
{
	struct timeval64 t;
	struct timezone new_tz;

	if (tv && copy_from_user(&t, tv, sizeof(t)))
		return -EFAULT;
	if (tz && copy_from_user(&new_tz, tz, sizeof(new_tz)))
		return -EFAULT;
	if (tv && (t.tv_sec < 0 || (unsigned long)t.tv_usec >= USEC_PER_SEC))
		return -EINVAL;
	if (!capable())
		return -EPERM;
	if (tz)
		sys_tz = new_tz;
	if (tv)
		set_real_time(t.tv_sec * NSEC_PER_SEC + t.tv_usec * NSEC_PER_USEC);
	return 0;
}
