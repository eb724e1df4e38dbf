// SPDX-License-Identifier: GPL-2.0-only
/*
 * Builtins: the commands that must run in the shell itself, because they change the shell: its
 * directory, variables, options, limits, descriptors, flow of control. A program in a process of
 * its own could change only itself.
 *
 * Some others run here only to save the fork: echo, printf, test, pwd, true, false, kill. Those are
 * the box's applets (in_shell in applets.h), called as functions.
 *
 * "Special" ones (POSIX XCU 2.14) keep assignments written before them: `x=1 export y`.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../box.h"
#include "sh.h"

static int do_nothing(int argc, char **argv)
{
	return 0;
}

static int do_cd(int argc, char **argv)
{
	const char *dir = argc > 1 ? argv[1] : var_get("HOME"), *old = var_get("PWD");
	char here[4096];

	if (dir && strcmp(dir, "-") == 0) {
		dir = var_get("OLDPWD");
		if (dir)
			printf("%s\n", dir);
	}
	if (!dir || chdir(dir) < 0) {
		sh_warn("cd: %s: %s", dir ? dir : "HOME or OLDPWD",
			dir ? strerror(errno) : "not set");
		return 1;
	}
	if (old)
		var_set("OLDPWD", old);
	if (getcwd(here, sizeof(here)))
		var_set("PWD", here);
	return 0;
}

static int number_or(int argc, char **argv, int otherwise)
{
	return argc > 1 ? atoi(argv[1]) : otherwise;
}

static int do_exit(int argc, char **argv)
{
	sh_exit(number_or(argc, argv, last_status) & 255);
}

static int do_return(int argc, char **argv)
{
	skipping = SKIP_RETURN;
	last_status = number_or(argc, argv, last_status) & 255;
	return last_status;
}

static int leave_loop(int argc, char **argv, enum skip how)
{
	if (!loop_depth)
		return 0;
	skip_count = number_or(argc, argv, 1);
	if (skip_count > loop_depth)
		skip_count = loop_depth;
	skipping = how;
	return 0;
}

static int do_break(int argc, char **argv)
{
	return leave_loop(argc, argv, SKIP_BREAK);
}

static int do_continue(int argc, char **argv)
{
	return leave_loop(argc, argv, SKIP_CONTINUE);
}

static int flag_vars(int argc, char **argv, int flag)
{
	char *prefix = xasprintf("%s ", argv[0]);
	int status = 0;

	if (argc == 1 || strcmp(argv[1], "-p") == 0)
		vars_show(flag, prefix);
	else
		for (int i = 1; i < argc; i++) {
			if (!var_assign(argv[i], flag)) {
				sh_warn("%s: %s: is not a name", argv[0], argv[i]);
				status = 1;
			}
		}
	free(prefix);
	return status;
}

static int do_export(int argc, char **argv)
{
	return flag_vars(argc, argv, V_EXPORT);
}

static int do_readonly(int argc, char **argv)
{
	return flag_vars(argc, argv, V_READONLY);
}

static int do_local(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		char *name = arena_strndup(argv[i], strcspn(argv[i], "="));

		if (!scope_local(name)) {
			sh_warn("local: not in a function");
			return 1;
		}
		var_assign(argv[i], 0);
	}
	return 0;
}

static int do_unset(int argc, char **argv)
{
	int first = argc > 1 && argv[1][0] == '-' ? 2 : 1, status = 0;
	bool functions = first == 2 && argv[1][1] == 'f';

	for (int i = first; i < argc; i++) {
		if (functions)
			function_unset(argv[i]);
		else if (!var_unset(argv[i])) {
			sh_warn("unset: %s: is read only", argv[i]);
			status = 1;
		}
	}
	return status;
}

static int do_set(int argc, char **argv)
{
	int i = 1;

	if (argc == 1) {
		vars_show(0, "");
		return 0;
	}
	for (; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1]; i++) {
		bool on = argv[i][0] == '-';

		if (strcmp(argv[i], "--") == 0)
			break;
		for (const char *p = argv[i] + 1; *p; p++) {
			if (!set_option(*p, on)) {
				sh_warn("set: -%c: no such option", *p);
				return 2;
			}
		}
	}
	if (i < argc) {
		i += strcmp(argv[i], "--") == 0;
		params_set(&params, argc - i, argv + i);
	}
	return 0;
}

static int do_shift(int argc, char **argv)
{
	int n = number_or(argc, argv, 1);

	if (n < 0 || n > params.count) {
		sh_warn("shift: can't shift that many");
		return 1;
	}
	for (int i = 0; i < n; i++)
		free(params.list[i]);
	params.count -= n;
	memmove(params.list, params.list + n, (size_t)params.count * sizeof(char *));
	return 0;
}

static int do_eval(int argc, char **argv)
{
	struct buf text = { 0 };

	for (int i = 1; i < argc; i++) {
		if (i > 1)
			buf_char(&text, ' ');
		buf_add(&text, argv[i], strlen(argv[i]));
	}
	return eval_string(buf_text(&text));
}

static int do_dot(int argc, char **argv)
{
	char *path;

	if (argc < 2) {
		sh_warn(".: which file?");
		return 2;
	}
	path = find_program(argv[1]);
	return source_file(path ? path : argv[1]);
}

/* With a program it never returns; without, eval.c keeps the redirections. */
static int do_exec(int argc, char **argv)
{
	if (argc > 1)
		exec_program(argv + 1, var_environ());
	return 0;
}

