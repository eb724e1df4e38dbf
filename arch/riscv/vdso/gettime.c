// SPDX-License-Identifier: GPL-2.0-only
/*
 * gettime.c - clock_gettime(2) without a system call: user code, in a page of the kernel's.
 *
 * The counter can be read in user mode (rdtime; the kernel sets scounteren.TM), it is the
 * same on all harts, and what turns it into nanoseconds stands at the end of this page
 * (struct vdso_data). Clocks that are more than the counter and an offset are asked of the
 * kernel. Nothing is ever half changed: there is one word that can change, real_offset.
 *
 * The C library finds these functions by AT_SYSINFO_EHDR, name and version LINUX_4.15.
 *
 * Small cousin of Linux's lib/vdso/gettimeofday.c, which corrects for drift and so needs a
 * sequence count around several words.
 */
#include <linux-lite/abi/time.h>
#include <linux-lite/abi/unistd.h>
#include <linux-lite/compiler.h>
#include <asm/vdso.h>

#define NS_PER_SEC	1000000000UL

/* At VDSO_DATA, says the linker script; hidden: reached from the code, wherever it is mapped. */
extern const struct vdso_data vdso_data __attribute__((visibility("hidden")));

int __vdso_clock_gettime(clockid_t clock, struct timespec64 *ts);
int __vdso_gettimeofday(struct timeval64 *tv, struct timezone *tz);

static long syscall2(long nr, unsigned long arg0, void *arg1)
{
	register long a7 __asm__("a7") = nr;
	register unsigned long a0 __asm__("a0") = arg0;
	register void *a1 __asm__("a1") = arg1;

	__asm__ __volatile__("ecall" : "+r"(a0) : "r"(a1), "r"(a7) : "memory");
	return (long)a0;
}

/* Nanoseconds since boot. */
static unsigned long now(void)
{
	unsigned long ticks;

	__asm__ __volatile__("rdtime %0" : "=r"(ticks));
	return (unsigned __int128)(ticks - vdso_data.boot_ticks) * vdso_data.ns_per_tick >> 32;
}

int __vdso_clock_gettime(clockid_t clock, struct timespec64 *ts)
{
	unsigned long ns;

	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_COARSE:
		ns = now() + READ_ONCE(vdso_data.real_offset);
		break;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_BOOTTIME:
		ns = now();
		break;
	default:
		return syscall2(__NR_clock_gettime, clock, ts);
	}
	ts->tv_sec = ns / NS_PER_SEC;
	ts->tv_nsec = ns % NS_PER_SEC;
	return 0;
}

int __vdso_gettimeofday(struct timeval64 *tv, struct timezone *tz)
{
	unsigned long us = (now() + READ_ONCE(vdso_data.real_offset)) / 1000;

	if (tz)				/* nobody asks for it, so only the kernel knows */
		return syscall2(__NR_gettimeofday, (unsigned long)tv, tz);
	tv->tv_sec = us / 1000000;
	tv->tv_usec = us % 1000000;
	return 0;
}
