// SPDX-License-Identifier: GPL-2.0-only
/*
 * Simple commands: the leaves of the tree.
 *
 *	x=1 name words > file
 *
 *	expand words -> function? builtin? -> redirect, run here, redirections undone
 *	                else a program     -> fork -> redirect -> execve
 *	                                      |
 *	                                      '-> wait (jobs.c)
 *
 * A running function may define itself anew, or unset itself: its body is counted, and the last
 * user drops it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../box.h"
#include "sh.h"

struct body {
	int users;		/* the definition, and each call that runs it */
	struct node *tree;
};

struct function {
	struct function *next;
	char *name;
	struct body *body;
};

static struct function *functions;

/* ---- functions ---- */

static struct function *function_find(const char *name)
{
	struct function *f = functions;

	while (f && strcmp(f->name, name) != 0)
		f = f->next;
	return f;
}

bool function_exists(const char *name)
{
	return function_find(name);
}

static void body_put(struct body *b)
{
	if (--b->users)
		return;
	node_free(b->tree);
	free(b);
}

void function_define(const char *name, const struct node *tree)
{
	struct function *f = function_find(name);
	struct body *b = xmalloc(sizeof(*b));

	*b = (struct body){ .users = 1, .tree = node_copy(tree) };
	if (f) {
		body_put(f->body);	/* may be running: then the call drops it */
	} else {
		f = xmalloc(sizeof(*f));
		*f = (struct function){ .next = functions, .name = xstrdup(name) };
		functions = f;
	}
	f->body = b;
}

bool function_unset(const char *name)
{
	for (struct function **p = &functions; *p; p = &(*p)->next) {
		struct function *f = *p;

		if (strcmp(f->name, name) != 0)
			continue;
		*p = f->next;
		body_put(f->body);
		free(f->name);
		free(f);
		return true;
	}
	return false;
}

static int call_function(struct function *f, int argc, char **argv, int flags)
{
	struct body *body = f->body;
	int outer_loops = loop_depth, status;

	body->users++;
	loop_depth = 0;
	scope_enter(argc - 1, argv + 1);
	status = eval(body->tree, flags & EV_TESTED);
	scope_leave();
	loop_depth = outer_loops;
	body_put(body);
	if (skipping == SKIP_RETURN) {
		skipping = SKIP_NONE;
		status = last_status;
	}
	return status;
}

/* ---- programs ---- */

/* Looks for @name along $PATH; a name with a slash is a path itself. NULL: not found. */
char *find_program(const char *name)
{
	const char *path = var_get("PATH");
	char *not_executable = NULL;
	struct stat st;

	if (strchr(name, '/'))
		return arena_strdup(name);
	while (path && *path) {
		size_t len = strcspn(path, ":");
		struct buf b = { 0 };

		buf_add(&b, path, len);
		if (len)
			buf_char(&b, '/');
		buf_add(&b, name, strlen(name));
		if (stat(b.text, &st) == 0 && S_ISREG(st.st_mode)) {
			if (access(b.text, X_OK) == 0)
				return b.text;
			not_executable = b.text;
		}
		path += len + (path[len] == ':');
	}
	return not_executable;
}

/* Becomes the program. A text file without #! is taken for a script of ours. */
void exec_program(char **argv, char **env)
{
	char *path = find_program(argv[0]);
	struct args script = { 0 };
	int error;

	if (!path) {
		sh_warn("%s: not found", argv[0]);
		sh_exit(127);
	}
	execve(path, argv, env);
	error = errno;
	if (error == ENOEXEC) {
		args_add(&script, "sh");
		args_add(&script, path);
		for (char **p = argv + 1; *p; p++)
			args_add(&script, *p);
		execve("/bin/sh", script.list, env);
	}
	sh_warn("%s: %s", argv[0], strerror(error));
	sh_exit(error == ENOENT || error == ENOTDIR ? 127 : 126);
}

/* ---- simple commands ---- */

static void trace(const struct args *args)
{
	const char *ps4 = var_get("PS4");

	fputs(ps4 ? ps4 : "", stderr);
	for (int i = 0; i < args->count; i++)
		fprintf(stderr, "%s%s", i ? " " : "", args->list[i]);
	fputc('\n', stderr);
}

/* name=value words. @flag: V_EXPORT for a program's environment. @local: for the scope only. */
static void assign(const struct word *w, int flag, bool local)
{
	for (; w; w = w->next) {
		size_t len = strcspn(w->text, "=");
		char *name = arena_strndup(w->text, len);
		char *value = expand_string(w->text + len + 1);

		if (local)
			scope_local(name);
		var_set(name, value);
		if (flag)
			var_flag(name, flag);
		if (options.xtrace)
			fprintf(stderr, "+ %s=%s\n", name, value);
	}
}

static int run_here(struct node *n, struct args *args, struct function *f, builtin_fn fn,
		    bool special, int flags)
{
	struct redir_save *mark = redir_mark();
	bool scoped = n->assigns && !special, is_exec = fn && strcmp(args->list[0], "exec") == 0;
	int status = 2;

	if (redir_apply(n->redirs, true)) {
		if (scoped)
			scope_enter(0, NULL);
		assign(n->assigns, scoped ? V_EXPORT : 0, scoped);
		if (f)
			status = call_function(f, args->count, args->list, flags);
		else
			status = fn(args->count, args->list);
		if (scoped)
			scope_leave();
		if (fflush(stdout) && !status) {
			sh_warn("%s: write: %s", args->list[0], strerror(errno));
			clearerr(stdout);
			status = 1;
		}
	}
	if (is_exec)
		redir_keep(mark);
	else
		redir_undo(mark);
	return status;
}

static void __attribute__((noreturn)) run_program(struct node *n, struct args *args)
{
	if (!redir_apply(n->redirs, false))
		sh_exit(2);
	assign(n->assigns, V_EXPORT, false);
	exec_program(args->list, var_environ());
}

/* A simple command: assignments, words, redirections. */
int eval_simple(struct node *n, int flags)
{
	struct arena_mark mark = arena_mark();
	struct args args = { 0 };
	struct function *f = NULL;
	builtin_fn fn = NULL;
	bool special = false;
	int status = 2;

	output_status = 0;
	expand_words(&args, n->words);
	if (options.xtrace && args.count)
		trace(&args);
	if (args.count) {
		f = function_find(args.list[0]);
		if (!f)
			fn = builtin_find(args.list[0], &special);
	}
	if (!args.count) {
		struct redir_save *redirs = redir_mark();

		if (redir_apply(n->redirs, true)) {
			assign(n->assigns, 0, false);
			status = output_status;
		}
		redir_undo(redirs);
	} else if (f || fn) {
		status = run_here(n, &args, f, fn, special, flags);
	} else if (flags & EV_EXIT) {
		run_program(n, &args);
	} else {
		struct job *job = job_new(n->text);

		if (job_fork(job, true) == 0)
			run_program(n, &args);
		status = job_wait(job);
	}
	arena_release(mark);
	return status;
}