static int do_umask(int argc, char **argv)
{
	mode_t mask;

	if (argc > 1) {
		umask((mode_t)strtoul(argv[1], NULL, 8));
		return 0;
	}
	mask = umask(0);
	umask(mask);
	printf("%04o\n", (unsigned int)mask);
	return 0;
}

/* How the shell would understand @name: for `command -v` and `type`. */
static int describe(const char *name, bool verbose)
{
	bool special;
	char *path;

	if (function_exists(name)) {
		printf(verbose ? "%s is a function\n" : "%s\n", name);
	} else if (builtin_find(name, &special)) {
		printf(verbose ? "%s is a shell builtin\n" : "%s\n", name);
	} else {
		path = find_program(name);
		if (!path || access(path, X_OK) < 0) {
			if (verbose)
				printf("%s: not found\n", name);
			return 127;
		}
		if (verbose)
			printf("%s is ", name);
		printf("%s\n", path);
	}
	return 0;
}

static int do_type(int argc, char **argv)
{
	int status = 0;

	for (int i = 1; i < argc; i++)
		status |= describe(argv[i], true);
	return status;
}

/* `command name`: without looking at functions. */
static int do_command(int argc, char **argv)
{
	builtin_fn fn;
	struct job *job;
	bool special;

	if (argc < 2)
		return 0;
	if (strcmp(argv[1], "-v") == 0)
		return argc > 2 ? describe(argv[2], false) : 0;
	fn = builtin_find(argv[1], &special);
	if (fn)
		return fn(argc - 1, argv + 1);
	job = job_new(argv[1]);
	if (job_fork(job, true) == 0)
		exec_program(argv + 1, var_environ());
	return job_wait(job);
}

/* A line from stdin, byte by byte: what follows it belongs to the next reader. */
static bool read_line(struct buf *chars, struct buf *escaped, bool raw)
{
	bool backslash = false;
	char c;

	for (;;) {
		ssize_t n = read(STDIN_FILENO, &c, 1);

		if (n < 0 && errno == EINTR && !interrupted)
			continue;
		if (n <= 0)
			return false;
		if (!raw && !backslash && c == '\\') {
			backslash = true;
			continue;
		}
		if (c == '\n' && !backslash)
			return true;
		if (c && c != '\n') {
			buf_char(chars, c);
			buf_char(escaped, backslash);
		}
		backslash = false;
	}
}

static int do_read(int argc, char **argv)
{
	static char *reply[] = { "REPLY", NULL };
	const char *ifs = var_get("IFS");
	struct buf chars = { 0 }, escaped = { 0 };
	bool raw = false, got;
	size_t at = 0;
	int c;

	optind = 0;
	while ((c = getopt(argc, argv, "+rp:")) != -1) {
		if (c == 'r')
			raw = true;
		else if (c == 'p')
			fprintf(stderr, "%s", optarg);
		else
			return 2;
	}
	got = read_line(&chars, &escaped, raw);
	buf_text(&chars);
	ifs = ifs ? ifs : " \t\n";
	argv = argv[optind] ? argv + optind : reply;
#define IS_IFS(i) (chars.text[i] && strchr(ifs, chars.text[i]) && !escaped.text[i])
#define IS_SPACE(i) (IS_IFS(i) && isspace((unsigned char)chars.text[i]))
	for (; *argv; argv++) {
		size_t start, end;

		while (at < chars.len && IS_SPACE(at))
			at++;
		start = at;
		while (at < chars.len && !IS_IFS(at))
			at++;
		end = at;
		while (at < chars.len && IS_SPACE(at))
			at++;
		if (at < chars.len && IS_IFS(at))
			at++;
		if (!argv[1] && at < chars.len) {	/* the last takes the rest as it stands */
			end = chars.len;
			while (end > start && IS_SPACE(end - 1))
				end--;
		}
		var_set(*argv, arena_strndup(chars.text + start, end - start));
	}
#undef IS_SPACE
#undef IS_IFS
	return !got;
}

