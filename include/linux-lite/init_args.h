/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * init_args.h - the arguments and environment of the first program.
 * kernel/params.c fills them in, kernel/main.c hands them over.
 */
#ifndef LINUX_LITE_INIT_ARGS_H
#define LINUX_LITE_INIT_ARGS_H

#define MAX_INIT_ARGS	32
#define MAX_INIT_ENVS	32

extern const char *argv_init[MAX_INIT_ARGS + 2];	/* [0]: the program's name */
extern const char *envp_init[MAX_INIT_ENVS + 2];

void drop_init_args(void);

#endif
