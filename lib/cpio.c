// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/cpio.c - reading cpio archives of the "newc" form: the initramfs
 *
 * An archive is a row of entries, each at a multiple of 4 bytes:
 *
 *	+--------+---------------+--------+-----+------------+-----+
 *	| magic  | 13 fields of  | name   | pad | data       | pad |
 *	| 070701 | 8 hex digits  | ...\0  | 0-3 | size bytes | 0-3 |
 *	+--------+---------------+--------+-----+------------+-----+
 *	0        6              110
 *
 * and ends with an entry called "TRAILER!!!".  Behind it may come zeros, and then another archive:
 * that is how a boot loader joins two of them, and how `cat a.cpio b.cpio` works.
 *
 *	I1  it->start <= it->pos <= it->end; nothing outside [start, end) is read
 *	I2  an entry is handed out only if all of it, padding apart, lies in the archive
 *
 * Magic 070702 has a checksum in the last field, which is not verified (nor does Linux).
 *
 * CONTEXT: any; no locks, no allocation.
 *
 * Source: cpio(5), "New ASCII Format"; Linux's Documentation/driver-api/early-userspace.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/cpio.h>
#include <linux-lite/ctype.h>
#include <linux-lite/kernel.h>
#include <linux-lite/string.h>

#define HEADER_SIZE	110
#define MAGIC_SIZE	6
#define FIELD_SIZE	8
#define TRAILER		"TRAILER!!!"

/* In the order of the header. */
enum field {
	INO, MODE, UID, GID, NLINK, MTIME, FILESIZE, DEV_MAJOR, DEV_MINOR, RDEV_MAJOR, RDEV_MINOR,
	NAMESIZE, CHECK, NR_FIELDS
};

/* Read 8 hexadecimal digits.  Return: false if one is none. */
static bool read_field(const u8 *p, u32 *value)
{
	*value = 0;
	for (int i = 0; i < FIELD_SIZE; i++) {
		if (!isxdigit(p[i]))
			return false;
		*value = *value << 4 | (isdigit(p[i]) ? p[i] - '0' : tolower(p[i]) - 'a' + 10);
	}
	return true;
}

static size_t left(const struct cpio_iter *it)
{
	return it->end - it->pos;
}

/* Skip @n bytes and the padding behind them, of which the archive's end may lack a part (I1). */
static void skip_padded(struct cpio_iter *it, size_t n)
{
	size_t offset = ALIGN((size_t)(it->pos - it->start) + n, 4);

	it->pos = it->start + min(offset, (size_t)(it->end - it->start));
}

/* Skip zeros between archives.  The headers of another one are aligned to its own beginning. */
static void skip_zeros(struct cpio_iter *it)
{
	if (it->pos == it->end || *it->pos)
		return;
	while (it->pos < it->end && !*it->pos)
		it->pos++;
	it->start = it->pos;
}

/**
 * cpio_start - begin to read an archive
 * @it: filled in
 * @archive: one archive or several joined; must stay while @it and its entries are in use
 * @size: bytes
 */
void cpio_start(struct cpio_iter *it, const void *archive, size_t size)
{
	it->start = archive;
	it->pos = archive;
	it->end = it->pos + size;
}

/* Decode the entry at it->pos and step behind it.  Return: 0, -EINVAL. */
static int read_entry(struct cpio_iter *it, struct cpio_entry *entry)
{
	u32 f[NR_FIELDS];

	if (left(it) < HEADER_SIZE ||
	    (memcmp(it->pos, "070701", MAGIC_SIZE) && memcmp(it->pos, "070702", MAGIC_SIZE)))
		return -EINVAL;
	for (int i = 0; i < NR_FIELDS; i++) {
		if (!read_field(it->pos + MAGIC_SIZE + i * FIELD_SIZE, &f[i]))
			return -EINVAL;
	}
	it->pos += HEADER_SIZE;

	entry->name = (const char *)it->pos;
	if (f[NAMESIZE] == 0 || f[NAMESIZE] > left(it) || entry->name[f[NAMESIZE] - 1])
		return -EINVAL;
	skip_padded(it, f[NAMESIZE]);

	if (f[FILESIZE] > left(it))
		return -EINVAL;
	entry->data = it->pos;
	entry->size = f[FILESIZE];
	skip_padded(it, f[FILESIZE]);

	entry->ino = f[INO];
	entry->mode = f[MODE];
	entry->uid = f[UID];
	entry->gid = f[GID];
	entry->nlink = f[NLINK];
	entry->mtime = f[MTIME];
	entry->dev_major = f[DEV_MAJOR];
	entry->dev_minor = f[DEV_MINOR];
	entry->rdev_major = f[RDEV_MAJOR];
	entry->rdev_minor = f[RDEV_MINOR];
	return 0;
}

/**
 * cpio_next - the next file of an archive
 * @it: where we are; after a failure it->pos is where the trouble begins (which may be fine: a
 *	compressed archive, say)
 * @entry: filled in
 *
 * Return: 1 and @entry; 0 at the end; -EINVAL if what comes is no entry, or cut off.
 */
int cpio_next(struct cpio_iter *it, struct cpio_entry *entry)
{
	struct cpio_iter next;

	do {
		skip_zeros(it);
		if (it->pos == it->end)
			return 0;
		next = *it;
		if (read_entry(&next, entry))
			return -EINVAL;
		*it = next;
	} while (!strcmp(entry->name, TRAILER));
	return 1;
}
