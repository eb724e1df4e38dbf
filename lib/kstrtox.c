// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/kstrtox.c - text to numbers
 *
 * Everything stands on scan(): it reads digits and notices overflow.  Around it, the strict
 * kstrto* family (one number and nothing else, or an error and the result untouched), and the lax
 * simple_strto* and memparse(), for text in which the number is followed by something.
 *
 *	kstrtoint -> kstrtoll -> parse -> scan
 *	memparse -> simple_strtoull -> scan
 *
 * CONTEXT: any; no locks, no state.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/ctype.h>
#include <linux-lite/kstrtox.h>
#include <linux-lite/string.h>

/* The number that a digit or letter stands for; 36 or more for all else. */
static unsigned int digit_value(char c)
{
	if (isdigit((u8)c))
		return c - '0';
	if (isalpha((u8)c))
		return tolower((u8)c) - 'a' + 10;
	return 36;
}

/* Step over a prefix that belongs to the base; find out the base if it is 0. */
static const char *skip_prefix(const char *s, unsigned int *base)
{
	bool hex = s[0] == '0' && tolower((u8)s[1]) == 'x' && isxdigit((u8)s[2]);

	if (*base == 0)
		*base = hex ? 16 : s[0] == '0' ? 8 : 10;
	return hex && *base == 16 ? s + 2 : s;
}

/*
 * Read digits.  Return: how many; *@overflow tells whether the number did not fit (then *@res is
 * its low 64 bits).
 */
static size_t scan(const char *s, unsigned int base, unsigned long long *res, bool *overflow)
{
	unsigned long long value = 0;
	size_t n = 0;

	*overflow = false;
	for (; digit_value(s[n]) < base; n++) {
		unsigned int digit = digit_value(s[n]);

		if (value > (~0ULL - digit) / base)
			*overflow = true;
		value = value * base + digit;
	}
	*res = value;
	return n;
}

/* One unsigned number, perhaps a newline, and the end. */
static int parse(const char *s, unsigned int base, unsigned long long *res)
{
	unsigned long long value;
	bool overflow;
	size_t n;

	s = skip_prefix(s, &base);
	n = scan(s, base, &value, &overflow);
	if (!n)
		return -EINVAL;
	s += n;
	if (*s == '\n')
		s++;
	if (*s)
		return -EINVAL;
	if (overflow)
		return -ERANGE;
	*res = value;
	return 0;
}

/**
 * kstrtoull - a string to an unsigned number
 * @s: one number, perhaps with a + before and a newline behind it
 * @base: 2 to 36, or 0 to find out
 * @res: written on success only
 *
 * Return: 0, -EINVAL (not a number), -ERANGE (does not fit).
 */
int kstrtoull(const char *s, unsigned int base, unsigned long long *res)
{
	return parse(*s == '+' ? s + 1 : s, base, res);
}

/**
 * kstrtoll - a string to a signed number
 * @s: one number, perhaps with a sign before and a newline behind it
 * @base: 2 to 36, or 0 to find out
 * @res: written on success only
 *
 * Return: 0, -EINVAL (not a number), -ERANGE (does not fit).
 */
int kstrtoll(const char *s, unsigned int base, long long *res)
{
	bool negative = *s == '-';
	unsigned long long value;
	int err = negative ? parse(s + 1, base, &value) : kstrtoull(s, base, &value);

	if (err)
		return err;
	if (value > (1ULL << 63) - !negative)
		return -ERANGE;
	*res = negative ? (long long)-value : (long long)value;
	return 0;
}

/**
 * kstrtoul - kstrtoull() to unsigned long
 * @s: one number
 * @base: 2 to 36, or 0 to find out
 * @res: written on success only
 *
 * Return: 0, -EINVAL, -ERANGE.
 */
int kstrtoul(const char *s, unsigned int base, unsigned long *res)
{
	unsigned long long value;
	int err = kstrtoull(s, base, &value);

	if (!err)
		*res = value;
	return err;
}

