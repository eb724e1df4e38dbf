/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * log_buf.h - the ring of the kernel log, between its writer (printk.c) and its
 * reader (syslog.c). The theory is in printk.c.
 */
#ifndef LINUX_LITE_LOG_BUF_H
#define LINUX_LITE_LOG_BUF_H

#include <linux-lite/spinlock.h>

#define LOG_BUF_SIZE	(1UL << CONFIG_LOG_BUF_SHIFT)

/* Positions, see printk.c (all: lock). */
struct log_state {
	spinlock_t lock;		/* RANK_LOG, interrupts off */
	u64 first;			/* oldest byte that is there */
	u64 next;			/* where the next one goes */
	u64 clear;			/* dmesg shows from here (dmesg -c) */
	u64 read;			/* SYSLOG_ACTION_READ goes on here */
};

extern char log_buf[LOG_BUF_SIZE];
extern struct log_state log;

#endif
