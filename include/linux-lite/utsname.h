/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * utsname.h - the system's names. kernel/utsname.c.
 *
 * Small cousin of Linux's include/linux/utsname.h.
 */
#ifndef LINUX_LITE_UTSNAME_H
#define LINUX_LITE_UTSNAME_H

#include <linux-lite/abi/utsname.h>

/* nodename and domainname change (sethostname); a reader may see a half-written one. */
extern struct new_utsname init_uts;
/* The first line of the log and of /proc/version. */
extern const char linux_banner[];

#endif
