/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * abi/dirent.h - one entry of getdents64(2).
 */
#ifndef LINUX_LITE_ABI_DIRENT_H
#define LINUX_LITE_ABI_DIRENT_H

#include <linux-lite/types.h>

struct linux_dirent64 {
	u64 d_ino;
	s64 d_off;		/* where the next one is: for lseek */
	unsigned short d_reclen;	/* multiple of 8 */
	unsigned char d_type;
	char d_name[];
};

/* d_type is the mode's type, shifted */
#define DT_UNKNOWN	0
#define DT_OF_MODE(m)	(((m) & 0170000) >> 12)

#endif
