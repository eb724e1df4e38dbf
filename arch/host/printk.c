// SPDX-License-Identifier: GPL-2.0-only
/*
 * printk.c - the kernel's words on stderr, and its last words.
 *
 * Stands in for kernel/printk.c and kernel/panic.c. A failed assertion aborts, so
 * that Check and gdb see it where it happens. Notices are shown with
 * LINUX_LITE_LOG=1 only: a test run should print what failed.
 */
#include <linux-lite/bug.h>
#include <linux-lite/printk.h>
#include <linux-lite/vsprintf.h>
#include "os.h"

bool oops_in_progress;

static void say(const char *fmt, va_list args)
{
	char line[512];
	int len = vscnprintf(line, sizeof(line), fmt, args);

	os_write(line, len);
}

int printk(const char *fmt, ...)
{
	va_list args;

	if (fmt[0] == KERN_SOH[0] && fmt[1]) {
		char level = fmt[1];

		fmt += 2;
		if (level > '4' && !os_verbose())
			return 0;
	}
	va_start(args, fmt);
	say(fmt, args);
	va_end(args);
	return 0;
}

/* A test wants each report. */
bool printk_ratelimit(void)
{
	return true;
}

void panic(const char *fmt, ...)
{
	va_list args;

	os_write("Kernel panic: ", 14);
	va_start(args, fmt);
	say(fmt, args);
	va_end(args);
	os_write("\n", 1);
	os_abort();
}

void __bug(const char *file, int line, const char *what)
{
	panic("BUG at %s:%d: %s", file, line, what);
}

/* A warning fails a test as well: nothing here is expected to warn. */
void __warn(const char *file, int line, const char *what)
{
	panic("WARNING at %s:%d: %s", file, line, what);
}
