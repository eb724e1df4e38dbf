// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/string_helpers.c - memory and strings: what libc lacks
 *
 * strscpy() is the one way to copy a string here.  strcpy() overflows, strncpy() forgets the final
 * 0 and pads, strlcpy() reads a source without end to its end: strscpy() reads and writes no more
 * than the destination holds, always ends it, and says whether all fitted.
 *
 * CONTEXT: any; no locks, no state.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/compiler.h>
#include <linux-lite/ctype.h>
#include <linux-lite/string.h>

/**
 * strscpy - copy a string into a buffer
 * @dst: buffer
 * @src: string; at most @size bytes of it are read
 * @size: of the buffer, in bytes
 *
 * Return: bytes copied, without the final 0; -E2BIG if the string was cut or @size is 0.
 */
ssize_t strscpy(char *dst, const char *src, size_t size)
{
	size_t n;

	for (n = 0; n < size; n++) {
		dst[n] = src[n];
		if (!src[n])
			return n;
	}
	if (size)
		dst[size - 1] = '\0';
	return -E2BIG;
}

/**
 * memchr_inv - find the first byte that is different
 * @s: memory
 * @c: the byte expected everywhere
 * @n: bytes
 *
 * Poison checks use it: whole words are compared wherever they are aligned.
 *
 * Return: the first other byte, or NULL.
 */
void *memchr_inv(const void *s, int c, size_t n)
{
	typedef unsigned long __attribute__((may_alias)) word_t;
	word_t word = (u8)c * (~0UL / 0xff);
	const u8 *p = s;

	for (; n && (uintptr_t)p % sizeof(word_t); n--, p++) {
		if (*p != (u8)c)
			return (void *)p;
	}
	for (; n >= sizeof(word_t) && *(const word_t *)p == word; n -= sizeof(word_t))
		p += sizeof(word_t);
	for (; n; n--, p++) {
		if (*p != (u8)c)
			return (void *)p;
	}
	return NULL;
}

/**
 * skip_spaces - step over leading white space
 * @s: string
 *
 * Return: the first other character, or the final 0.
 */
char *skip_spaces(const char *s)
{
	while (isspace((u8)*s))
		s++;
	return (char *)s;
}

/**
 * strim - cut white space off both ends
 * @s: string; its trailing white space is overwritten with 0
 *
 * Return: the first other character.
 */
char *strim(char *s)
{
	size_t n = strlen(s);

	while (n && isspace((u8)s[n - 1]))
		n--;
	s[n] = '\0';
	return skip_spaces(s);
}

/**
 * strstarts - does a string begin with another?
 * @s: string
 * @prefix: the other
 *
 * Return: true if so; always for an empty prefix.
 */
bool strstarts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

/**
 * memzero_explicit - clear a secret
 * @s: memory
 * @n: bytes
 *
 * A plain memset() of memory that is not read again may be optimized away.
 */
void memzero_explicit(void *s, size_t n)
{
	memset(s, 0, n);
	__asm__ __volatile__("" : : "r"(s) : "memory");
}
