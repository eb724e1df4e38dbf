// SPDX-License-Identifier: GPL-2.0-only
/*
 * slab_param.c - slab_debug= on the kernel command line: which caches are watched, and how.
 *
 *	slab_debug			all that SLAB_DEBUG_DEFAULT has, for all caches
 *	slab_debug=FZ			checks and red zones, for all
 *	slab_debug=,dentry		everything, for one
 *	slab_debug=P,kmalloc-*,dentry	poison for some; the others as Kconfig says
 *	slab_debug=FZ;PU,dentry		blocks: checks and red zones for all but dentry, which
 *					has poison and users; the first block that fits counts
 *	slab_debug=-			nothing, whatever Kconfig says
 *
 * Letters: F Z P U T as drawn in slab_debug.c and slab.h; A (fault injection) is known and has
 * no effect; O leaves a cache alone if its objects would need larger slabs.
 *
 * Small cousin of the parser in Linux's mm/slub.c. slub_debug is what it was called until 6.8.
 */
#include <linux-lite/ctype.h>
#include <linux-lite/kernel.h>
#include <linux-lite/params.h>
#include <linux-lite/printk.h>
#include <linux-lite/slab_debug.h>
#include <linux-lite/string.h>

static char blocks[256];		/* the command line's, if one names caches */
static bool keeps_order;
static unsigned int for_all = IS_ENABLED(CONFIG_SLAB_DEBUG_ON) ? SLAB_DEBUG_DEFAULT : 0;

/* All three are set at boot, before the first cache, and constant then. */

static unsigned int flag_of(char letter)
{
	switch (tolower(letter)) {
	case 'f':
		return SLAB_CONSISTENCY_CHECKS;
	case 'z':
		return SLAB_RED_ZONE;
	case 'p':
		return SLAB_POISON;
	case 'u':
		return SLAB_STORE_USER;
	case 't':
		return SLAB_TRACE;
	default:
		return 0;
	}
}

/* Read the letters of a block. Return: what follows, ',' or ';' or the end. */
static const char *parse_letters(const char *s, unsigned int *flags)
{
	*flags = *s == ',' ? SLAB_DEBUG_DEFAULT : 0;
	for (; *s && *s != ',' && *s != ';'; s++)
		*flags = *s == '-' ? 0 : *flags | flag_of(*s);
	return s;
}

/* Letters that are no flags. */
static void check_letters(const char *s)
{
	for (; *s && *s != ',' && *s != ';'; s++) {
		if (tolower(*s) == 'o')
			keeps_order = true;
		else if (tolower(*s) != 'a' && *s != '-' && !flag_of(*s))
			pr_err("slab_debug option '%c' unknown. skipped\n", *s);
	}
}

void slab_debug_setup(const char *value)
{
	bool all_named = false, some_named = false;
	unsigned int flags, all = 0;

	if (!value || !*value) {
		for_all = SLAB_DEBUG_DEFAULT;
		return;
	}
	strscpy(blocks, value, sizeof(blocks));
	for (const char *s = blocks; *s; s += strcspn(s, ";")) {
		s += strspn(s, ";");
		if (!*s)
			break;
		check_letters(s);
		s = parse_letters(s, &flags);
		if (*s == ',') {
			some_named = true;
		} else {
			all_named = true;
			all = flags;
		}
	}
	if (all_named || !some_named)
		for_all = all;
}

static int setup_slab_debug(char *value)
{
	slab_debug_setup(value);
	return 0;
}
early_param("slab_debug", setup_slab_debug);

static int setup_slub_debug(char *value)
{
	slab_debug_setup(value);
	return 0;
}
early_param("slub_debug", setup_slub_debug);

/* Is @name in a list "dentry,kmalloc-*" that ends at ';' or the end of the string? */
static bool in_list(const char *list, const char *name)
{
	while (*list && *list != ';') {
		size_t len = strcspn(list, ",;"), star = strcspn(list, "*");
		bool fits = star < len ? !strncmp(list, name, star) :
					 strlen(name) == len && !strncmp(list, name, len);

		if (fits)
			return true;
		list += len;
		if (*list == ',')
			list++;
	}
	return false;
}

/**
 * slab_debug_flags - how is a new cache to be watched?
 * @name: its name
 * @flags: SLAB_* that its creator gave
 *
 * Context: any.
 * Return: SLAB_DEBUG_FLAGS of it.
 */
unsigned int slab_debug_flags(const char *name, unsigned int flags)
{
	unsigned int block;

	flags &= SLAB_DEBUG_FLAGS;
	for (const char *s = blocks; *s; s += strcspn(s, ";")) {
		s = parse_letters(s + strspn(s, ";"), &block);
		if (*s == ',' && in_list(s + 1, name))
			return flags | block;
	}
	return flags | for_all;
}

bool slab_debug_keeps_order(void)
{
	return keeps_order;
}
