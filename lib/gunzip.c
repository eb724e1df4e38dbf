// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/gunzip.c - unpacking a gzip file
 *
 *	+-------+----+-------+-------+-----+----+-----------------------------------+
 *	| 1f 8b | 08 | flags | mtime | xfl | os | extra?  name?  comment?  crc16?    |
 *	+-------+----+-------+-------+-----+----+-----------------------------------+
 *	| deflate stream (lib/inflate.c)                                            |
 *	+-----------------------------------+---------------------------------------+
 *	| crc32 of the unpacked bytes       | their number modulo 2^32              |
 *	+-----------------------------------+---------------------------------------+
 *
 * Several of them may follow each other; the caller goes on behind @consumed.
 *
 * By the time a wrong checksum shows, all the output has been handed out: the caller must be ready
 * to throw it away.
 *
 * CONTEXT: any; no allocation.  Source: RFC 1952.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/crc32.h>
#include <linux-lite/inflate.h>
#include <linux-lite/string.h>

#define HEADER_SIZE	10
#define TRAILER_SIZE	8
#define METHOD_DEFLATE	8

enum {
	FHCRC = 2,
	FEXTRA = 4,
	FNAME = 8,
	FCOMMENT = 16,
	RESERVED = 0xe0,
};

static inline u32 read_le32(const u8 *p)
{
	return p[0] | (u32)p[1] << 8 | (u32)p[2] << 16 | (u32)p[3] << 24;
}

/* Skip @n bytes.  Return: false if there are fewer. */
static bool skip(struct inflate *inf, size_t n)
{
	if ((size_t)(inf->end - inf->in) < n)
		return false;
	inf->in += n;
	return true;
}

/* Skip a string.  Return: false if it does not end. */
static bool skip_string(struct inflate *inf)
{
	const u8 *zero = memchr(inf->in, 0, inf->end - inf->in);

	if (!zero)
		return false;
	inf->in = zero + 1;
	return true;
}

static int read_header(struct inflate *inf)
{
	const u8 *header = inf->in;
	u8 flags;

	if (!skip(inf, HEADER_SIZE) || header[0] != 0x1f || header[1] != 0x8b ||
	    header[2] != METHOD_DEFLATE)
		return -EINVAL;
	flags = header[3];
	if (flags & RESERVED)
		return -EINVAL;
	if (flags & FEXTRA) {
		const u8 *len = inf->in;

		if (!skip(inf, 2) || !skip(inf, len[0] | len[1] << 8))
			return -EINVAL;
	}
	if ((flags & FNAME) && !skip_string(inf))
		return -EINVAL;
	if ((flags & FCOMMENT) && !skip_string(inf))
		return -EINVAL;
	if (flags & FHCRC) {
		const u8 *crc = inf->in;
		u32 right = ~crc32_le(~0U, header, crc - header);

		if (!skip(inf, 2) || (right & 0xffff) != (u32)(crc[0] | crc[1] << 8))
			return -EINVAL;
	}
	return 0;
}

static int check_trailer(struct inflate *inf)
{
	const u8 *trailer = inf->in;

	if (!skip(inf, TRAILER_SIZE))
		return -EINVAL;
	if (read_le32(trailer) != ~inf->crc || read_le32(trailer + 4) != (u32)inf->written)
		return -EINVAL;
	return 0;
}

/**
 * gunzip - unpack one gzip file
 * @inf: scratch memory, of any contents
 * @in: input
 * @in_size: bytes of it
 * @write: takes the output, in pieces
 * @ctx: for @write
 * @consumed: on success, bytes of input used; may be NULL
 *
 * Context: as @write.
 * Return: 0; -EINVAL if this is not gzip, broken, cut off, or the checksum is wrong; an error of
 * @write.
 */
int gunzip(struct inflate *inf, const void *in, size_t in_size, inflate_write_t write, void *ctx,
	   size_t *consumed)
{
	int err;

	inf->in = in;
	inf->end = inf->in + in_size;
	inf->bits = 0;
	inf->nr_bits = 0;
	inf->write = write;
	inf->ctx = ctx;
	inf->crc = ~0U;
	inf->written = 0;
	inf->pos = 0;

	err = read_header(inf);
	if (!err)
		err = inflate_stream(inf);
	if (!err)
		err = check_trailer(inf);
	if (!err && consumed)
		*consumed = inf->in - (const u8 *)in;
	return err;
}
