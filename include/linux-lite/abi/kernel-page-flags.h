/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel-page-flags.h - the bits of /proc/kpageflags, Linux's numbers: from Linux's
 * include/uapi/linux/kernel-page-flags.h. Those that say something here; from 32 on they are
 * Linux's own (include/linux/kernel-page-flags.h) and so not promised to programs.
 */
#ifndef LINUX_LITE_ABI_KERNEL_PAGE_FLAGS_H
#define LINUX_LITE_ABI_KERNEL_PAGE_FLAGS_H

#define KPF_LOCKED		0
#define KPF_REFERENCED		2
#define KPF_UPTODATE		3
#define KPF_DIRTY		4
#define KPF_LRU			5
#define KPF_ACTIVE		6
#define KPF_SLAB		7
#define KPF_BUDDY		10
#define KPF_MMAP		11
#define KPF_ANON		12
#define KPF_SWAPBACKED		14
#define KPF_COMPOUND_HEAD	15
#define KPF_COMPOUND_TAIL	16
#define KPF_NOPAGE		20
#define KPF_ZERO_PAGE		24
#define KPF_PGTABLE		26
#define KPF_RESERVED		32
#define KPF_ARCH		38

#endif
