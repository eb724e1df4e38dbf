/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * task_files.h - what kernel/ asks of fs/ when a task is born, execs and dies.
 * fs/file_table.c, fs/fs_struct.c.
 */
#ifndef LINUX_LITE_TASK_FILES_H
#define LINUX_LITE_TASK_FILES_H

#include <linux-lite/types.h>

struct task_struct;
struct file;

/* fork: share (CLONE_FILES, CLONE_FS) or copy current's. 0 or -ENOMEM. */
int copy_files(unsigned long clone_flags, struct task_struct *p);
int copy_fs(unsigned long clone_flags, struct task_struct *p);
/* exit: drop them; closes what was the last. May sleep. */
void exit_files(struct task_struct *p);
void exit_fs(struct task_struct *p);
/* mm_struct.exe_file, vm_file */
struct file *get_file(struct file *f);
void fput(struct file *f);
/* The session leader is gone: its terminal is nobody's, SIGHUP to the foreground. */
void disassociate_ctty(void);

#endif
