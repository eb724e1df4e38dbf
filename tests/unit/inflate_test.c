// SPDX-License-Identifier: GPL-2.0-only
/*
 * inflate_test.c - lib/inflate*.c and lib/gunzip.c on what gzip packs, at all levels, and on the
 * same cut off and changed.  Input lies in heap blocks of exactly its size.
 */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux-lite/abi/errno.h>
#include <linux-lite/crc32.h>
#include <linux-lite/inflate.h>

struct sink {
	const unsigned char *want;	/* what must come, or NULL */
	unsigned char *out;		/* where to keep it, or NULL */
	size_t size, limit;
};

static int sink_write(void *ctx, const void *data, size_t len)
{
	struct sink *sink = ctx;

	test_assert(len > 0 && len <= INFLATE_WINDOW);
	if (len > sink->limit - sink->size)
		return -ENOSPC;
	if (sink->want)
		test_assert(!memcmp(sink->want + sink->size, data, len));
	if (sink->out)
		memcpy(sink->out + sink->size, data, len);
	sink->size += len;
	return 0;
}

static int unpack(const unsigned char *packed, size_t size, struct sink *sink, size_t *consumed)
{
	struct inflate *inf = malloc(sizeof(*inf));
	unsigned char *copy = malloc(size);
	int err;

	memset(inf, 0xa5, sizeof(*inf));
	memcpy(copy, packed, size);
	sink->size = 0;
	err = gunzip(inf, copy, size, sink_write, sink, consumed);
	free(copy);
	free(inf);
	return err;
}

/* Let gzip pack @size bytes.  Return: a heap block, *@packed_size bytes. */
static unsigned char *pack(const unsigned char *data, size_t size, const char *options,
			   size_t *packed_size)
{
	char name[] = "/tmp/inflate_test.XXXXXX", command[200];
	size_t room = size + size / 100 + 200;
	unsigned char *packed = malloc(room);
	int fd = mkstemp(name);
	FILE *f;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, data, size), (ssize_t)size);
	close(fd);
	snprintf(command, sizeof(command), "gzip -c %s %s", options, name);
	f = popen(command, "r");
	*packed_size = fread(packed, 1, room, f);
	ck_assert_int_eq(pclose(f), 0);
	ck_assert_uint_lt(*packed_size, room);
	unlink(name);
	return packed;
}

/* Data of different temper: zeros, text, noise, long repeats, and a mixture. */
static unsigned char *make_data(size_t size, int kind, uint64_t *rnd)
{
	static const char *const words[] = { "page ", "frame ", "the ", "of\n", "table ", "a " };
	unsigned char *data = malloc(size + 8);
	size_t i = 0;

	while (i < size) {
		uint64_t r = test_random(rnd);
		int now = kind == 4 ? (int)(r >> 60) % 4 : kind;
		size_t run = kind == 4 ? 1 + r % 5000 : 1;

		for (; run && i < size; run--) {
			if (now == 0)
				data[i++] = 0;
			else if (now == 1)
				i += sprintf((char *)data + i, "%s", words[test_random(rnd) % 6]);
			else if (now == 2)
				data[i++] = test_random(rnd);
			else if (i < 40000)
				data[i++] = test_random(rnd) % 3;
			else
				data[i] = data[i - 32768], i++;
		}
	}
	return data;
}

START_TEST(all_levels_and_sizes)
{
	static const size_t sizes[] = { 0, 1, 100, 32767, 32768, 32769, 65536, 300000 };
	uint64_t rnd = test_seed();
	char options[20];

	for (int round = 0; round < 60; round++) {
		size_t size = sizes[round % 8], packed_size, consumed;
		unsigned char *data = make_data(size, round % 5, &rnd);
		struct sink sink = { .want = data, .limit = size };
		unsigned char *packed;

		sprintf(options, "-%d %s", 1 + round % 9, round % 2 ? "-n" : "-N");
		packed = pack(data, size, options, &packed_size);
		ck_assert_int_eq(unpack(packed, packed_size, &sink, &consumed), 0);
		ck_assert_uint_eq(sink.size, size);
		ck_assert_uint_eq(consumed, packed_size);
		free(packed);
		free(data);
	}
}
END_TEST

