/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * log.h - what the code under test says in the kernel log: stderr goes to a file meanwhile.
 *
 *	listen();
 *	... what has to be told ...
 *	ck_assert_ptr_nonnull(strstr(heard(), "BUG"));
 */
#ifndef TESTS_UNIT_LOG_H
#define TESTS_UNIT_LOG_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char log_text[65536];
static FILE *log_file;
static int real_stderr;

static inline void listen(void)
{
	fflush(stderr);
	real_stderr = dup(STDERR_FILENO);
	log_file = tmpfile();
	ck_assert_ptr_nonnull(log_file);
	dup2(fileno(log_file), STDERR_FILENO);
}

/* Return: what was said since listen(). */
static inline const char *heard(void)
{
	size_t n;

	fflush(stderr);
	dup2(real_stderr, STDERR_FILENO);
	close(real_stderr);
	rewind(log_file);
	n = fread(log_text, 1, sizeof(log_text) - 1, log_file);
	log_text[n] = '\0';
	fclose(log_file);
	return log_text;
}

#endif
