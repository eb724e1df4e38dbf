// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/vsprintf.c - formatted printing into a buffer
 *
 * One format item is decoded into a `struct spec`, then printed by its conversion:
 *
 *	%  flags   width   .precision  length  conversion
 *	   -+ 0#   12 or *   .3 or .*  hh h l ll z t j   d i u x X o c s p %
 *
 *	+-----------------------------------------------+
 *	|  spaces  | sign, 0x | zeros | digits | spaces |     a number in its field
 *	+-----------------------------------------------+
 *	^ unless -            ^ from precision, or flag 0 up to the width    ^ if -
 *
 *   I1  never a write at or beyond buf + size; when size > 0 the text ends in 0
 *   I2  `pos` counts every character, written or not: at the end it is C99's return value
 *   I3  an unknown conversion is printed as it stands, and its argument is not consumed
 *
 * CONTEXT: any; no locks, no state, no allocation, some 150 bytes of stack.
 */
#include <linux-lite/ctype.h>
#include <linux-lite/kernel.h>
#include <linux-lite/string.h>
#include <linux-lite/vsprintf.h>

/* The text so far (I1, I2). */
struct out {
	char *buf;
	size_t size;
	size_t pos;
};

struct spec {
	bool left;		/* - */
	bool plus;		/* + */
	bool space;		/* blank */
	bool zero;		/* 0 */
	bool alt;		/* # */
	bool upper;		/* X */
	int width;		/* least characters, 0 if none given */
	int precision;		/* least digits, or most characters of %s; -1 if none given */
	int size;		/* sizeof the integer argument */
};

/* 64 bits in octal. */
#define MAX_DIGITS	22

static inline void put(struct out *out, char c)
{
	if (out->pos < out->size)
		out->buf[out->pos] = c;
	out->pos++;
}

static void put_many(struct out *out, char c, int n)
{
	while (n-- > 0)
		put(out, c);
}

/* Write the digits of @value backward, ending at @end.  Return: the first one; none for 0. */
static char *digits(char *end, unsigned long value, unsigned int base, bool upper)
{
	const char *set = upper ? "0123456789ABCDEF" : "0123456789abcdef";

	if (base == 10) {	/* a constant divisor: the compiler multiplies instead */
		for (; value; value /= 10)
			*--end = '0' + value % 10;
		return end;
	}
	for (; value; value >>= base == 16 ? 4 : 3)
		*--end = set[value & (base - 1)];
	return end;
}

/* Print |number| = @value with the given sign character (0: none) as a field. */
static void put_number(struct out *out, const struct spec *spec, unsigned long value,
		       unsigned int base, char sign)
{
	char buf[MAX_DIGITS];
	char *first = digits(buf + sizeof(buf), value, base, spec->upper);
	int nr_digits = buf + sizeof(buf) - first;
	int nr_zeros = max(0, (spec->precision < 0 ? 1 : spec->precision) - nr_digits);
	bool prefix = spec->alt && base == 16 && value;
	int padding;

	if (spec->alt && base == 8 && !nr_zeros)
		nr_zeros = 1;		/* # promises octal a leading 0 */
	padding = spec->width - nr_digits - nr_zeros - (sign ? 1 : 0) - (prefix ? 2 : 0);
	if (spec->zero && !spec->left && spec->precision < 0 && padding > 0) {
		nr_zeros += padding;
		padding = 0;
	}

	if (!spec->left)
		put_many(out, ' ', padding);
	if (sign)
		put(out, sign);
	if (prefix) {
		put(out, '0');
		put(out, spec->upper ? 'X' : 'x');
	}
	put_many(out, '0', nr_zeros);
	while (nr_digits--)
		put(out, *first++);
	if (spec->left)
		put_many(out, ' ', padding);
}

static void put_signed(struct out *out, const struct spec *spec, long value)
{
	char sign = value < 0 ? '-' : spec->plus ? '+' : spec->space ? ' ' : 0;

	put_number(out, spec, value < 0 ? -(unsigned long)value : (unsigned long)value, 10, sign);
}

static void put_string(struct out *out, const struct spec *spec, const char *s)
{
	int n;

	if (!s)
		s = "(null)";
	n = spec->precision < 0 ? strlen(s) : strnlen(s, spec->precision);
	if (!spec->left)
		put_many(out, ' ', spec->width - n);
	for (int i = 0; i < n; i++)
		put(out, s[i]);
	if (spec->left)
		put_many(out, ' ', spec->width - n);
}

static void put_char(struct out *out, const struct spec *spec, char c)
{
	if (!spec->left)
		put_many(out, ' ', spec->width - 1);
	put(out, c);
	if (spec->left)
		put_many(out, ' ', spec->width - 1);
}

/* Read a decimal number, which stops counting before it overflows. */
static int parse_int(const char **fmt)
{
	int n = 0;

	for (; isdigit((u8)**fmt); (*fmt)++) {
		if (n < 100000000)
			n = n * 10 + (**fmt - '0');
	}
	return n;
}

