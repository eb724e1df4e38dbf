// SPDX-License-Identifier: GPL-2.0-only
/*
 * params.c - the words of the kernel command line.
 *
 *	quiet mem=64M color=blue single -- -x y
 *	|     |       |          |      |  `--`-- arguments of init
 *	|     |       |          |      `-------- the end of the kernel's words
 *	|     |       |          `--------------- unknown: init's argument
 *	|     |       `-------------------------- unknown with '=': its environment
 *	`-----`---------------------------------- somebody's early_param or __setup
 *
 * The handlers stand in a section of their own that the linker collects; nothing
 * is registered at run time. A value may be quoted: name="two words". Two passes
 * over the line: early handlers run when only memblock is there, the others (and
 * the sorting of what is left) when the allocators are up. Words keep pointing
 * into a copy of the line, so the copy stays.
 *
 * A word with a dot before its '=' ("module.option=1") is ignored, and console=
 * too (the device tree names the console): Linux's rule, and QEMU scripts' habit.
 */
#include <linux-lite/init.h>
#include <linux-lite/init_args.h>
#include <linux-lite/kernel.h>
#include <linux-lite/params.h>
#include <linux-lite/printk.h>
#include <linux-lite/string.h>

#define COMMAND_LINE_SIZE	2048

/* The linker's, around the section. */
extern const struct kernel_param __start_kernel_params[], __stop_kernel_params[];

static char line[COMMAND_LINE_SIZE];
static char early_line[COMMAND_LINE_SIZE] __initdata;

const char *argv_init[MAX_INIT_ARGS + 2] = { "init" };
const char *envp_init[MAX_INIT_ENVS + 2] = { "HOME=/", "TERM=linux" };
static int argc_init = 1, envc_init = 2;

/* The next word of *rest, quotes taken out of it; NULL at the end. */
static char *next_word(char **rest)
{
	char *s = skip_spaces(*rest), *out = s, *word = s;
	bool quoted = false;

	if (!*s)
		return NULL;
	for (; *s && (quoted || *s != ' '); s++) {
		if (*s == '"')
			quoted = !quoted;
		else
			*out++ = *s;
	}
	*rest = *s ? s + 1 : s;
	*out = '\0';
	return word;
}

/* Linux takes - and _ in names as the same. */
static bool same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		char x = *a == '-' ? '_' : *a, y = *b == '-' ? '_' : *b;

		if (x != y)
			return false;
	}
	return *a == *b;
}

/* Hand a word to its handlers. Return: true if anybody knows it. */
static bool handle(char *name, char *value, bool early)
{
	const struct kernel_param *p;
	bool known = false;

	for (p = __start_kernel_params; p < __stop_kernel_params; p++) {
		if (!same_name(p->name, name))
			continue;
		known = true;
		if (p->early == early && p->set(value))
			pr_warn("Malformed parameter '%s'\n", name);
	}
	return known;
}

static void give_to_init(char *word, char *value)
{
	if (!value) {
		if (argc_init > MAX_INIT_ARGS)
			panic("Too many boot init vars at `%s'", word);
		argv_init[argc_init++] = word;
		return;
	}
	value[-1] = '=';
	if (envc_init > MAX_INIT_ENVS)
		panic("Too many boot env vars at `%s'", word);
	for (int i = 0; i < envc_init; i++) {
		if (!strncmp(envp_init[i], word, value - word)) {	/* TERM=vt100 */
			envp_init[i] = word;
			return;
		}
	}
	envp_init[envc_init++] = word;
}

static void parse(char *s, bool early)
{
	bool for_init = false;
	char *word;

	while ((word = next_word(&s))) {
		char *value = for_init ? NULL : strchr(word, '=');
		char *dot = strchr(word, '.');

		if (!for_init && !strcmp(word, "--")) {
			for_init = true;
			continue;
		}
		if (value)
			*value++ = '\0';
		if (!for_init && (handle(word, value, early) || same_name(word, "console")))
			continue;
		if (early || (!for_init && dot && (!value || dot < value)))
			continue;
		give_to_init(word, value);
	}
}

/**
 * parse_early_params - run the early_param handlers
 * @cmdline: the command line; not changed
 *
 * Context: boot, memblock only.
 */
void __init parse_early_params(const char *cmdline)
{
	strscpy(early_line, cmdline, sizeof(early_line));
	parse(early_line, true);
}

/**
 * parse_params - run the __setup handlers, and collect init's words
 * @cmdline: the command line; not changed
 *
 * Context: boot, the allocators are up.
 */
void __init parse_params(const char *cmdline)
{
	strscpy(line, cmdline, sizeof(line));
	parse(line, false);
}

/** drop_init_args - rdinit= or init= was given: what came before is not for it */
void drop_init_args(void)
{
	argc_init = 1;
	for (int i = 1; i <= MAX_INIT_ARGS; i++)
		argv_init[i] = NULL;
}
