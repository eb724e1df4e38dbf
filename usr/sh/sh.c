// SPDX-License-Identifier: GPL-2.0-only
/*
 * sh: the shell.
 *
 *	input.c   lex.c    parse.c           eval.c                      jobs.c
 *	chars --> tokens --> tree --> walk --+--> expand.c arith.c glob.c  wait, terminal
 *	  ^                                  +--> builtin.c vars.c
 *	edit.c (terminal)                    '--> command.c redir.c: fork, execve
 *
 * It reads one command (a line, or more where one spans lines), runs it, drops all the memory that
 * took (arena.c), and reads the next. POSIX's shell language (XCU 2) less a few rarely used things:
 * no traps, aliases, getopts, `set -o`; and `local` more.
 *
 *	sh [-eufxin] [script [args]]     sh -c commands [name [args]]     sh < script
 *
 * Errors that end a command (syntax, ${x?}, read-only) go through sh_error(): a script ends with
 * status 2, an interactive shell is back at its prompt.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../box.h"
#include "sh.h"

struct options options;
bool interactive;
volatile int interrupted;
pid_t shell_pid;

static jmp_buf prompt;		/* where an interactive shell goes on after an error or ^C */
static const char *command_text;

static void message(const char *fmt, va_list ap)
{
	fflush(stdout);
	fprintf(stderr, "%s: ", base_name(script_name));
	if (input && !input->terminal && input->line_number)
		fprintf(stderr, "%d: ", input->line_number);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
}

void sh_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message(fmt, ap);
	va_end(ap);
}

/* Ends the present command, or the shell when no one sits before it. */
void sh_error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message(fmt, ap);
	va_end(ap);
	last_status = 2;
	if (!interactive)
		sh_exit(2);
	longjmp(prompt, 1);
}

void sh_exit(int status)
{
	fflush(NULL);
	exit(status);
}

/* ^C: back to the prompt. Called between commands, where all is consistent. */
void sh_check_interrupt(void)
{
	if (!interrupted || !interactive)
		return;
	interrupted = 0;
	last_status = 130;
	longjmp(prompt, 1);
}

bool set_option(char letter, bool on)
{
	switch (letter) {
	case 'e': options.errexit = on; return true;
	case 'u': options.nounset = on; return true;
	case 'x': options.xtrace = on; return true;
	case 'f': options.noglob = on; return true;
	case 'n': options.noexec = on; return true;
	default: return false;
	}
}

/* Reads and runs commands until the current input ends. Returns the last status. */
int run_input(void)
{
	int status = 0;
	bool end;

	do {
		struct arena_mark mark = arena_mark();
		struct node *n;

		input_new_command();
		n = parse_command(&end);
		if (end && lex_peek()->type == T_RPAREN)
			sh_error("syntax error: \")\" unexpected");
		if (n && !options.noexec)
			status = eval(n, 0);
		arena_release(mark);
	} while (!end && !skipping);
	return status;
}

/* `. file`: in this shell. `return` ends the file. */
int source_file(const char *path)
{
	struct input in;
	int status, fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		sh_warn("%s: %s", path, strerror(errno));
		return 127;
	}
	input_push_fd(&in, fd, true, false);
	status = run_input();
	input_pop();
	if (skipping == SKIP_RETURN) {
		skipping = SKIP_NONE;
		status = last_status;
	}
	return status;
}

/* After an error: everything that was under way is undone, down to the terminal's input. */
static void recover(struct arena_mark base)
{
	while (input->outer)
		input_pop();
	input->pos = input->len;
	input->at_end = false;
	while (scope_depth())
		scope_leave();
	redir_undo(NULL);
	arena_release(base);
	skipping = SKIP_NONE;
	loop_depth = 0;
}

static int run_interactive(void)
{
	static struct input terminal;
	struct arena_mark base = arena_mark();

	input_push_fd(&terminal, STDIN_FILENO, false, true);
	if (setjmp(prompt)) {
		interrupted = 0;
		recover(base);
	}
	return run_input();
}

static int parse_args(int argc, char **argv)
{
	int c;

	optind = 0;
	while ((c = getopt(argc, argv, "+c:eufxnil")) != -1) {
		if (c == 'c')
			command_text = optarg;
		else if (c == 'i')
			interactive = true;
		else if (c != 'l' && !set_option((char)c, true))
			return usage("[-eufxin] [-c COMMANDS | SCRIPT] [ARGS...]");
	}
	return 0;
}

int sh_main(int argc, char **argv)
{
	bool login = argv[0][0] == '-';
	struct input in;
	int fd = -1, status;

	shell_pid = getpid();
	vars_init();
	status = parse_args(argc, argv);
	if (status)
		return status;
	argc -= optind;
	argv += optind;
	if (argc) {
		script_name = argv[0];
		params_set(&params, argc - 1, argv + 1);
	}
	if (command_text)
		return eval_string(command_text);
	if (argc) {
		fd = open(argv[0], O_RDONLY | O_CLOEXEC);
		if (fd < 0) {
			sh_warn("%s", strerror(errno));
			return 127;
		}
		input_push_fd(&in, fd, true, false);
		status = run_input();
		input_pop();
		return status;
	}
	if (!interactive)
		interactive = isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
	if (!var_get("PS1"))
		var_set("PS1", geteuid() ? "$PWD $ " : "$PWD # ");
	jobs_init(interactive);
	if (login && access("/etc/profile", R_OK) == 0)
		source_file("/etc/profile");
	if (interactive)
		return run_interactive();
	input_push_fd(&in, STDIN_FILENO, false, false);
	return run_input();
}
