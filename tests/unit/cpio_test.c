// SPDX-License-Identifier: GPL-2.0-only
/*
 * cpio_test.c - lib/cpio.c on archives written here: several joined, cut off at every byte, with
 * changed bytes.
 */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux-lite/abi/errno.h>
#include <linux-lite/cpio.h>

static unsigned char archive[4096];
static size_t size;

static void pad(size_t to)
{
	while (size % to)
		archive[size++] = 0;
}

static void add(const char *name, unsigned int mode, const char *data, unsigned int len)
{
	size += sprintf((char *)archive + size,
			"070701%08X%08x%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X",
			(unsigned int)size, mode, 1000, 2000, 3, 0x5e0be100, len, 8, 1, 5, 64,
			(unsigned int)strlen(name) + 1, 0);
	strcpy((char *)archive + size, name);
	size += strlen(name) + 1;
	pad(4);
	memcpy(archive + size, data, len);
	size += len;
	pad(4);
}

/* Two archives: the first padded to 512, the second behind some more zeros at an odd place. */
static void setup(void)
{
	size = 0;
	add("bin", 040755, "", 0);
	add("bin/sh", 0100755, "\x7f" "ELF", 4);
	add("init", 0120777, "bin/sh", 6);
	add("TRAILER!!!", 0, "", 0);
	pad(512);
	add("etc/rc", 0100644, "echo hello\n", 11);
	add("empty", 0100600, "", 0);
	add("TRAILER!!!", 0, "", 0);
}

START_TEST(entries_of_joined_archives)
{
	static const struct { const char *name, *data; u32 mode; } want[] = {
		{ "bin", "", 040755 }, { "bin/sh", "\x7f" "ELF", 0100755 },
		{ "init", "bin/sh", 0120777 }, { "etc/rc", "echo hello\n", 0100644 },
		{ "empty", "", 0100600 },
	};
	struct cpio_entry e;
	struct cpio_iter it;
	u32 last_ino = 0;

	cpio_start(&it, archive, size);
	for (int i = 0; i < 5; i++) {
		ck_assert_int_eq(cpio_next(&it, &e), 1);
		ck_assert_str_eq(e.name, want[i].name);
		ck_assert_uint_eq(e.mode, want[i].mode);
		ck_assert_uint_eq(e.size, strlen(want[i].data));
		ck_assert_mem_eq(e.data, want[i].data, e.size);
		ck_assert(e.uid == 1000 && e.gid == 2000 && e.nlink == 3);
		ck_assert(e.mtime == 0x5e0be100 && e.dev_major == 8 && e.dev_minor == 1);
		ck_assert(e.rdev_major == 5 && e.rdev_minor == 64);
		ck_assert(i == 0 || e.ino > last_ino);
		last_ino = e.ino;
	}
	ck_assert_int_eq(cpio_next(&it, &e), 0);
	ck_assert_int_eq(cpio_next(&it, &e), 0);
}
END_TEST

START_TEST(a_second_archive_may_begin_anywhere)
{
	static unsigned char joined[3000];
	struct cpio_entry e;
	struct cpio_iter it;

	for (size_t gap = 1; gap < 9; gap++) {
		int n = 0;

		memset(joined, 0, sizeof(joined));
		memcpy(joined, archive, size);
		memcpy(joined + size + gap, archive + 512, size - 512);
		cpio_start(&it, joined, 2 * size + gap - 512);
		while (cpio_next(&it, &e) == 1)
			n++;
		ck_assert_int_eq(n, 7);
		ck_assert_int_eq(cpio_next(&it, &e), 0);
	}
}
END_TEST

START_TEST(something_else_behind_the_archive)
{
	struct cpio_entry e;
	struct cpio_iter it;

	pad(64);
	memcpy(archive + size, "\x1f\x8b\x08", 3);
	cpio_start(&it, archive, size + 3);
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(cpio_next(&it, &e), 1);
	ck_assert_int_eq(cpio_next(&it, &e), -EINVAL);
	ck_assert_ptr_eq(it.pos, archive + size);
	cpio_start(&it, archive, 0);
	ck_assert_int_eq(cpio_next(&it, &e), 0);
}
END_TEST

/* Read all of it from a heap block of exactly that size.  Return: what ended it. */
static int read_all(const unsigned char *data, size_t n)
{
	unsigned char *copy = malloc(n);
	volatile unsigned char sum = 0;
	struct cpio_entry e;
	struct cpio_iter it;
	int err;

	memcpy(copy, data, n);
	cpio_start(&it, copy, n);
	while ((err = cpio_next(&it, &e)) == 1) {
		test_assert(strlen(e.name) < n);
		for (u32 i = 0; i < e.size; i++)
			sum += e.data[i];
	}
	(void)sum;
	free(copy);
	return err;
}

START_TEST(cut_off_and_changed)
{
	uint64_t rnd = test_seed();
	unsigned char broken[sizeof(archive)];
	int refused = 0;

	for (size_t n = 0; n <= size; n++)
		refused += read_all(archive, n) == -EINVAL;
	ck_assert_int_gt(refused, 700);		/* not: between entries, or in padding */
	for (int round = 0; round < 20000; round++) {
		memcpy(broken, archive, size);
		for (int i = test_random(&rnd) % 4; i >= 0; i--) {
			uint64_t r = test_random(&rnd);

			broken[(r >> 16) % size] = r >> 8 & 1 ? (u8)"0189afAFg\0"[r % 10] : (u8)r;
		}
		read_all(broken, size);
	}
}
END_TEST

START_TEST(headers_that_are_refused)
{
	static const struct { int at; const char *text; } bad[] = {
		{ 0, "070707" }, { 0, "07070 " }, { 6, "0000000g" }, { 54, "FFFFFFFF" },
		{ 54, "00010000" }, { 94, "00000000" }, { 94, "00000003" }, { 94, "FFFFFFFF" },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		setup();
		memcpy(archive + bad[i].at, bad[i].text, strlen(bad[i].text));
		ck_assert_int_eq(read_all(archive, size), -EINVAL);
	}
	setup();
	archive[5] = '2';		/* with a checksum */
	ck_assert_int_eq(read_all(archive, size), 0);
}
END_TEST

static Suite *cpio_suite(void)
{
	Suite *s = suite_create("cpio");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, entries_of_joined_archives);
	tcase_add_test(tc, a_second_archive_may_begin_anywhere);
	tcase_add_test(tc, something_else_behind_the_archive);
	tcase_add_test(tc, cut_off_and_changed);
	tcase_add_test(tc, headers_that_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(cpio_suite);
