/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * params.h - words of the kernel command line. kernel/params.c.
 *
 *	static int set_quiet(char *value) { ...; return 0; }
 *	early_param("quiet", set_quiet);
 *
 * early_param handlers run inside setup_arch (memblock only); __setup handlers
 * in start_kernel, after the allocators. A word nobody knows goes to init: as an
 * environment variable if it has a '=', else as an argument (Linux's rule).
 */
#ifndef LINUX_LITE_PARAMS_H
#define LINUX_LITE_PARAMS_H

#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

struct kernel_param {
	const char *name;		/* up to the '=' */
	int (*set)(char *value);	/* value: after the '=', or NULL; 0 or -errno */
	bool early;
};

#define __kernel_param(str, fn, is_early) \
	static const struct kernel_param __param_##fn __used \
	__section("kernel_params") __aligned(8) = { str, fn, is_early }
#define early_param(str, fn)	__kernel_param(str, fn, true)
#define __setup(str, fn)	__kernel_param(str, fn, false)

void parse_early_params(const char *cmdline);
/* Fills init's argv and envp with what is left over. */
void parse_params(const char *cmdline);

#endif
