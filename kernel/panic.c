// SPDX-License-Identifier: GPL-2.0-only
/*
 * panic.c - assertions that failed, warnings, and the end.
 *
 *	WARN_ON ---> __warn   a report, and on it goes
 *	BUG_ON  ---> __bug    a report, then panic
 *	             panic    other harts stopped, report, then what panic= says:
 *
 *	panic=0    stop for ever (default)      panic=N   reboot after N seconds
 *	panic=-1   reboot at once               panic=off power off as failed: under QEMU the
 *	                                        exit status is not 0 (ours, not Linux's)
 *
 * The last line is always "---[ end Kernel panic - not syncing: ... ]---", which is
 * what a test harness looks for.
 *
 * Everything here works in any context and with any lock held, perhaps by a hart
 * that will never give it back: see oops_in_progress in printk.c.
 *
 * Small cousin of Linux's kernel/panic.c.
 */
#include <stdarg.h>
#include <linux-lite/abi/errno.h>
#include <linux-lite/bug.h>
#include <linux-lite/console.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/kstrtox.h>
#include <linux-lite/panic.h>
#include <linux-lite/params.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/string.h>
#include <linux-lite/time.h>
#include <linux-lite/vsprintf.h>
#include <asm/irqflags.h>
#include <asm/processor.h>

int panic_timeout;
static bool panic_off;

static int set_panic(char *value)
{
	if (value && !strcmp(value, "off")) {
		panic_off = true;
		return 0;
	}
	return value ? kstrtoint(value, 0, &panic_timeout) : -EINVAL;
}
early_param("panic", set_panic);

void oops_begin(void)
{
	oops_in_progress = true;
	console_unlock_for_panic();
}

void oops_end(void)
{
	oops_in_progress = false;
}

void __warn(const char *file, int line, const char *what)
{
	pr_err("------------[ cut here ]------------\n");
	pr_err("WARNING: CPU: %u PID: %d at %s:%d: %s\n", smp_processor_id(), current->pid,
		file, line, what);
	dump_stack();
	pr_err("---[ end trace ]---\n");
}

void __bug(const char *file, int line, const char *what)
{
	oops_begin();
	pr_emerg("------------[ cut here ]------------\n");
	pr_emerg("kernel BUG at %s:%d: %s\n", file, line, what);
	panic("BUG at %s:%d", file, line);
}

static void wait_seconds(int seconds)
{
	u64 end = ktime_get_ns() + seconds * NSEC_PER_SEC;

	while (ktime_get_ns() < end)
		cpu_relax();
}

/* The first hart to panic does it all; what follows on it is a panic within a panic. */
static void take_panic(void)
{
	static int panic_cpu = -1;
	int me = smp_processor_id(), nobody = -1;

	if (__atomic_compare_exchange_n(&panic_cpu, &nobody, me, false, __ATOMIC_SEQ_CST,
					__ATOMIC_SEQ_CST))
		return;
	if (nobody == me)
		machine_stop(panic_off ? MACHINE_PANIC_OFF : MACHINE_HALT);
	for (;;)
		wait_for_interrupt();
}

void panic(const char *fmt, ...)
{
	static char text[256];		/* the stack may be short */
	va_list args;

	local_irq_disable();
	take_panic();
	oops_begin();
	console_flush();
	va_start(args, fmt);
	vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (*text && text[strlen(text) - 1] == '\n')
		text[strlen(text) - 1] = '\0';

	pr_emerg("Kernel panic - not syncing: %s\n", text);
	pr_emerg("CPU: %u PID: %d Comm: %s\n", smp_processor_id(), current->pid, current->comm);
	dump_stack();
	smp_send_stop();
	if (panic_timeout > 0)
		pr_emerg("Rebooting in %d seconds..\n", panic_timeout);
	pr_emerg("---[ end Kernel panic - not syncing: %s ]---\n", text);
	if (panic_off)
		machine_stop(MACHINE_PANIC_OFF);
	if (panic_timeout > 0)
		wait_seconds(panic_timeout);
	machine_stop(panic_timeout ? MACHINE_REBOOT : MACHINE_HALT);
}
