// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory that is given back all at once.
 *
 * Running a command makes many small strings and tree nodes that die together when the command is
 * done. They are cut from the end of a chunk and never freed singly: whoever starts a piece of work
 * takes a mark, and releasing the mark drops everything allocated since. An error that jumps out of
 * ten functions leaks nothing either, because the catcher releases its own mark.
 *
 *	chunk <- chunk <- chunk (top)
 *	[######][###|..][##.....]
 *	            '-- mark: releasing it frees the chunks above and moves the top back here
 *
 * Marks nest like a stack; one must not be released before those taken after it.
 */
#include <stdlib.h>
#include <string.h>

#include "../box.h"
#include "sh.h"

#define CHUNK_SIZE	8000	/* a little below two pages, malloc's header included */
#define ALIGN		16

struct chunk {
	struct chunk *below;
	size_t used, size;
	char data[] __attribute__((aligned(ALIGN)));
};

static struct chunk *top;

void *arena_alloc(size_t size)
{
	char *p;

	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (!top || top->size - top->used < size) {
		size_t data = size > CHUNK_SIZE ? size : CHUNK_SIZE;
		struct chunk *c = xmalloc(sizeof(*c) + data);

		*c = (struct chunk){ .below = top, .size = data };
		top = c;
	}
	p = top->data + top->used;
	top->used += size;
	return p;
}

char *arena_strndup(const char *s, size_t len)
{
	char *p = arena_alloc(len + 1);

	memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

char *arena_strdup(const char *s)
{
	return arena_strndup(s, strlen(s));
}

struct arena_mark arena_mark(void)
{
	return (struct arena_mark){ .chunk = top, .used = top ? top->used : 0 };
}

void arena_release(struct arena_mark mark)
{
	while (top != mark.chunk) {
		struct chunk *below = top->below;

		free(top);
		top = below;
	}
	if (top)
		top->used = mark.used;
}

/* Growing copies the text to a block of twice the size; the old one stays until the release. */
void buf_add(struct buf *b, const char *s, size_t len)
{
	if (b->len + len + 1 > b->size) {
		char *bigger;

		b->size = (b->len + len + 1) * 2;
		if (b->size < 32)
			b->size = 32;
		bigger = arena_alloc(b->size);
		if (b->len)
			memcpy(bigger, b->text, b->len);
		b->text = bigger;
	}
	if (len)
		memcpy(b->text + b->len, s, len);
	b->len += len;
	b->text[b->len] = '\0';
}

void buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

/* The text, "" when nothing was added. */
char *buf_text(struct buf *b)
{
	if (!b->text)
		buf_add(b, "", 0);
	return b->text;
}
