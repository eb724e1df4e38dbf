/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/inflate.h - unpacking gzip
 *
 * The small cousin of Linux's include/linux/decompress/inflate.h and zlib.h.  Left out: packing,
 * the zlib container, preset dictionaries.  The theory heads lib/inflate.c.
 *
 * The whole input is in memory; the output goes out in pieces through a callback.  lib/ does not
 * allocate: the caller supplies a struct inflate, 36 KiB, not for the stack.
 */
#ifndef _LINUX_LITE_INFLATE_H
#define _LINUX_LITE_INFLATE_H

#include <linux-lite/types.h>

#define INFLATE_WINDOW		32768	/* bytes a copy may reach back */
#define INFLATE_MAX_BITS	15	/* of a code */
#define INFLATE_MAX_SYMBOLS	288
#define INFLATE_FAST_BITS	9	/* codes up to this length take one look-up */

/* A set of codes; see lib/inflate_huffman.c. */
struct huffman {
	u16 count[INFLATE_MAX_BITS + 1];	/* codes of each length */
	u16 symbol[INFLATE_MAX_SYMBOLS];	/* in the order of their codes */
	u16 fast[1 << INFLATE_FAST_BITS];	/* symbol << 4 | length, or 0 */
};

/*
 * inflate_write_t - take a piece of output
 * @ctx: as given to gunzip(); @data: @len bytes (at most INFLATE_WINDOW)
 * Return: 0 to go on; else -errno, which gunzip() returns.
 */
typedef int (*inflate_write_t)(void *ctx, const void *data, size_t len);

/* Locked by its user. */
struct inflate {
	const u8 *in, *end;	/* input not yet in `bits` */
	u64 bits;		/* input, the next bit lowest; nothing above nr_bits */
	unsigned int nr_bits;

	inflate_write_t write;
	void *ctx;
	u32 crc;		/* of what was written out */
	u64 written;		/* bytes */
	u32 pos;		/* bytes in the window not yet written out */
	u8 window[INFLATE_WINDOW];

	struct huffman literals, distances;
};

int gunzip(struct inflate *inf, const void *in, size_t in_size, inflate_write_t write, void *ctx,
	   size_t *consumed);

/* Between lib/gunzip.c, lib/inflate.c and lib/inflate_huffman.c. */
int inflate_stream(struct inflate *inf);
int huffman_build(struct huffman *h, const u8 *lengths, unsigned int nr);
int huffman_decode(const struct huffman *h, struct inflate *inf);

/* Top `bits` up to more than 56 bits, as far as there is input. */
static inline void inflate_refill(struct inflate *inf)
{
	while (inf->nr_bits <= 56 && inf->in < inf->end) {
		inf->bits |= (u64)*inf->in++ << inf->nr_bits;
		inf->nr_bits += 8;
	}
}

/* Drop @n bits, which are there. */
static inline void inflate_drop(struct inflate *inf, unsigned int n)
{
	inf->bits >>= n;
	inf->nr_bits -= n;
}

#endif /* _LINUX_LITE_INFLATE_H */