/**
 * kstrtol - kstrtoll() to long
 * @s: one number
 * @base: 2 to 36, or 0 to find out
 * @res: written on success only
 *
 * Return: 0, -EINVAL, -ERANGE.
 */
int kstrtol(const char *s, unsigned int base, long *res)
{
	long long value;
	int err = kstrtoll(s, base, &value);

	if (!err)
		*res = value;
	return err;
}

/**
 * kstrtouint - kstrtoull() to unsigned int
 * @s: one number
 * @base: 2 to 36, or 0 to find out
 * @res: written on success only
 *
 * Return: 0, -EINVAL, -ERANGE.
 */
int kstrtouint(const char *s, unsigned int base, unsigned int *res)
{
	unsigned long long value;
	int err = kstrtoull(s, base, &value);

	if (err)
		return err;
	if (value != (unsigned int)value)
		return -ERANGE;
	*res = value;
	return 0;
}

/**
 * kstrtoint - kstrtoll() to int
 * @s: one number
 * @base: 2 to 36, or 0 to find out
 * @res: written on success only
 *
 * Return: 0, -EINVAL, -ERANGE.
 */
int kstrtoint(const char *s, unsigned int base, int *res)
{
	long long value;
	int err = kstrtoll(s, base, &value);

	if (err)
		return err;
	if (value != (int)value)
		return -ERANGE;
	*res = value;
	return 0;
}

/**
 * kstrtobool - a string to yes or no
 * @s: begins with one of y Y t T 1, or n N f F 0, or is on/off; what follows is not looked at
 * @res: written on success only
 *
 * Return: 0 or -EINVAL.
 */
int kstrtobool(const char *s, bool *res)
{
	char c = tolower((u8)s[0]);

	if (c == 'o')		/* on, off: the second letter tells */
		c = tolower((u8)s[1]) == 'n' ? 'y' : tolower((u8)s[1]) == 'f' ? 'n' : 0;
	if (!c || !strchr("yt1nf0", c))
		return -EINVAL;
	*res = strchr("yt1", c) != NULL;
	return 0;
}

/**
 * simple_strtoull - read a number at the beginning of a string
 * @s: string
 * @end: becomes the place behind the number; may be NULL
 * @base: 2 to 36, or 0 to find out
 *
 * Return: the number, its low 64 bits if it is too large, 0 if there is none.
 */
unsigned long long simple_strtoull(const char *s, char **end, unsigned int base)
{
	unsigned long long value;
	bool overflow;

	s = skip_prefix(s, &base);
	s += scan(s, base, &value, &overflow);
	if (end)
		*end = (char *)s;
	return value;
}

/**
 * simple_strtoul - simple_strtoull() to unsigned long
 * @s: string
 * @end: becomes the place behind the number; may be NULL
 * @base: 2 to 36, or 0 to find out
 *
 * Return: the number.
 */
unsigned long simple_strtoul(const char *s, char **end, unsigned int base)
{
	return simple_strtoull(s, end, base);
}

/**
 * simple_strtol - as simple_strtoul(), and a - before the number negates it
 * @s: string
 * @end: becomes the place behind the number; may be NULL
 * @base: 2 to 36, or 0 to find out
 *
 * Return: the number.
 */
long simple_strtol(const char *s, char **end, unsigned int base)
{
	if (*s == '-')
		return -simple_strtoull(s + 1, end, base);
	return simple_strtoull(s, end, base);
}

/**
 * memparse - read a size such as 64M or 0x1000
 * @s: a number, and perhaps one of K M G T P E (powers of 1024; either case)
 * @end: becomes the place behind it; may be NULL
 *
 * Return: the size in bytes.
 */
unsigned long long memparse(const char *s, char **end)
{
	static const char suffixes[] = "kmgtpe";
	char *p;
	unsigned long long value = simple_strtoull(s, &p, 0);
	const char *suffix = *p && p != s ? strchr(suffixes, tolower((u8)*p)) : NULL;

	if (suffix) {
		value <<= 10 * (suffix - suffixes + 1);
		p++;
	}
	if (end)
		*end = p;
	return value;
}
