/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/crc32.h - the checksum of gzip
 *
 * The small cousin of Linux's include/linux/crc32.h.  Left out: big-endian and Castagnoli.
 */
#ifndef _LINUX_LITE_CRC32_H
#define _LINUX_LITE_CRC32_H

#include <linux-lite/types.h>

u32 crc32_le(u32 crc, const void *data, size_t len);

#endif /* _LINUX_LITE_CRC32_H */
