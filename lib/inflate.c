// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/inflate.c - unpacking the "deflate" format
 *
 * Two ideas.  LZ77: what occurred within the last 32 KiB is not sent again, but as "copy `length`
 * bytes from `distance` back".  Huffman: literals and lengths (one alphabet) and distances (the
 * other) get codes by their frequency.
 *
 *	input:   block block ... block(last)		block = 3 bits of header, then
 *
 *	stored:  pad to a byte, length, ~length, bytes
 *	fixed:   codes known beforehand
 *	dynamic: code lengths, themselves coded, then as fixed:
 *		 symbol 0..255 literal | 256 end of block | 257..285 length, distance follows
 *
 *	window:  |ccccccccc|...............|		a ring of 32 KiB; when full, or at the
 *		  0        ^pos             32768	end, it is written out
 *
 *   I1  window[0, pos) is output not yet written out; behind pos lies the output before that
 *   I2  a copy reaches back at most 32768, and never before the first byte of output
 *   I3  `bits` holds nr_bits of input and 0 above; input not in it is [in, end)
 *
 * The input may be hostile: each read is bounded, each symbol and length is checked, and every loop
 * either consumes input or ends.  Output is bounded by whoever takes it: its error stops us.
 *
 *	gunzip -> inflate_stream -> inflate_block -> codes -> huffman_decode, copy_match -> put
 *
 * CONTEXT: any; no allocation, no recursion, 400 bytes of stack; the caller locks struct inflate.
 *
 * Source: RFC 1951.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/crc32.h>
#include <linux-lite/inflate.h>
#include <linux-lite/kernel.h>
#include <linux-lite/string.h>

enum { BLOCK_STORED, BLOCK_FIXED, BLOCK_DYNAMIC };

#define END_OF_BLOCK		256
#define FIRST_LENGTH		257
#define NR_LENGTHS		29
#define NR_DISTANCES		30
#define MAX_LITERAL_CODES	286
#define NR_CODE_LENGTHS		19

/* Length symbol i means base + the value of so many further bits; distances likewise. */
static const u16 length_base[NR_LENGTHS] = {
	3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27,
	31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
};

static const u8 length_bits[NR_LENGTHS] = {
	0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
};

static const u16 distance_base[NR_DISTANCES] = {
	1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769,
	1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
};

static const u8 distance_bits[NR_DISTANCES] = {
	0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8,
	9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
};

/* Write out what is in the window. */
static int flush(struct inflate *inf)
{
	size_t len = inf->pos;

	inf->crc = crc32_le(inf->crc, inf->window, len);
	inf->written += len;
	inf->pos = 0;
	return len ? inf->write(inf->ctx, inf->window, len) : 0;
}

static inline int put(struct inflate *inf, u8 byte)
{
	inf->window[inf->pos++] = byte;
	return inf->pos == INFLATE_WINDOW ? flush(inf) : 0;
}

/* Read @n bits, at most 16.  Return: their value, -EINVAL if there are fewer. */
static int take_bits(struct inflate *inf, unsigned int n)
{
	int value;

	inflate_refill(inf);
	if (inf->nr_bits < n)
		return -EINVAL;
	value = inf->bits & (BIT(n) - 1);
	inflate_drop(inf, n);
	return value;
}

/* Give whole bytes in `bits` back to the input, and drop the rest of the byte we are in. */
static void align_to_byte(struct inflate *inf)
{
	inf->in -= inf->nr_bits / 8;
	inf->bits = 0;
	inf->nr_bits = 0;
}

static int stored_block(struct inflate *inf)
{
	unsigned int len;
	int err;

	align_to_byte(inf);
	if (inf->end - inf->in < 4)
		return -EINVAL;
	len = inf->in[0] | inf->in[1] << 8;
	if ((len ^ 0xffff) != (unsigned int)(inf->in[2] | inf->in[3] << 8))
		return -EINVAL;
	inf->in += 4;
	if ((size_t)(inf->end - inf->in) < len)
		return -EINVAL;
	while (len--) {
		err = put(inf, *inf->in++);
		if (err)
			return err;
	}
	return 0;
}

/* Copy @len bytes from @distance back; the two may overlap, and then the copy repeats itself. */
static int copy_match(struct inflate *inf, unsigned int len, unsigned int distance)
{
	int err;

	if (distance > inf->written + inf->pos)		/* I2 */
		return -EINVAL;
	while (len--) {
		err = put(inf, inf->window[(inf->pos - distance) % INFLATE_WINDOW]);
		if (err)
			return err;
	}
	return 0;
}

/* A length symbol was read: read the rest of it and the distance, and copy. */
static int match(struct inflate *inf, unsigned int length_symbol)
{
	int extra, symbol, len;

	if (length_symbol >= NR_LENGTHS)
		return -EINVAL;
	extra = take_bits(inf, length_bits[length_symbol]);
	if (extra < 0)
		return extra;
	len = length_base[length_symbol] + extra;

	symbol = huffman_decode(&inf->distances, inf);
	if (symbol < 0 || symbol >= NR_DISTANCES)
		return -EINVAL;
	extra = take_bits(inf, distance_bits[symbol]);
	if (extra < 0)
		return extra;
	return copy_match(inf, len, distance_base[symbol] + extra);
}

