/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * printk.h - the kernel log. Below everything: any floor may call it, from any
 * context, with any lock held.
 *
 * Small cousin of Linux's include/linux/printk.h and kern_levels.h.
 */
#ifndef LINUX_LITE_PRINTK_H
#define LINUX_LITE_PRINTK_H

#include <linux-lite/compiler.h>

#define KERN_SOH	"\001"
#define KERN_EMERG	KERN_SOH "0"
#define KERN_ALERT	KERN_SOH "1"
#define KERN_CRIT	KERN_SOH "2"
#define KERN_ERR	KERN_SOH "3"
#define KERN_WARNING	KERN_SOH "4"
#define KERN_NOTICE	KERN_SOH "5"
#define KERN_INFO	KERN_SOH "6"
#define KERN_CONT	KERN_SOH "c"

/**
 * printk - append a message to the kernel log and show it on the console
 * @fmt: a KERN_* level, then a printf format (lib/vsprintf.c)
 *
 * Context: any, interrupts on or off; takes the lock of the highest rank.
 * Return: number of bytes logged.
 */
int printk(const char *fmt, ...) __printf(1, 2);

#ifndef pr_fmt
#define pr_fmt(fmt) fmt
#endif
#define pr_emerg(fmt, ...)	printk(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert(fmt, ...)	printk(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err(fmt, ...)	printk(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn(fmt, ...)	printk(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice(fmt, ...)	printk(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info(fmt, ...)	printk(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)
#define pr_cont(fmt, ...)	printk(KERN_CONT fmt, ##__VA_ARGS__)

/*
 * Messages of a lower number than this reach the console: 7 all but debugging,
 * 4 with "quiet". /proc/sys/kernel/printk.
 */
void printk_start_console(void);
extern int console_loglevel;
/* Set in a panic: the holder of the log's lock may be dead, so don't wait for it. */
extern bool oops_in_progress;
/* May one more message of a kind be logged now? At most 10 in 5 seconds. */
bool printk_ratelimit(void);

/**
 * panic - stop the machine with a message
 * @fmt: printf format
 *
 * Context: any. After boot never for lack of memory.
 */
void panic(const char *fmt, ...) __printf(1, 2) __noreturn __cold;

#endif
