/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/cpio.h - reading cpio archives of the "newc" form
 *
 * The cousin of what Linux keeps in init/initramfs.c and lib/earlycpio.c.  Left out: the old forms
 * of the header, and following hard links (an entry tells ino and nlink; the user ties them).
 */
#ifndef _LINUX_LITE_CPIO_H
#define _LINUX_LITE_CPIO_H

#include <linux-lite/types.h>

/* A place in an archive.  Locked by its user. */
struct cpio_iter {
	const u8 *pos, *end;	/* what is still to be read */
	const u8 *start;	/* of the archive: headers are aligned relative to this */
};

/* One file.  name and data point into the archive. */
struct cpio_entry {
	const char *name;	/* ends in 0; no leading slash is promised */
	const u8 *data;		/* contents, or the target of a symbolic link (without a 0) */
	u32 size;		/* bytes of data */
	u32 ino, mode, uid, gid, nlink, mtime;
	u32 dev_major, dev_minor;	/* where it lay; with ino, names a hard-linked file */
	u32 rdev_major, rdev_minor;	/* if it is a device node */
};

void cpio_start(struct cpio_iter *it, const void *archive, size_t size);
int cpio_next(struct cpio_iter *it, struct cpio_entry *entry);

#endif /* _LINUX_LITE_CPIO_H */
