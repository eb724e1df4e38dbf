/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * panic.h - the end of the machine, and what comes before it. kernel/panic.c.
 *
 * panic() itself is in printk.h: any floor may call it.
 */
#ifndef LINUX_LITE_PANIC_H
#define LINUX_LITE_PANIC_H

#include <linux-lite/compiler.h>

/* panic=: 0 stop for ever, > 0 reboot after so many seconds, < 0 reboot at once. */
extern int panic_timeout;

/* Between these the log goes to the console whatever its level, and waits for no lock. */
void oops_begin(void);
void oops_end(void);

/* --- the port --- */
/* The calls that led here, into the log. */
void dump_stack(void);
/* The other harts stop, now. */
void smp_send_stop(void);

#endif
