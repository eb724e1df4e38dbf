/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * abi/time.h - structures of the time calls (riscv64: all words are 64 bits).
 */
#ifndef LINUX_LITE_ABI_TIME_H
#define LINUX_LITE_ABI_TIME_H

#include <linux-lite/time.h>

struct timeval64 {		/* Linux's struct __kernel_old_timeval */
	long tv_sec, tv_usec;
};

struct timezone {
	int tz_minuteswest, tz_dsttime;
};

struct itimerval64 {
	struct timeval64 it_interval, it_value;
};

struct itimerspec64 {
	struct timespec64 it_interval, it_value;
};

struct tms {			/* in ticks of 1/USER_HZ second */
	long tms_utime, tms_stime, tms_cutime, tms_cstime;
};

#define USER_HZ		100
#define TIMER_ABSTIME	1

#define ITIMER_REAL	0
#define ITIMER_VIRTUAL	1
#define ITIMER_PROF	2

#endif
