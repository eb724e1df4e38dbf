// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/scnprintf.c - formatted printing for code that appends
 *
 *	pos += scnprintf(buf + pos, size - pos, ...);
 *
 * is safe with these and an overflow with snprintf(), whose result may exceed the buffer: then
 * size - pos wraps round.  CONTEXT: any.
 */
#include <linux-lite/vsprintf.h>

/**
 * vscnprintf - format into a buffer and tell what is in it
 * @buf: buffer
 * @size: of it, in bytes
 * @fmt: format, see vsprintf.h
 * @args: arguments
 *
 * Return: bytes written, without the final 0; 0 if @size is 0.
 */
int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	int n = vsnprintf(buf, size, fmt, args);

	if (n < 0 || !size)
		return 0;
	return (size_t)n < size ? n : (int)size - 1;
}

/**
 * scnprintf - format into a buffer and tell what is in it
 * @buf: buffer
 * @size: of it, in bytes
 * @fmt: format, see vsprintf.h
 *
 * Return: bytes written, without the final 0; 0 if @size is 0.
 */
int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}
