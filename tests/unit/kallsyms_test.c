// SPDX-License-Identifier: GPL-2.0-only
/*
 * kallsyms_test.c - finding a function's name, in a table of three functions that scripts/kallsyms
 * could have made: start at 0, 36 long; main at 36, 64 long; last from 100 to the end, 28 long.
 */
#include "suite.h"
#include <linux-lite/kallsyms.h>

__asm__(".pushsection .text\n"
	".globl _text, _etext\n"
	"_text: .skip 128\n"
	"_etext:\n"
	".popsection\n");
extern const char _text[];

extern const u32 kallsyms_count, kallsyms_offsets[], kallsyms_name_off[];
extern const char kallsyms_names[];
const u32 kallsyms_count = 3;
const u32 kallsyms_offsets[] = { 0, 36, 100 };
const u32 kallsyms_name_off[] = { 0, 6, 11 };
const char kallsyms_names[] = "start\0main\0last";

static void expect(unsigned long at, const char *name, unsigned long offset, unsigned long size)
{
	unsigned long got_offset = 4711, got_size = 4711;

	ck_assert_str_eq(kallsyms_lookup((unsigned long)_text + at, &got_offset, &got_size), name);
	ck_assert_uint_eq(got_offset, offset);
	ck_assert_uint_eq(got_size, size);
}

START_TEST(each_byte_belongs_to_its_function)
{
	for (unsigned long i = 0; i < 36; i++)
		expect(i, "start", i, 36);
	for (unsigned long i = 0; i < 64; i++)
		expect(36 + i, "main", i, 64);
	for (unsigned long i = 0; i < 28; i++)
		expect(100 + i, "last", i, 28);
}
END_TEST

START_TEST(addresses_outside_have_no_name)
{
	unsigned long text = (unsigned long)_text;

	ck_assert_ptr_null(kallsyms_lookup(text - 1, NULL, NULL));
	ck_assert_ptr_null(kallsyms_lookup(text + 128, NULL, NULL));
	ck_assert_ptr_null(kallsyms_lookup(0, NULL, NULL));
	ck_assert_ptr_null(kallsyms_lookup(-1UL, NULL, NULL));
}
END_TEST

START_TEST(offset_and_size_need_not_be_asked_for)
{
	ck_assert_str_eq(kallsyms_lookup((unsigned long)_text + 99, NULL, NULL), "main");
}
END_TEST

START_TEST(symbols_in_words)
{
	char text[KSYM_SYMBOL_LEN];

	ck_assert_int_eq(sprint_symbol(text, (unsigned long)_text + 36), 13);
	ck_assert_str_eq(text, "main+0x0/0x40");
	sprint_symbol(text, (unsigned long)_text + 110);
	ck_assert_str_eq(text, "last+0xa/0x1c");
	sprint_symbol(text, 0xdead);
	ck_assert_str_eq(text, "0xdead");
}
END_TEST

static Suite *kallsyms_suite(void)
{
	Suite *s = suite_create("kallsyms");
	TCase *tc = tcase_create("lookup");

	tcase_add_test(tc, each_byte_belongs_to_its_function);
	tcase_add_test(tc, addresses_outside_have_no_name);
	tcase_add_test(tc, offset_and_size_need_not_be_asked_for);
	tcase_add_test(tc, symbols_in_words);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(kallsyms_suite);
