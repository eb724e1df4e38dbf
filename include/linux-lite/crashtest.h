/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * crashtest.h - breaking the kernel on purpose. kernel/crashtest.c, sysrq.c.
 */
#ifndef LINUX_LITE_CRASHTEST_H
#define LINUX_LITE_CRASHTEST_H

#include <linux-lite/abi/errno.h>

/* Only with CONFIG_CRASHTEST; 0 or -EINVAL. /proc/crashtest */
int crashtest_run(const char *word);
/* One letter written to /proc/sysrq-trigger. Context: task. */
void sysrq_trigger(char key);

#endif