static void parse_flags(const char **fmt, struct spec *spec)
{
	for (;; (*fmt)++) {
		switch (**fmt) {
		case '-':
			spec->left = true;
			break;
		case '+':
			spec->plus = true;
			break;
		case ' ':
			spec->space = true;
			break;
		case '0':
			spec->zero = true;
			break;
		case '#':
			spec->alt = true;
			break;
		default:
			return;
		}
	}
}

/* Read hh h l ll z t j.  Return: the bytes of an integer argument. */
static int parse_length(const char **fmt)
{
	int size = sizeof(int);

	for (;; (*fmt)++) {
		switch (**fmt) {
		case 'h':
			size = size == sizeof(int) ? sizeof(short) : sizeof(char);
			break;
		case 'l':
		case 'z':
		case 't':
		case 'j':
			size = sizeof(long);	/* long long and intmax_t are no longer */
			break;
		default:
			return size;
		}
	}
}

/* va_list may be an array type, which a pointer parameter would hide: wrap it. */
struct args {
	va_list ap;
};

/* Read everything between % and the conversion character. */
static void parse_spec(const char **fmt, struct spec *spec, struct args *args)
{
	*spec = (struct spec){ .precision = -1 };
	parse_flags(fmt, spec);

	if (**fmt == '*') {
		(*fmt)++;
		spec->width = va_arg(args->ap, int);
		if (spec->width < 0) {
			spec->left = true;
			spec->width = -max(spec->width, -__INT_MAX__);
		}
	} else {
		spec->width = parse_int(fmt);
	}

	if (**fmt == '.') {
		(*fmt)++;
		if (**fmt == '*') {
			(*fmt)++;
			spec->precision = va_arg(args->ap, int);
		} else {
			spec->precision = parse_int(fmt);
		}
	}
	spec->size = parse_length(fmt);
}

/* The next argument, zero-extended. */
static unsigned long next_unsigned(const struct spec *spec, struct args *args)
{
	if (spec->size == sizeof(long))
		return va_arg(args->ap, unsigned long);
	if (spec->size == sizeof(short))
		return (unsigned short)va_arg(args->ap, unsigned int);
	if (spec->size == sizeof(char))
		return (unsigned char)va_arg(args->ap, unsigned int);
	return va_arg(args->ap, unsigned int);
}

/* The next argument, sign-extended. */
static long next_signed(const struct spec *spec, struct args *args)
{
	if (spec->size == sizeof(long))
		return va_arg(args->ap, long);
	if (spec->size == sizeof(short))
		return (short)va_arg(args->ap, int);
	if (spec->size == sizeof(char))
		return (signed char)va_arg(args->ap, int);
	return va_arg(args->ap, int);
}

/* Print one item.  Return: false if the conversion is unknown (I3). */
static bool put_item(struct out *out, struct spec *spec, char conversion, struct args *args)
{
	switch (conversion) {
	case 'd':
	case 'i':
		put_signed(out, spec, next_signed(spec, args));
		return true;
	case 'u':
		put_number(out, spec, next_unsigned(spec, args), 10, 0);
		return true;
	case 'X':
		spec->upper = true;
		put_number(out, spec, next_unsigned(spec, args), 16, 0);
		return true;
	case 'x':
		put_number(out, spec, next_unsigned(spec, args), 16, 0);
		return true;
	case 'o':
		put_number(out, spec, next_unsigned(spec, args), 8, 0);
		return true;
	case 'p':
		put_number(out, spec, (unsigned long)va_arg(args->ap, void *), 16, 0);
		return true;
	case 's':
		put_string(out, spec, va_arg(args->ap, const char *));
		return true;
	case 'c':
		put_char(out, spec, va_arg(args->ap, int));
		return true;
	case '%':
		put(out, '%');
		return true;
	default:
		return false;
	}
}

/**
 * vsnprintf - format into a buffer
 * @buf: buffer; may be NULL if @size is 0
 * @size: of it, in bytes
 * @fmt: format, see vsprintf.h
 * @args: arguments
 *
 * Return: bytes that the whole text needs, without the final 0; less than @size if all is there.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	struct out out = { .buf = buf, .size = size };
	struct args copy;
	struct spec spec;

	va_copy(copy.ap, args);
	while (*fmt) {
		const char *item = fmt;

		if (*fmt++ != '%') {
			put(&out, *item);
			continue;
		}
		parse_spec(&fmt, &spec, &copy);
		if (*fmt && put_item(&out, &spec, *fmt, &copy)) {
			fmt++;
			continue;
		}
		while (item < fmt)
			put(&out, *item++);
	}
	va_end(copy.ap);

	if (size)
		buf[min(out.pos, size - 1)] = '\0';
	return out.pos;
}

/**
 * snprintf - format into a buffer
 * @buf: buffer; may be NULL if @size is 0
 * @size: of it, in bytes
 * @fmt: format, see vsprintf.h
 *
 * Return: bytes that the whole text needs, without the final 0; less than @size if all is there.
 */
int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}