/* A file packed by hand, with every optional part of the header, and stored. */
static size_t make_stored(unsigned char *p, int flags)
{
	unsigned char *start = p;
	u32 crc = ~crc32_le(~0U, "hello", 5);

	memcpy(p, "\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
	p[3] = flags;
	p += 10;
	if (flags & 4) {
		memcpy(p, "\x03\0xyz", 5);
		p += 5;
	}
	if (flags & 8) {
		strcpy((char *)p, "name");
		p += 5;
	}
	if (flags & 16) {
		strcpy((char *)p, "a comment");
		p += 10;
	}
	if (flags & 2) {
		u32 header_crc = ~crc32_le(~0U, start, p - start);

		*p++ = header_crc;
		*p++ = header_crc >> 8;
	}
	memcpy(p, "\x01\x05\0\xfa\xff" "hello", 10);
	p += 10;
	for (int i = 0; i < 4; i++)
		*p++ = crc >> 8 * i;
	memcpy(p, "\x05\0\0\0", 4);
	return p + 4 - start;
}

START_TEST(header_parts)
{
	unsigned char file[100];
	struct sink sink = { .want = (const unsigned char *)"hello", .limit = 5 };
	size_t consumed;

	for (int flags = 0; flags < 32; flags++) {
		size_t size = make_stored(file, flags);

		memcpy(file + size, "next", 4);
		ck_assert_int_eq(unpack(file, size + 4, &sink, &consumed), 0);
		ck_assert_uint_eq(sink.size, 5);
		ck_assert_uint_eq(consumed, size);
		for (size_t n = 0; n < size; n++)
			ck_assert_int_eq(unpack(file, n, &sink, NULL), -EINVAL);
		if (flags & 2) {
			file[4] ^= 1;		/* the time, under the header's checksum */
			ck_assert_int_eq(unpack(file, size, &sink, NULL), -EINVAL);
		}
	}
	for (int bit = 5; bit < 8; bit++)
		ck_assert_int_eq(unpack(file, make_stored(file, 1 << bit), &sink, NULL), -EINVAL);
}
END_TEST

START_TEST(checksum_and_length_are_verified)
{
	struct sink sink = { .limit = 5 };
	unsigned char file[100];
	size_t size = make_stored(file, 0);

	for (size_t i = size - 8; i < size; i++) {
		file[i] ^= 0x10;
		ck_assert_int_eq(unpack(file, size, &sink, NULL), -EINVAL);
		file[i] ^= 0x10;
	}
	file[size - 9] ^= 1;		/* the last byte of the data */
	ck_assert_int_eq(unpack(file, size, &sink, NULL), -EINVAL);
}
END_TEST

START_TEST(the_sinks_error_comes_back)
{
	struct sink sink = { .limit = 4 };
	unsigned char file[100];
	size_t size = make_stored(file, 0);

	ck_assert_int_eq(unpack(file, size, &sink, NULL), -ENOSPC);
}
END_TEST

/* Deflate streams that no packer makes, behind a gzip header. */
START_TEST(broken_streams_are_refused)
{
	static const struct { const char *bytes; int len; } bad[] = {
		{ "\x07", 1 },				/* block type 3 */
		{ "\x01\x05\0\xfb\xff" "hello", 10 },	/* length and its complement differ */
		{ "\x01\xff\xff\0\0", 5 },		/* stored, but not there */
		{ "\x63\x00", 2 },			/* fixed, without an end */
		{ "\x03\x02\0\0\0", 5 },		/* a copy from before the beginning */
		{ "\x1b\x03\0\0", 4 },			/* length symbol 286 */
		{ "\x05\0\0\0\0\0\0\0\0", 9 },		/* dynamic, no code lengths at all */
		{ "\xfd\xff\xff\xff\xff\xff\xff", 7 },	/* dynamic, too many symbols */
		{ "\x05\xe0\x93\x24\x49\x92\x24\x49", 8 },	/* code lengths over-subscribed */
	};
	struct sink sink = { .limit = 100000 };
	unsigned char file[40] = "\x1f\x8b\x08\0\0\0\0\0\0\x03";

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		memcpy(file + 10, bad[i].bytes, bad[i].len);
		ck_assert_msg(unpack(file, 10 + bad[i].len, &sink, NULL) == -EINVAL,
			      "stream %zu was taken", i);
		ck_assert_uint_eq(sink.size, 0);
	}
}
END_TEST

/* Bits, the lowest of each byte first. */
struct bits {
	unsigned char bytes[60];
	unsigned int nr;
};

static void add_bits(struct bits *b, unsigned int value, unsigned int n)
{
	for (; n--; value >>= 1, b->nr++)
		b->bytes[b->nr / 8] |= (value & 1) << b->nr % 8;
}

/*
 * A dynamic block with no data.  Its code lengths are 256 zeros, 1 for the end of block, and 11
 * zeros for distances, of which there should be @nr_distances.  They are written in two codes of
 * one bit: 0 means "1", 1 means "so many zeros".
 */
static struct bits empty_dynamic_block(unsigned int nr_distances)
{
	struct bits b = { .bytes = "\x1f\x8b\x08\0\0\0\0\0\0\x03", .nr = 80 };

