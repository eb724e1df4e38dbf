// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/string.c - memory and strings, under libc's names
 *
 * The compiler may call memcpy, memmove, memset and memcmp whenever it likes (to copy a struct, to
 * clear an array), so even a kernel without a C library must have these four.  The kernel spends a
 * large part of its life in the first three, hence their shape:
 *
 *     dst  |..DDDDDDDD|DDDDDDDD|DDDDDDDD| ... |DDDDDDDD|DD.....|
 *           head       body: 64 bytes, then 8 bytes      tail
 *           bytes, up  a turn: 8 loads, then 8 stores,   bytes
 *           to a word  and 4 instructions of loop
 *           boundary
 *
 * Eight words a turn: a copied word costs 2.5 instructions instead of 5, and loading eight before
 * the first store hides the latency of the loads.
 *
 * Misaligned word accesses may trap to the firmware on RISC-V and cost hundreds of cycles, so the
 * word loop runs only where source and destination can be aligned together; otherwise the words of
 * the source are read aligned and shifted into place:
 *
 *     src   |  aaa|bbbbbbbb|cccccccc|     shift = 8 * (src % 8)
 *     word of dst = (a >> shift) | (b << (64 - shift))           (little endian)
 *
 * That reads whole aligned words that hold at least one byte of the source, so it can touch bytes
 * outside [src, src + n) but no other page.  Sanitizers object to this; the host port does not link
 * this file, and its unit test copies between buffers that end on page boundaries instead.
 *
 * gcc recognizes a byte-copying loop and turns it into a call of memcpy: here that would be an
 * endless recursion.  The Makefile builds this file with -fno-tree-loop-distribute-patterns and
 * -fno-builtin.
 *
 * CONTEXT: any; no locks, no state.
 */
#include <linux-lite/ctype.h>
#include <linux-lite/kernel.h>
#include <linux-lite/string.h>

/* A word that may alias any object. */
typedef unsigned long __attribute__((may_alias)) word_t;

#define WORD		sizeof(word_t)
#define BLOCK		(8 * WORD)
#define MISALIGNED(p)	((uintptr_t)(p) % WORD)

/* Below this size the set-up of the word loops costs more than it saves. */
#define SMALL		(2 * WORD)

/* Copy @n bytes upward, a multiple of WORD, both sides aligned. */
static __always_inline void copy_words(u8 *dst, const u8 *src, size_t n)
{
	word_t *d = (word_t *)dst;
	const word_t *s = (const word_t *)src;

	for (; n >= BLOCK; n -= BLOCK, d += 8, s += 8) {
		word_t w0 = s[0], w1 = s[1], w2 = s[2], w3 = s[3];
		word_t w4 = s[4], w5 = s[5], w6 = s[6], w7 = s[7];

		d[0] = w0;
		d[1] = w1;
		d[2] = w2;
		d[3] = w3;
		d[4] = w4;
		d[5] = w5;
		d[6] = w6;
		d[7] = w7;
	}
	for (; n; n -= WORD)
		*d++ = *s++;
}

/* Copy @n bytes upward, a multiple of WORD and not 0; only @dst is aligned. */
static void copy_shifted(u8 *dst, const u8 *src, size_t n)
{
	unsigned int shift = 8 * MISALIGNED(src);
	const word_t *s = (const word_t *)(src - MISALIGNED(src));
	word_t *d = (word_t *)dst;
	word_t low = *s++;

	for (; n; n -= WORD) {
		word_t high = *s++;

		*d++ = low >> shift | high << (8 * WORD - shift);
		low = high;
	}
}

/**
 * memcpy - copy memory
 * @dst: destination
 * @src: source; may not overlap @dst unless it lies above it
 * @n: bytes
 *
 * Always copies upward, byte by byte or in larger steps that read before they write.
 *
 * Return: @dst.
 */
void *memcpy(void *dst, const void *src, size_t n)
{
	const u8 *s = src;
	u8 *d = dst;
	size_t body;

	if (n >= SMALL) {
		for (; MISALIGNED(d); n--)
			*d++ = *s++;
		body = n & ~(WORD - 1);
		if (MISALIGNED(s))
			copy_shifted(d, s, body);
		else
			copy_words(d, s, body);
		d += body;
		s += body;
		n -= body;
	}
	while (n--)
		*d++ = *s++;
	return dst;
}

/**
 * memmove - copy memory that may overlap
 * @dst: destination
 * @src: source
 * @n: bytes
 *
 * Return: @dst.
 */
void *memmove(void *dst, const void *src, size_t n)
{
	const u8 *s = (const u8 *)src + n;
	u8 *d = (u8 *)dst + n;

	/* Unsigned wrap-round: true as well when dst < src. */
	if ((uintptr_t)dst - (uintptr_t)src >= n)
		return memcpy(dst, src, n);

	if (!MISALIGNED((uintptr_t)d ^ (uintptr_t)s)) {
		for (; n && MISALIGNED(d); n--)
			*--d = *--s;
		for (; n >= WORD; n -= WORD) {
			d -= WORD;
			s -= WORD;
			*(word_t *)d = *(const word_t *)s;
		}
	}
	while (n--)
		*--d = *--s;
	return dst;
}

/**
 * memset - fill memory with one byte
 * @dst: destination
 * @c: the byte, as unsigned char
 * @n: bytes
 *
 * Return: @dst.
 */
