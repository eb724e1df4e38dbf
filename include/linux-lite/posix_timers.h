/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * posix_timers.h - timers that end in a signal. kernel/itimer.c, posix_timers.c.
 *
 * Small cousin of Linux's include/linux/posix-timers.h.
 */
#ifndef LINUX_LITE_POSIX_TIMERS_H
#define LINUX_LITE_POSIX_TIMERS_H

#include <linux-lite/sched.h>

#ifdef CONFIG_POSIX_TIMERS
/* The last thread ends, or exec: all of the process's timers go. May sleep. */
void exit_itimers(struct signal_struct *sig);
void exit_posix_timers(struct signal_struct *sig);
void itimer_new_leader(struct signal_struct *sig, struct task_struct *leader);
/* The tick of a running process: ITIMER_VIRTUAL, ITIMER_PROF. Interrupts off. */
void itimer_tick(struct task_struct *p, u64 ns, bool user);
/* A SI_TIMER signal is being delivered: fill in its overrun, and re-arm. (s) held */
void posix_timer_delivered(siginfo_t *info);
#else
static inline void exit_itimers(struct signal_struct *sig) { }
static inline void exit_posix_timers(struct signal_struct *sig) { }
static inline void itimer_new_leader(struct signal_struct *sig, struct task_struct *leader) { }
static inline void itimer_tick(struct task_struct *p, u64 ns, bool user) { }
static inline void posix_timer_delivered(siginfo_t *info) { }
#endif

#endif
