// SPDX-License-Identifier: GPL-2.0-only
/*
 * stacktrace_test.c - stack_trace_save(): callers innermost first, as many as there is room for.
 */
#include "suite.h"

#include <linux-lite/compiler.h>
#include <linux-lite/stacktrace.h>

enum { ROOM = 16 };
static unsigned long trace[ROOM], address_in_middle, address_in_outer;
static unsigned int nr;

static noinline void inner(unsigned int size, unsigned int skip)
{
	nr = stack_trace_save(trace, size, skip);
}

static noinline void middle(unsigned int size, unsigned int skip)
{
	inner(size, skip);
	address_in_middle = (unsigned long)__builtin_return_address(0);
}

static noinline void outer(unsigned int size, unsigned int skip)
{
	middle(size, skip);
	address_in_outer = (unsigned long)__builtin_return_address(0);
}

START_TEST(callers_come_innermost_first)
{
	outer(ROOM, 0);
	ck_assert_uint_ge(nr, 4);
	/* trace[0] is in inner, [1] in middle, which returns to [2] in outer, and that to [3]. */
	ck_assert_uint_eq(trace[2], address_in_middle);
	ck_assert_uint_eq(trace[3], address_in_outer);
}
END_TEST

START_TEST(skip_leaves_the_innermost_out)
{
	outer(ROOM, 2);
	ck_assert_uint_eq(trace[0], address_in_middle);
	ck_assert_uint_eq(trace[1], address_in_outer);
}
END_TEST

START_TEST(no_more_than_there_is_room_for)
{
	trace[2] = 4711;
	outer(2, 1);
	ck_assert_uint_eq(nr, 2);
	ck_assert_uint_eq(trace[1], address_in_middle);
	ck_assert_uint_eq(trace[2], 4711);
}
END_TEST

static Suite *stacktrace_suite(void)
{
	Suite *s = suite_create("stacktrace");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, callers_come_innermost_first);
	tcase_add_test(tc, skip_leaves_the_innermost_out);
	tcase_add_test(tc, no_more_than_there_is_room_for);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(stacktrace_suite);
