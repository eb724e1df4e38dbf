/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * selftest.h - the memory manager's models, run at boot. tests/model/selftest.c.
 */
#ifndef LINUX_LITE_SELFTEST_H
#define LINUX_LITE_SELFTEST_H

#ifdef CONFIG_SELFTEST
void selftest_run(void);
#else
static inline void selftest_run(void) { }
#endif

#endif
