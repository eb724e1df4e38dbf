// SPDX-License-Identifier: GPL-2.0-only
/* chacha20_test.c - lib/chacha20.c against the vectors of RFC 8439. */
#include "suite.h"

#include <string.h>

#include <linux-lite/chacha20.h>

/* RFC 8439, section 2.3.2. */
START_TEST(block_function_vector)
{
	static const u8 nonce[12] = { 0, 0, 0, 9, 0, 0, 0, 0x4a, 0, 0, 0, 0 };
	static const u8 want[64] = {
		0x10, 0xf1, 0xe7, 0xe4, 0xd1, 0x3b, 0x59, 0x15, 0x50, 0x0f, 0xdd, 0x1f, 0xa3, 0x20,
		0x71, 0xc4, 0xc7, 0xd1, 0xf4, 0xc7, 0x33, 0xc0, 0x68, 0x03, 0x04, 0x22, 0xaa, 0x9a,
		0xc3, 0xd4, 0x6c, 0x4e, 0xd2, 0x82, 0x64, 0x46, 0x07, 0x9f, 0xaa, 0x09, 0x14, 0xc2,
		0xd7, 0x05, 0xd9, 0x8b, 0x02, 0xa2, 0xb5, 0x12, 0x9c, 0xd1, 0xde, 0x16, 0x4e, 0xb9,
		0xcb, 0xd0, 0x83, 0xe8, 0xa2, 0x50, 0x3c, 0x4e,
	};
	struct chacha20 state;
	u8 key[32], out[64];

	for (int i = 0; i < 32; i++)
		key[i] = i;
	chacha20_init(&state, key, 1, nonce);
	chacha20_block(&state, out);
	ck_assert_mem_eq(out, want, 64);
}
END_TEST

/* RFC 8439, section 2.4.2: the text is encrypted by two blocks, so the counter must move. */
START_TEST(key_stream_vector)
{
	static const char text[] = "Ladies and Gentlemen of the class of '99: If I could offer you "
		"only one tip for the future, sunscreen would be it.";
	static const u8 first[8] = { 0x6e, 0x2e, 0x35, 0x9a, 0x25, 0x68, 0xf9, 0x80 };
	static const u8 last[8] = { 0x8e, 0xed, 0xf2, 0x78, 0x5e, 0x42, 0x87, 0x4d };
	static const u8 nonce[12] = { 0, 0, 0, 0, 0, 0, 0, 0x4a, 0, 0, 0, 0 };
	struct chacha20 state;
	u8 key[32], stream[128];

	for (int i = 0; i < 32; i++)
		key[i] = i;
	chacha20_init(&state, key, 1, nonce);
	chacha20_block(&state, stream);
	chacha20_block(&state, stream + 64);
	ck_assert_uint_eq(strlen(text), 114);
	for (int i = 0; i < 114; i++)
		stream[i] ^= text[i];
	ck_assert_mem_eq(stream, first, 8);
	ck_assert_mem_eq(stream + 106, last, 8);
}
END_TEST

static Suite *chacha20_suite(void)
{
	Suite *s = suite_create("chacha20");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, block_function_vector);
	tcase_add_test(tc, key_stream_vector);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(chacha20_suite);
