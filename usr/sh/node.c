// SPDX-License-Identifier: GPL-2.0-only
/*
 * Trees outside the arena: a function's body is kept after the command that defined it is done and
 * its memory dropped, so the tree is copied, node by node, to memory of its own.
 */
#include <stdlib.h>
#include <string.h>

#include "../box.h"
#include "sh.h"

static char *copy_text(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

static struct word *copy_words(const struct word *w)
{
	struct word *first = NULL, **end = &first;

	for (; w; w = w->next, end = &(*end)->next) {
		*end = xmalloc(sizeof(*w));
		**end = (struct word){ .text = xstrdup(w->text) };
	}
	return first;
}

static struct redir *copy_redirs(const struct redir *r)
{
	struct redir *first = NULL, **end = &first;

	for (; r; r = r->next, end = &(*end)->next) {
		*end = xmalloc(sizeof(*r));
		**end = *r;
		(*end)->next = NULL;
		(*end)->word = copy_text(r->word);
	}
	return first;
}

/* A tree outside the arena, sharing nothing with @n, to be dropped with node_free(). */
struct node *node_copy(const struct node *n)
{
	struct node *copy;

	if (!n)
		return NULL;
	copy = xmalloc(sizeof(*copy));
	*copy = *n;
	copy->a = node_copy(n->a);
	copy->b = node_copy(n->b);
	copy->c = node_copy(n->c);
	copy->assigns = copy_words(n->assigns);
	copy->words = copy_words(n->words);
	copy->redirs = copy_redirs(n->redirs);
	copy->name = copy_text(n->name);
	copy->text = copy_text(n->text);
	return copy;
}

static void free_words(struct word *w)
{
	while (w) {
		struct word *next = w->next;

		free(w->text);
		free(w);
		w = next;
	}
}

void node_free(struct node *n)
{
	if (!n)
		return;
	node_free(n->a);
	node_free(n->b);
	node_free(n->c);
	free_words(n->assigns);
	free_words(n->words);
	while (n->redirs) {
		struct redir *next = n->redirs->next;

		free(n->redirs->word);
		free(n->redirs);
		n->redirs = next;
	}
	free(n->name);
	free(n->text);
	free(n);
}
