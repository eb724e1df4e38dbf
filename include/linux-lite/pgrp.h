/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pgrp.h - process groups that lose their last tie. kernel/pgrp.c.
 */
#ifndef LINUX_LITE_PGRP_H
#define LINUX_LITE_PGRP_H

#include <linux-lite/sched.h>

void kill_orphaned_pgrp(struct task_struct *p, struct task_struct *parent);

#endif