/* The symbols of a block, to its end. */
static int codes(struct inflate *inf)
{
	int symbol, err;

	while ((symbol = huffman_decode(&inf->literals, inf)) != END_OF_BLOCK) {
		if (symbol < 0)
			return symbol;
		if (symbol < END_OF_BLOCK)
			err = put(inf, symbol);
		else
			err = match(inf, symbol - FIRST_LENGTH);
		if (err)
			return err;
	}
	return 0;
}

static int fixed_block(struct inflate *inf)
{
	u8 lengths[INFLATE_MAX_SYMBOLS];

	memset(lengths, 8, 144);
	memset(lengths + 144, 9, 256 - 144);
	memset(lengths + 256, 7, 280 - 256);
	memset(lengths + 280, 8, 288 - 280);
	huffman_build(&inf->literals, lengths, 288);
	memset(lengths, 5, 32);		/* two more than are used, to be complete */
	huffman_build(&inf->distances, lengths, 32);
	return codes(inf);
}

/* Read the code that the code lengths of a dynamic block are written in. */
static int read_length_code(struct inflate *inf, unsigned int nr)
{
	static const u8 order[NR_CODE_LENGTHS] = {
		16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
	};
	u8 lengths[NR_CODE_LENGTHS] = { 0 };

	for (unsigned int i = 0; i < nr; i++) {
		int len = take_bits(inf, 3);

		if (len < 0)
			return len;
		lengths[order[i]] = len;
	}
	/* Kept in `literals` until the real ones are known. */
	return huffman_build(&inf->literals, lengths, NR_CODE_LENGTHS) > 1 ? 0 : -EINVAL;
}

/* Read @nr code lengths, run-length coded: 16 repeats the last one, 17 and 18 are zeros. */
static int read_lengths(struct inflate *inf, u8 *lengths, unsigned int nr)
{
	unsigned int i = 0;

	while (i < nr) {
		int symbol = huffman_decode(&inf->literals, inf);
		int repeat;
		u8 len = 0;

		if (symbol < 0)
			return symbol;
		if (symbol < 16) {
			lengths[i++] = symbol;
			continue;
		}
		if (symbol == 16) {
			if (i == 0)
				return -EINVAL;
			len = lengths[i - 1];
		}
		repeat = take_bits(inf, symbol == 16 ? 2 : symbol == 17 ? 3 : 7);
		if (repeat < 0)
			return repeat;
		repeat += symbol == 18 ? 11 : 3;
		if (nr - i < (unsigned int)repeat)
			return -EINVAL;
		memset(lengths + i, len, repeat);
		i += repeat;
	}
	return 0;
}

static int dynamic_block(struct inflate *inf)
{
	u8 lengths[MAX_LITERAL_CODES + 32];
	int nr_literals, nr_distances, nr_code_lengths;

	nr_literals = take_bits(inf, 5);
	nr_distances = take_bits(inf, 5);
	nr_code_lengths = take_bits(inf, 4);
	if (nr_literals < 0 || nr_distances < 0 || nr_code_lengths < 0)
		return -EINVAL;
	nr_literals += 257;
	nr_distances += 1;
	nr_code_lengths += 4;
	if (nr_literals > MAX_LITERAL_CODES || nr_distances > NR_DISTANCES)
		return -EINVAL;

	if (read_length_code(inf, nr_code_lengths) ||
	    read_lengths(inf, lengths, nr_literals + nr_distances))
		return -EINVAL;
	if (!lengths[END_OF_BLOCK] ||
	    huffman_build(&inf->literals, lengths, nr_literals) < 0 ||
	    huffman_build(&inf->distances, lengths + nr_literals, nr_distances) < 0)
		return -EINVAL;
	return codes(inf);
}

static int inflate_block(struct inflate *inf)
{
	switch (take_bits(inf, 2)) {
	case BLOCK_STORED:
		return stored_block(inf);
	case BLOCK_FIXED:
		return fixed_block(inf);
	case BLOCK_DYNAMIC:
		return dynamic_block(inf);
	default:
		return -EINVAL;
	}
}

/**
 * inflate_stream - unpack a deflate stream
 * @inf: input, callback and counters set up by gunzip(); afterwards inf->in is the byte behind
 *
 * Return: 0; -EINVAL if the input is broken or cut off; an error of the callback.
 */
int inflate_stream(struct inflate *inf)
{
	int last, err;

	do {
		last = take_bits(inf, 1);
		if (last < 0)
			return last;
		err = inflate_block(inf);
		if (err)
			return err;
	} while (!last);
	align_to_byte(inf);
	return flush(inf);
}
