// SPDX-License-Identifier: GPL-2.0-only
/*
 * sysrq.c - /proc/sysrq-trigger and /proc/crashtest: a letter, or a word, does
 * something to the whole machine. kernel/sysrq.c and crashtest.c know what. And
 * /proc/bench, whose reader keeps it busy (kernel/bench.c).
 */
#include <linux-lite/bench.h>
#include <linux-lite/crashtest.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/string.h>

static int write_only_show(struct seq_file *m)
{
	return -EIO;
}

static int sysrq_write(struct proc_node *node, char *text)
{
	if (*text)
		sysrq_trigger(*text);
	return 0;
}

const struct proc_entry proc_sysrq_entry = {
	.name = "sysrq-trigger", .mode = S_IFREG | 0200, .show = write_only_show,
	.write = sysrq_write,
};

#ifdef CONFIG_CRASHTEST
static int crashtest_write(struct proc_node *node, char *text)
{
	return crashtest_run(strim(text));
}

const struct proc_entry proc_crashtest_entry = {
	.name = "crashtest", .mode = S_IFREG | 0200, .show = write_only_show,
	.write = crashtest_write,
};
#endif

#ifdef CONFIG_BENCH
const struct proc_entry proc_bench_entry = PROC_FILE("bench", 0400, bench_show);
#endif
