/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bench.h - figures from inside the kernel. kernel/bench.c.
 */
#ifndef LINUX_LITE_BENCH_H
#define LINUX_LITE_BENCH_H

#include <linux-lite/seq_file.h>

/* Only with CONFIG_BENCH. /proc/bench */
int bench_show(struct seq_file *m);

#endif