/* kill with jobs: %1 becomes the job's process group. */
static int do_kill(int argc, char **argv)
{
	struct args args = { 0 };

	for (int i = 0; i < argc; i++) {
		char number[24];
		struct job *job;

		if (argv[i][0] != '%') {
			args_add(&args, argv[i]);
			continue;
		}
		job = job_find(argv[i]);
		if (!job) {
			sh_warn("kill: %s: no such job", argv[i]);
			return 1;
		}
		if (i == 1)
			args_add(&args, "-TERM");
		snprintf(number, sizeof(number), "-%d", (int)job_pgrp(job));
		args_add(&args, arena_strdup(number));
	}
	return kill_main(args.count, args.list);
}

static const struct limit {
	char letter;
	int resource;
	rlim_t unit;
	const char *name;
} limits[] = {
	{ 'c', RLIMIT_CORE, 512, "core file (blocks)" },
	{ 'd', RLIMIT_DATA, 1024, "data (kB)" },
	{ 'f', RLIMIT_FSIZE, 512, "file size (blocks)" },
	{ 'l', RLIMIT_MEMLOCK, 1024, "locked memory (kB)" },
	{ 'n', RLIMIT_NOFILE, 1, "open files" },
	{ 's', RLIMIT_STACK, 1024, "stack (kB)" },
	{ 't', RLIMIT_CPU, 1, "CPU time (s)" },
	{ 'u', RLIMIT_NPROC, 1, "processes" },
	{ 'v', RLIMIT_AS, 1024, "address space (kB)" },
};

static void print_limit(const struct limit *l)
{
	struct rlimit r;

	if (getrlimit(l->resource, &r) < 0)
		sh_warn("ulimit: %s: %s", l->name, strerror(errno));
	else if (r.rlim_cur == RLIM_INFINITY)
		printf("unlimited\n");
	else
		printf("%lu\n", (unsigned long)(r.rlim_cur / l->unit));
}

static int do_ulimit(int argc, char **argv)
{
	char letter = argc > 1 && argv[1][0] == '-' ? argv[1][1] : 'f';
	const char *value = argv[argc > 1 && argv[1][0] == '-' ? 2 : argc > 1 ? 1 : 0];
	size_t count = sizeof(limits) / sizeof(limits[0]), i = 0;
	struct rlimit r;

	if (letter == 'a') {
		for (i = 0; i < count; i++) {
			printf("-%c %-20s ", limits[i].letter, limits[i].name);
			print_limit(&limits[i]);
		}
		return 0;
	}
	while (i < count && limits[i].letter != letter)
		i++;
	if (i == count) {
		sh_warn("ulimit: -%c: no such limit", letter);
		return 2;
	}
	if (argc == 1 || !value) {
		print_limit(&limits[i]);
		return 0;
	}
	r.rlim_cur = strcmp(value, "unlimited") ? strtoul(value, NULL, 10) * limits[i].unit
						: RLIM_INFINITY;
	r.rlim_max = r.rlim_cur;
	if (setrlimit(limits[i].resource, &r) < 0) {
		sh_warn("ulimit: %s: %s", limits[i].name, strerror(errno));
		return 1;
	}
	return 0;
}

static const struct {
	const char *name;
	builtin_fn fn;
	bool special;
} builtins[] = {
	{ ":", do_nothing, true },	{ ".", do_dot, true },
	{ "break", do_break, true },	{ "continue", do_continue, true },
	{ "eval", do_eval, true },	{ "exec", do_exec, true },
	{ "exit", do_exit, true },	{ "export", do_export, true },
	{ "readonly", do_readonly, true }, { "return", do_return, true },
	{ "set", do_set, true },	{ "shift", do_shift, true },
	{ "unset", do_unset, true },	{ "local", do_local, true },
	{ "bg", builtin_bg, false },	{ "cd", do_cd, false },
	{ "command", do_command, false }, { "fg", builtin_fg, false },
	{ "history", builtin_history, false }, { "jobs", builtin_jobs, false },
	{ "kill", do_kill, false },	{ "read", do_read, false },
	{ "type", do_type, false },	{ "ulimit", do_ulimit, false },
	{ "umask", do_umask, false },	{ "wait", builtin_wait, false },
};

static const struct {
	const char *name;
	builtin_fn fn;
	int in_shell;
} applets[] = {
#define APPLET(name, fn, in_shell) { name, fn##_main, in_shell },
#include "../applets.h"
#undef APPLET
};

builtin_fn builtin_find(const char *name, bool *special)
{
	*special = false;
	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++) {
		if (strcmp(builtins[i].name, name) == 0) {
			*special = builtins[i].special;
			return builtins[i].fn;
		}
	}
	for (size_t i = 0; i < sizeof(applets) / sizeof(applets[0]); i++) {
		if (applets[i].in_shell && strcmp(applets[i].name, name) == 0)
			return applets[i].fn;
	}
	return NULL;
}
