// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/inflate_huffman.c - prefix codes: build a decoder, decode a symbol
 *
 * A Huffman code gives short codes to frequent symbols, and no code is the beginning of another.
 * Deflate sends only the *lengths* of the codes; the codes follow from two rules: shorter ones come
 * first, and those of one length count upward in the order of their symbols.  Example:
 *
 *	symbol	A  B  C  D		code	B = 0	A = 10	C = 110	D = 111
 *	length	2  1  3  3
 *
 * So with the number of codes of each length (count) and the symbols sorted by code (symbol), a
 * code is decoded bit by bit: at each length, it belongs to a symbol if it lies less than
 * count[length] above the first code of that length.
 *
 * That is a loop over bits for each symbol; so for codes of up to 9 bits a table (fast) is indexed
 * with the next 9 bits of input at once.  The input has a code's first bit lowest, therefore the
 * table is filled by the code reversed, once for each value of the bits behind it.
 *
 *   I1  the codes use up the space of all bit strings exactly (complete), but for a set of none,
 *	 or of one code of length 1: more would be ambiguous, less a sign of broken input
 *
 * CONTEXT: any.  Source: RFC 1951, section 3.2.2.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/inflate.h>
#include <linux-lite/string.h>

/* Check I1. */
static int check_complete(const struct huffman *h, unsigned int nr_codes)
{
	int left = 1;		/* bit strings of this length that no code begins */

	for (int len = 1; len <= INFLATE_MAX_BITS; len++) {
		left = left * 2 - h->count[len];
		if (left < 0)
			return -EINVAL;
	}
	if (left > 0 && !(nr_codes == 0 || (nr_codes == 1 && h->count[1] == 1)))
		return -EINVAL;
	return 0;
}

/* Enter one code into the table, if it is short enough. */
static void fill_fast(struct huffman *h, unsigned int code, unsigned int len, unsigned int symbol)
{
	unsigned int reversed = 0;

	if (len > INFLATE_FAST_BITS)
		return;
	for (unsigned int i = 0; i < len; i++)
		reversed |= (code >> i & 1) << (len - 1 - i);
	for (; reversed < 1 << INFLATE_FAST_BITS; reversed += 1 << len)
		h->fast[reversed] = symbol << 4 | len;
}

/**
 * huffman_build - make a decoder from code lengths
 * @h: filled in
 * @lengths: of each symbol's code in bits, at most INFLATE_MAX_BITS; 0: the symbol does not occur
 * @nr: symbols, at most INFLATE_MAX_SYMBOLS
 *
 * Return: the number of codes; -EINVAL if I1 is broken.
 */
int huffman_build(struct huffman *h, const u8 *lengths, unsigned int nr)
{
	u16 next_code[INFLATE_MAX_BITS + 1], next_index[INFLATE_MAX_BITS + 1];
	unsigned int code = 0, index = 0;

	memset(h, 0, sizeof(*h));
	for (unsigned int symbol = 0; symbol < nr; symbol++)
		h->count[lengths[symbol]]++;
	h->count[0] = 0;
	for (int len = 1; len <= INFLATE_MAX_BITS; len++) {
		next_code[len] = code;
		next_index[len] = index;
		code = (code + h->count[len]) << 1;
		index += h->count[len];
	}
	if (check_complete(h, index))
		return -EINVAL;
	for (unsigned int symbol = 0; symbol < nr; symbol++) {
		unsigned int len = lengths[symbol];

		if (!len)
			continue;
		h->symbol[next_index[len]++] = symbol;
		fill_fast(h, next_code[len]++, len, symbol);
	}
	return index;
}

/**
 * huffman_decode - read one symbol
 * @h: codes
 * @inf: input
 *
 * Return: the symbol; -EINVAL if no code begins like this, or the input ends.
 */
int huffman_decode(const struct huffman *h, struct inflate *inf)
{
	unsigned int entry, code = 0, first = 0, index = 0;

	inflate_refill(inf);
	entry = h->fast[inf->bits & ((1 << INFLATE_FAST_BITS) - 1)];
	if (entry && (entry & 15) <= inf->nr_bits) {
		inflate_drop(inf, entry & 15);
		return entry >> 4;
	}

	for (unsigned int len = 1; len <= INFLATE_MAX_BITS && len <= inf->nr_bits; len++) {
		code |= inf->bits >> (len - 1) & 1;
		if (code - first < h->count[len]) {
			inflate_drop(inf, len);
			return h->symbol[index + code - first];
		}
		index += h->count[len];
		first = (first + h->count[len]) << 1;
		code <<= 1;
	}
	return -EINVAL;
}
