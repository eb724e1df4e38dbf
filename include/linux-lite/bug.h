/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bug.h - assertions about our own mistakes; never about input or shortage.
 *
 * BUG_ON is always there; VM_BUG_ON only with CONFIG_DEBUG_VM (its condition is
 * compiled in both cases, so it cannot rot). WARN_ON reports once and goes on.
 *
 * Small cousin of Linux's asm-generic/bug.h and mmdebug.h.
 */
#ifndef LINUX_LITE_BUG_H
#define LINUX_LITE_BUG_H

#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

/* kernel/panic.c on riscv, arch/host on the desk: report and do not return. */
void __bug(const char *file, int line, const char *what) __noreturn __cold;
/* Report with a backtrace and return. */
void __warn(const char *file, int line, const char *what) __cold;

#define BUG()		__bug(__FILE__, __LINE__, "BUG")
#define BUG_ON(c)	do { if (unlikely(c)) __bug(__FILE__, __LINE__, #c); } while (0)
#define WARN_ON(c)	({ bool _warn = !!(c); \
			   if (unlikely(_warn)) __warn(__FILE__, __LINE__, #c); \
			   unlikely(_warn); })
#define WARN_ON_ONCE(c)	({ static bool _once; bool _warn = !!(c); \
			   if (unlikely(_warn && !_once)) { \
				_once = true; __warn(__FILE__, __LINE__, #c); } \
			   unlikely(_warn); })
#define VM_BUG_ON(c)	do { if (IS_ENABLED(CONFIG_DEBUG_VM)) BUG_ON(c); } while (0)

#endif