void *memset(void *dst, int c, size_t n)
{
	word_t word = (u8)c * (~0UL / 0xff);	/* the byte in every place */
	u8 *d = dst;
	word_t *w;

	if (n >= SMALL) {
		for (; MISALIGNED(d); n--)
			*d++ = c;
		w = (word_t *)d;
		for (; n >= BLOCK; n -= BLOCK, w += 8) {
			w[0] = word;
			w[1] = word;
			w[2] = word;
			w[3] = word;
			w[4] = word;
			w[5] = word;
			w[6] = word;
			w[7] = word;
		}
		for (; n >= WORD; n -= WORD)
			*w++ = word;
		d = (u8 *)w;
	}
	while (n--)
		*d++ = c;
	return dst;
}

/**
 * memcmp - compare memory as unsigned bytes
 * @a: one side
 * @b: the other
 * @n: bytes
 *
 * Return: <0, 0 or >0 as @a is less than, equal to or greater than @b.
 */
int memcmp(const void *a, const void *b, size_t n)
{
	const u8 *x = a, *y = b;

	if (!MISALIGNED((uintptr_t)x | (uintptr_t)y)) {
		for (; n >= WORD; n -= WORD, x += WORD, y += WORD) {
			if (*(const word_t *)x != *(const word_t *)y)
				break;	/* the bytes below find out which differs first */
		}
	}
	for (; n; n--, x++, y++) {
		if (*x != *y)
			return *x - *y;
	}
	return 0;
}

/**
 * memchr - find a byte
 * @s: memory
 * @c: the byte, as unsigned char
 * @n: bytes
 *
 * Return: the first place, or NULL.
 */
void *memchr(const void *s, int c, size_t n)
{
	const u8 *p = s;

	for (; n; n--, p++) {
		if (*p == (u8)c)
			return (void *)p;
	}
	return NULL;
}

/**
 * strlen - length of a string
 * @s: string
 *
 * Return: its bytes before the final 0.
 */
size_t strlen(const char *s)
{
	const char *p = s;

	while (*p)
		p++;
	return p - s;
}

/**
 * strnlen - length of a string that may lack its end
 * @s: string
 * @max: bytes that may be looked at
 *
 * Return: its bytes before the final 0, at most @max.
 */
size_t strnlen(const char *s, size_t max)
{
	size_t n = 0;

	while (n < max && s[n])
		n++;
	return n;
}

/**
 * strcmp - compare strings as unsigned bytes
 * @a: one
 * @b: the other
 *
 * Return: <0, 0 or >0.
 */
int strcmp(const char *a, const char *b)
{
	for (; *a && *a == *b; a++)
		b++;
	return (u8)*a - (u8)*b;
}

/**
 * strncmp - compare the first bytes of two strings
 * @a: one
 * @b: the other
 * @n: bytes at most
 *
 * Return: <0, 0 or >0.
 */
int strncmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++) {
		if (*a != *b || !*a)
			return (u8)*a - (u8)*b;
	}
	return 0;
}

/**
 * strcasecmp - compare strings, a-z and A-Z being the same
 * @a: one
 * @b: the other
 *
 * Return: <0, 0 or >0.
 */
int strcasecmp(const char *a, const char *b)
{
	for (; *a && tolower((u8)*a) == tolower((u8)*b); a++)
		b++;
	return tolower((u8)*a) - tolower((u8)*b);
}

/**
 * strchr - find a character from the front
 * @s: string
 * @c: character; 0 finds the end
 *
 * Return: the first place, or NULL.
 */
char *strchr(const char *s, int c)
{
	for (; *s != (char)c; s++) {
		if (!*s)
			return NULL;
	}
	return (char *)s;
}

/**
 * strrchr - find a character from the back
 * @s: string
 * @c: character; 0 finds the end
 *
 * Return: the last place, or NULL.
 */
char *strrchr(const char *s, int c)
{
	const char *last = NULL;

	do {
		if (*s == (char)c)
			last = s;
	} while (*s++);
	return (char *)last;
}

/**
 * strstr - find a string in a string
 * @s: string
 * @needle: what to find; the empty one is found at once
 *
 * Return: the first place, or NULL.
 */
char *strstr(const char *s, const char *needle)
{
	size_t n = strlen(needle);

	for (; strncmp(s, needle, n); s++) {
		if (!*s)
			return NULL;
	}
	return (char *)s;
}

/**
 * strspn - length of the beginning that has only certain characters
 * @s: string
 * @accept: the characters
 *
 * Return: bytes.
 */
size_t strspn(const char *s, const char *accept)
{
	size_t n = 0;

	while (s[n] && strchr(accept, s[n]))
		n++;
	return n;
}

/**
 * strcspn - length of the beginning that has none of certain characters
 * @s: string
 * @reject: the characters
 *
 * Return: bytes.
 */
size_t strcspn(const char *s, const char *reject)
{
	size_t n = 0;

	while (s[n] && !strchr(reject, s[n]))
		n++;
	return n;
}

/**
 * strpbrk - find any of certain characters
 * @s: string
 * @accept: the characters
 *
 * Return: the first place, or NULL.
 */
char *strpbrk(const char *s, const char *accept)
{
	s += strcspn(s, accept);
	return *s ? (char *)s : NULL;
}

/**
 * strsep - cut the next field off a string
 * @s: where the rest of the string is noted; NULL after the last field
 * @delim: the characters that end a field; the one found is overwritten with 0
 *
 * Two delimiters in a row make an empty field.
 *
 * Return: the field, or NULL when there is none left.
 */
char *strsep(char **s, const char *delim)
{
	char *field = *s;
	char *end;

	if (!field)
		return NULL;
	end = strpbrk(field, delim);
	if (end)
		*end++ = '\0';
	*s = end;
	return field;
}
