/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * abi/utsname.h - what uname(2) and sysinfo(2) fill in.
 */
#ifndef LINUX_LITE_ABI_UTSNAME_H
#define LINUX_LITE_ABI_UTSNAME_H

#include <linux-lite/types.h>

#define __NEW_UTS_LEN	64

struct new_utsname {
	char sysname[__NEW_UTS_LEN + 1];
	char nodename[__NEW_UTS_LEN + 1];
	char release[__NEW_UTS_LEN + 1];
	char version[__NEW_UTS_LEN + 1];
	char machine[__NEW_UTS_LEN + 1];
	char domainname[__NEW_UTS_LEN + 1];
};

struct sysinfo {
	long uptime;			/* seconds */
	unsigned long loads[3];		/* 1, 5, 15 minutes, << 16 */
	unsigned long totalram, freeram, sharedram, bufferram, totalswap, freeswap;
	u16 procs, pad;
	unsigned long totalhigh, freehigh;
	u32 mem_unit;			/* bytes that the numbers above count */
};

static_assert(sizeof(struct sysinfo) == 112, "struct sysinfo");

#endif
