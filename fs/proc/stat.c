// SPDX-License-Identifier: GPL-2.0-only
/*
 * stat.c - /proc/stat, uptime, loadavg, version, cmdline.
 */
#include <linux-lite/init.h>
#include <linux-lite/kernel_stat.h>
#include <linux-lite/pid.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/time.h>
#include <linux-lite/utsname.h>

#define NS_PER_TICK	10000000UL

/** version_show - /proc/version. Context: any. Return: 0. */
int version_show(struct seq_file *m)
{
	seq_puts(m, linux_banner);
	return 0;
}

/** cmdline_show - /proc/cmdline. Context: any. Return: 0. */
int cmdline_show(struct seq_file *m)
{
	seq_printf(m, "%s\n", boot_command_line);
	return 0;
}

static void show_seconds(struct seq_file *m, u64 ns, char end)
{
	seq_printf(m, "%lu.%02lu%c", ns / NSEC_PER_SEC, ns / NS_PER_TICK % 100, end);
}

/** uptime_show - /proc/uptime. Context: any. Return: 0. */
int uptime_show(struct seq_file *m)
{
	struct cpu_times t;
	unsigned int cpu;
	u64 idle = 0;

	for_each_online_cpu(cpu) {
		cpu_times(cpu, &t);
		idle += t.idle;
	}
	show_seconds(m, ktime_get_ns(), ' ');
	show_seconds(m, idle, '\n');
	return 0;
}

/** loadavg_show - /proc/loadavg. Context: any. Return: 0. */
int loadavg_show(struct seq_file *m)
{
	unsigned long loads[3];

	get_avenrun(loads);
	for (int i = 0; i < 3; i++) {
		unsigned long load = loads[i] + 65536 / 200;	/* rounded to hundredths */

		seq_printf(m, "%lu.%02lu ", load >> 16, (load & 0xffff) * 100 >> 16);
	}
	seq_printf(m, "%lu/%d %d\n", nr_running(), nr_threads(), last_pid);
	return 0;
}

static void show_cpu(struct seq_file *m, const struct cpu_times *t)
{
	seq_printf(m, " %lu 0 %lu %lu 0 %lu 0 0 0 0\n", t->user / NS_PER_TICK,
		   t->system / NS_PER_TICK, t->idle / NS_PER_TICK, t->irq / NS_PER_TICK);
}

/** stat_show - /proc/stat. Context: any. Return: 0. */
int stat_show(struct seq_file *m)
{
	struct cpu_times t, sum = { 0 };
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		cpu_times(cpu, &t);
		sum.user += t.user;
		sum.system += t.system;
		sum.idle += t.idle;
		sum.irq += t.irq;
	}
	seq_puts(m, "cpu ");
	show_cpu(m, &sum);
	for_each_online_cpu(cpu) {
		cpu_times(cpu, &t);
		seq_printf(m, "cpu%u", cpu);
		show_cpu(m, &t);
	}
	seq_printf(m, "intr 0\nctxt %lu\nbtime %lu\nprocesses %lu\n", nr_context_switches(),
		   (ktime_get_real_ns() - ktime_get_ns()) / NSEC_PER_SEC, total_forks());
	seq_printf(m, "procs_running %lu\nprocs_blocked %lu\nsoftirq 0 0 0 0 0 0 0 0 0 0 0\n",
		   nr_running(), nr_uninterruptible());
	return 0;
}
