// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/ctype.c - classes of characters, ASCII only
 *
 * ASCII was laid out for this: digits and each case of letters are contiguous, the cases differ in
 * one bit (0x20), so a class is one subtraction and one unsigned comparison: what lies below the
 * range wraps round to a huge number.  No table, no cache miss.
 *
 * CONTEXT: any; pure functions.
 */
#include <linux-lite/ctype.h>
#include <linux-lite/types.h>

#define CASE_BIT	0x20

/* Is @c one of the @n characters from @first on? */
static inline int in_range(int c, int first, unsigned int n)
{
	return (unsigned int)c - first < n;
}

/**
 * isdigit - is it one of 0-9?
 * @c: character, 0 to 255
 * Return: non-zero if so.
 */
int (isdigit)(int c)
{
	return in_range(c, '0', 10);
}

/**
 * isupper - is it one of A-Z?
 * @c: character, 0 to 255
 * Return: non-zero if so.
 */
int (isupper)(int c)
{
	return in_range(c, 'A', 26);
}

/**
 * islower - is it one of a-z?
 * @c: character, 0 to 255
 * Return: non-zero if so.
 */
int (islower)(int c)
{
	return in_range(c, 'a', 26);
}

/**
 * isalpha - is it a letter?
 * @c: character, 0 to 255
 * Return: non-zero if so.
 */
int (isalpha)(int c)
{
	return in_range(c | CASE_BIT, 'a', 26);
}

/**
 * isalnum - is it a letter or a digit?
 * @c: character, 0 to 255
 * Return: non-zero if so.
 */
int (isalnum)(int c)
{
	return in_range(c | CASE_BIT, 'a', 26) || in_range(c, '0', 10);
}

/**
 * isxdigit - is it a hexadecimal digit?
 * @c: character, 0 to 255
 * Return: non-zero if so.
 */
int (isxdigit)(int c)
{
	return in_range(c, '0', 10) || in_range(c | CASE_BIT, 'a', 6);
}

/**
 * isspace - is it a blank, or one of \t \n \v \f \r?
 * @c: character, 0 to 255
 * Return: non-zero if so.
 */
int (isspace)(int c)
{
	return c == ' ' || in_range(c, '\t', 5);
}

/**
 * isprint - does it leave something on the paper, or a blank?
 * @c: character, 0 to 255
 * Return: non-zero if so.
 */
int (isprint)(int c)
{
	return in_range(c, ' ', 95);
}

/**
 * iscntrl - is it a control character?
 * @c: character, 0 to 255
 * Return: non-zero if so.
 */
int (iscntrl)(int c)
{
	return in_range(c, 0, 32) || c == 127;
}

/**
 * tolower - A-Z to a-z, all else unchanged
 * @c: character, 0 to 255
 * Return: the converted character.
 */
int (tolower)(int c)
{
	return in_range(c, 'A', 26) ? c | CASE_BIT : c;
}

/**
 * toupper - a-z to A-Z, all else unchanged
 * @c: character, 0 to 255
 * Return: the converted character.
 */
int (toupper)(int c)
{
	return in_range(c, 'a', 26) ? c & ~CASE_BIT : c;
}
