/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * types.h - the words everything else is written in.
 *
 * Both ports are LP64: long and pointers have 64 bits. The typedefs that a C
 * library also defines (size_t, pid_t, ...) have the very types that glibc gives
 * them, so that a unit test can include both this header and libc's.
 *
 * Small cousin of Linux's include/linux/types.h; left out: __le/__be sparse
 * types (device tree and virtio code convert explicitly) and the u_int family.
 */
#ifndef LINUX_LITE_TYPES_H
#define LINUX_LITE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define static_assert _Static_assert	/* as C11's <assert.h> */

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;

typedef long ssize_t;
typedef long loff_t;
typedef int pid_t;
typedef unsigned int uid_t;
typedef unsigned int gid_t;
typedef unsigned int mode_t;
typedef unsigned long dev_t;
typedef unsigned long ino_t;
typedef long time_t;
typedef int clockid_t;

typedef u64 phys_addr_t;	/* a physical address, in bytes */
typedef unsigned long pgoff_t;	/* an offset in an object, in pages */
typedef unsigned int gfp_t;	/* GFP_* bits, see gfp.h */
typedef u64 ktime_t;		/* nanoseconds since boot */

typedef struct { int counter; } atomic_t;
typedef struct { long counter; } atomic_long_t;

struct list_head {
	struct list_head *next, *prev;
};

struct hlist_node {
	struct hlist_node *next, **pprev;
};

struct hlist_head {
	struct hlist_node *first;
};

#endif
