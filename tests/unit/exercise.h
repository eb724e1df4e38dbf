/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * exercise.h - exercises of Documentation/ whose answer is a number, and pictures in it.
 *
 *	make check T=exercises/buddy_1 ANSWER=3
 *
 * The test does the experiment with the real code and compares what came out with ANSWER. Without
 * one it compares with what came out when the exercise was written: a chapter that is no longer
 * true fails as a test does.
 *
 * If you are about to do the exercises: the numbers in the tests are the answers.
 */
#ifndef TESTS_UNIT_EXERCISE_H
#define TESTS_UNIT_EXERCISE_H

#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* @result is what the experiment has shown; @known what it is known to show. */
static inline void check_answer(long result, long known)
{
	const char *answer = getenv("ANSWER");

	ck_assert_int_eq(result, known);
	if (!answer || !*answer)
		return;
	if (strtol(answer, NULL, 0) != result)
		ck_abort_msg("%s is not the answer. Read the chapter again, or watch the experiment "
			     "in gdb.", answer);
	printf("%ld is right.\n", result);
}

/* What was drawn from a run is what the chapter shows, line by line. LOOK=1 prints it. */
static inline void check_picture(const char *picture, const char *chapter)
{
	static char text[1 << 16];
	FILE *file = fopen(chapter, "r");

	if (getenv("LOOK"))
		fputs(picture, stdout);
	if (!file)			/* not run in the source folder */
		ck_abort_msg("%s can't be read here", chapter);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	ck_assert_msg(strstr(text, picture), "%s does not show this:\n%s", chapter, picture);
}

#endif
