/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fork.h - the user-memory side of fork: kernel/clone.c for kernel/fork.c.
 */
#ifndef LINUX_LITE_FORK_H
#define LINUX_LITE_FORK_H

#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

/* CLONE_PARENT_SETTID; a bad address is the program's own loss. */
void fork_put_tid(pid_t pid, int __user *where);

#endif