	add_bits(&b, 5, 3);			/* last, dynamic */
	add_bits(&b, 0, 5);			/* 257 literals and lengths */
	add_bits(&b, nr_distances - 1, 5);
	add_bits(&b, 18 - 4, 4);
	for (int i = 0; i < 18; i++)		/* third: symbol 18; eighteenth: symbol 1 */
		add_bits(&b, i == 2 || i == 17, 3);
	add_bits(&b, 1 | (138 - 11) << 1, 8);
	add_bits(&b, 1 | (118 - 11) << 1, 8);
	add_bits(&b, 0, 1);
	add_bits(&b, 1 | (11 - 11) << 1, 8);
	add_bits(&b, 0, 1);			/* end of block */
	b.nr = (b.nr + 7) / 8 * 8 + 64;		/* checksum and length of nothing are 0 */
	return b;
}

START_TEST(repeated_code_lengths_must_fit)
{
	struct sink sink = { .limit = 0 };

	for (unsigned int nr_distances = 9; nr_distances <= 11; nr_distances++) {
		struct bits b = empty_dynamic_block(nr_distances);

		ck_assert_int_eq(unpack(b.bytes, b.nr / 8, &sink, NULL),
				 nr_distances == 11 ? 0 : -EINVAL);
	}
}
END_TEST

START_TEST(nothing_to_repeat_at_first)
{
	struct bits b = { .bytes = "\x1f\x8b\x08\0\0\0\0\0\0\x03", .nr = 80 };
	struct sink sink = { .limit = 0 };

	add_bits(&b, 5, 3);
	add_bits(&b, 0, 14);			/* 257, 1, 4 code lengths */
	add_bits(&b, 1 | 1 << 6, 12);		/* 16: one bit, 18: one bit */
	ck_assert_int_eq(unpack(b.bytes, sizeof(b.bytes), &sink, NULL), -EINVAL);
}
END_TEST

START_TEST(codes_must_be_complete)
{
	static const struct { u8 lengths[5]; int want; } sets[] = {
		{ { 2, 1, 3, 3, 0 }, 4 }, { { 1, 1, 0, 0, 0 }, 2 }, { { 2, 2, 2, 2, 0 }, 4 },
		{ { 0, 0, 0, 0, 0 }, 0 }, { { 0, 1, 0, 0, 0 }, 1 },
		{ { 1, 1, 1, 0, 0 }, -EINVAL }, { { 2, 2, 2, 2, 2 }, -EINVAL },
		{ { 2, 1, 3, 0, 0 }, -EINVAL }, { { 0, 2, 0, 0, 0 }, -EINVAL },
		{ { 15, 1, 0, 0, 0 }, -EINVAL }, { { 1, 2, 3, 4, 4 }, 5 },
	};
	struct huffman *h = malloc(sizeof(*h));

	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
		ck_assert_int_eq(huffman_build(h, sets[i].lengths, 5), sets[i].want);
	free(h);
}
END_TEST

START_TEST(cut_off_and_changed)
{
	uint64_t rnd = test_seed();

	for (int kind = 1; kind < 5; kind++) {
		size_t size = 3000, packed_size;
		unsigned char *data = make_data(size, kind, &rnd);
		unsigned char *packed = pack(data, size, "-n", &packed_size);
		struct sink sink = { .limit = 1 << 20, .out = malloc(1 << 20) };

		for (size_t n = 0; n < packed_size; n++)
			test_assert(unpack(packed, n, &sink, NULL) == -EINVAL);
		for (int round = 0; round < 3000; round++) {
			uint64_t r = test_random(&rnd);
			size_t at = r >> 32 & 1 ? 10 + (r >> 8) % 60 : (r >> 8) % packed_size;
			unsigned char old = packed[at];
			int err;

			packed[at] ^= 1 + r % 255;
			err = unpack(packed, packed_size, &sink, NULL);
			/* Some changes do no harm: a copy from elsewhere, of the same bytes. */
			test_assert(err == -EINVAL || err == -ENOSPC ||
				    (!err && sink.size == size && !memcmp(sink.out, data, size)));
			packed[at] = old;
		}
		free(sink.out);
		free(packed);
		free(data);
	}
}
END_TEST

static Suite *inflate_suite(void)
{
	Suite *s = suite_create("inflate");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, all_levels_and_sizes);
	tcase_add_test(tc, header_parts);
	tcase_add_test(tc, checksum_and_length_are_verified);
	tcase_add_test(tc, the_sinks_error_comes_back);
	tcase_add_test(tc, broken_streams_are_refused);
	tcase_add_test(tc, repeated_code_lengths_must_fit);
	tcase_add_test(tc, nothing_to_repeat_at_first);
	tcase_add_test(tc, codes_must_be_complete);
	tcase_add_test(tc, cut_off_and_changed);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(inflate_suite);
