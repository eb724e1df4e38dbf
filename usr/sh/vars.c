// SPDX-License-Identifier: GPL-2.0-only
/*
 * Variables, and the arguments $1 $2 ...
 *
 * One list of names with value and flags. A function's `local x` and a command's `x=1 cmd` change a
 * variable for a while: the old state is put on the current scope's list, and leaving the scope
 * puts it back. So the variables themselves need no notion of depth:
 *
 *	variables:  HOME PATH x=2                   scope_local("x") saves x=1, var_set makes it 2
 *	scopes:     [x was 1] -> outer scope -> NULL scope_leave() makes it 1 again
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../box.h"
#include "sh.h"

struct var {
	struct var *next;
	char *name;
	char *value;	/* NULL: not set, only exported or readonly */
	int flags;
};

struct saved {
	struct saved *next;
	char *name, *value;
	int flags;
};

struct scope {
	struct scope *outer;
	struct saved *saved;
	bool call;		/* a function's: has its own arguments */
	struct params params;	/* the caller's */
};

extern char **environ;

struct params params;
char *script_name = "sh";

static struct var *vars;
static struct scope *scope;

static struct var *find(const char *name)
{
	struct var *v = vars;

	while (v && strcmp(v->name, name) != 0)
		v = v->next;
	return v;
}

static struct var *find_or_add(const char *name)
{
	struct var *v = find(name), **end = &vars;

	if (v)
		return v;
	while (*end && strcmp((*end)->name, name) < 0)
		end = &(*end)->next;
	v = xmalloc(sizeof(*v));
	*v = (struct var){ .next = *end, .name = xstrdup(name) };
	*end = v;
	return v;
}

const char *var_get(const char *name)
{
	struct var *v = find(name);

	return v ? v->value : NULL;
}

void var_set(const char *name, const char *value)
{
	struct var *v = find_or_add(name);
	char *copy;

	if (v->flags & V_READONLY)
		sh_error("%s: is read only", name);
	copy = xstrdup(value);	/* first: @value may be the old one */
	free(v->value);
	v->value = copy;
}

void var_flag(const char *name, int flag)
{
	find_or_add(name)->flags |= flag;
}

/* False when it is read only. */
bool var_unset(const char *name)
{
	for (struct var **p = &vars; *p; p = &(*p)->next) {
		struct var *v = *p;

		if (strcmp(v->name, name) != 0)
			continue;
		if (v->flags & V_READONLY)
			return false;
		*p = v->next;
		free(v->name);
		free(v->value);
		free(v);
		break;
	}
	return true;
}

/* "name=value" or "name", @flag added. False when the name is none. */
bool var_assign(const char *text, int flag)
{
	size_t len = strcspn(text, "=");
	char *name = arena_strndup(text, len);

	if (!is_name(name, len))
		return false;
	if (text[len])
		var_set(name, text + len + 1);
	var_flag(name, flag);
	return true;
}

/* The environment for a program, in the arena. */
char **var_environ(void)
{
	struct args env = { 0 };

	for (struct var *v = vars; v; v = v->next) {
		struct buf b = { 0 };

		if (!(v->flags & V_EXPORT) || !v->value)
			continue;
		buf_add(&b, v->name, strlen(v->name));
		buf_char(&b, '=');
		buf_add(&b, v->value, strlen(v->value));
		args_add(&env, b.text);
	}
	if (!env.list)
		args_add(&env, NULL);
	return env.list;
}

/* Prints those with @flag (all for 0) in a form that the shell can read again. */
void vars_show(int flag, const char *prefix)
{
	for (struct var *v = vars; v; v = v->next) {
		if ((v->flags & flag) != flag || (!flag && !v->value))
			continue;
		printf("%s%s", prefix, v->name);
		if (v->value) {
			printf("='");
			for (const char *p = v->value; *p; p++)
				*p == '\'' ? fputs("'\\''", stdout) : putchar(*p);
			putchar('\'');
		}
		putchar('\n');
	}
}

void vars_init(void)
{
	char dir[4096], ppid[24];

	for (char **e = environ; *e; e++)
		var_assign(*e, V_EXPORT);
	var_set("IFS", " \t\n");
	var_set("PS2", "> ");
	var_set("PS4", "+ ");
	snprintf(ppid, sizeof(ppid), "%d", (int)getppid());
	var_set("PPID", ppid);
	if (!var_get("PATH"))
		var_set("PATH", "/bin:/sbin:/usr/bin:/usr/sbin");
	if (getcwd(dir, sizeof(dir)))
		var_set("PWD", dir);
}

/* Makes @list the arguments, copied; the old ones are dropped. */
void params_set(struct params *p, int count, char **list)
{
	struct params new = { .count = count, .list = xmalloc((size_t)count * sizeof(char *)) };

	for (int i = 0; i < count; i++)
		new.list[i] = xstrdup(list[i]);
	params_free(p);
	*p = new;
}

void params_free(struct params *p)
{
	for (int i = 0; i < p->count; i++)
		free(p->list[i]);
	free(p->list);
	*p = (struct params){ 0 };
}

/* @args: the arguments of the function that is called, NULL for `x=1 builtin`. */
void scope_enter(int count, char **args)
{
	struct scope *s = xmalloc(sizeof(*s));

	*s = (struct scope){ .outer = scope, .call = args != NULL };
	scope = s;
	if (args) {
		s->params = params;
		params = (struct params){ 0 };
		params_set(&params, count, args);
	}
}

void scope_leave(void)
{
	struct scope *s = scope;

	while (s->saved) {
		struct saved *old = s->saved;
		struct var *v = find_or_add(old->name);

		free(v->value);
		v->value = old->value;
		v->flags = old->flags;
		if (!v->value && !v->flags)
			var_unset(old->name);
		s->saved = old->next;
		free(old->name);
		free(old);
	}
	if (s->call) {
		params_free(&params);
		params = s->params;
	}
	scope = s->outer;
	free(s);
}

/* From here to the end of the current scope, changes to @name are temporary. */
bool scope_local(const char *name)
{
	struct var *v = find(name);
	struct saved *old;

	if (!scope)
		return false;
	old = xmalloc(sizeof(*old));
	*old = (struct saved){ .next = scope->saved, .name = xstrdup(name) };
	if (v) {
		old->flags = v->flags;
		old->value = v->value ? xstrdup(v->value) : NULL;
	}
	scope->saved = old;
	return true;
}

int scope_depth(void)
{
	int depth = 0;

	for (struct scope *s = scope; s; s = s->outer)
		depth++;
	return depth;
}
