// SPDX-License-Identifier: GPL-2.0-only
/*
 * Running the tree that parse.c made.
 *
 * eval() walks it; command.c runs the leaves. Most happens in the shell itself; a process is forked
 * only where one is needed: for a program, a stage of a pipeline, ( ), & and $( ).
 *
 * EV_EXIT says that this process ends after the node (a stage of a pipeline, a subshell): then a
 * program replaces it without another fork.
 *
 * break, continue and return do not jump: they set `skipping`, every loop and list looks at it and
 * stops, until the one that was meant clears it. Only errors jump (sh_error).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

int last_status;
enum skip skipping;
int skip_count, loop_depth;
int output_status;

/* ---- processes ---- */

/* What a forked shell does: the node, then the end. */
void eval_child(struct node *n)
{
	loop_depth = 0;
	sh_exit(eval(n, EV_EXIT));
}

static int eval_pipe(struct node *n, bool background)
{
	struct job *job = job_new(n->text);
	int from = -1, to[2] = { -1, -1 };

	for (; n; n = n->type == N_PIPE ? n->b : NULL) {
		bool last = n->type != N_PIPE;
		pid_t pid;

		if (!last && pipe(to) < 0) {
			sh_warn("pipe: %s", strerror(errno));
			break;
		}
		pid = job_fork(job, !background);
		if (pid == 0) {
			if (from >= 0) {
				dup2(from, STDIN_FILENO);
				close(from);
			}
			if (!last) {
				close(to[0]);
				dup2(to[1], STDOUT_FILENO);
				close(to[1]);
			}
			eval_child(last ? n : n->a);
		}
		if (from >= 0)
			close(from);
		if (!last)
			close(to[1]);
		from = last ? -1 : to[0];
		if (pid < 0)
			break;
	}
	if (from >= 0)
		close(from);
	if (!background)
		return job_wait(job);
	job_background(job);
	return 0;
}

static int eval_subshell(struct node *n, int flags)
{
	struct job *job;

	if (flags & EV_EXIT) {
		if (!redir_apply(n->redirs, false))
			sh_exit(2);
		eval_child(n->a);
	}
	job = job_new(n->text);
	if (job_fork(job, true) == 0) {
		if (!redir_apply(n->redirs, false))
			sh_exit(2);
		eval_child(n->a);
	}
	return job_wait(job);
}

static int eval_background(struct node *n)
{
	struct job *job;

	if (n->a->type == N_PIPE)
		return eval_pipe(n->a, true);
	job = job_new(n->text);
	if (job_fork(job, false) == 0)
		eval_child(n->a);
	job_background(job);
	return 0;
}

/* $(...): runs @n in a child and returns what it wrote, in the arena. */
char *eval_output(struct node *n, size_t *len)
{
	struct buf out = { 0 };
	char block[4096];
	int fds[2], status = 0;
	ssize_t got;
	pid_t pid;

	if (n) {
		if (pipe(fds) < 0)
			sh_error("pipe: %s", strerror(errno));
		fflush(NULL);
		pid = fork();
		if (pid < 0)
			sh_error("fork: %s", strerror(errno));
		if (!pid) {
			close(fds[0]);
			dup2(fds[1], STDOUT_FILENO);
			if (fds[1] != STDOUT_FILENO)
				close(fds[1]);
			jobs_subshell();
			eval_child(n);
		}
		close(fds[1]);
		while ((got = read(fds[0], block, sizeof(block))) != 0) {
			if (got > 0)
				buf_add(&out, block, (size_t)got);
			else if (errno != EINTR || interrupted)
				break;
		}
		close(fds[0]);
		status = job_reap(pid);
	}
	output_status = status;
	*len = out.len;
	return buf_text(&out);
}

/* ---- compound commands ---- */

/* After a loop's body: true when the loop ends. */
static bool loop_ends(void)
{
	if (skipping == SKIP_NONE)
		return false;
	if (skipping == SKIP_RETURN || --skip_count > 0)
		return true;
	if (skipping == SKIP_CONTINUE) {
		skipping = SKIP_NONE;
		return false;
	}
	skipping = SKIP_NONE;
	return true;
}

static int eval_while(struct node *n, int flags)
{
	int status = 0;

	loop_depth++;
	for (;;) {
		bool yes = eval(n->a, EV_TESTED) == 0;

		if (skipping) {
			if (loop_ends())
				break;
			continue;
		}
		if (yes != (n->type == N_WHILE))
			break;
		status = eval(n->b, flags);
		if (loop_ends())
			break;
	}
	loop_depth--;
	return skipping == SKIP_RETURN ? last_status : status;
}

static int eval_for(struct node *n, int flags)
{
	struct arena_mark mark = arena_mark();
	struct args args = { 0 };
	int status = 0;

	if (n->from_args) {
		for (int i = 0; i < params.count; i++)
			args_add(&args, arena_strdup(params.list[i]));
	} else {
		expand_words(&args, n->words);
	}
	loop_depth++;
	for (int i = 0; i < args.count; i++) {
		var_set(n->name, args.list[i]);
		status = eval(n->a, flags);
		if (loop_ends())
			break;
	}
	loop_depth--;
	arena_release(mark);
	return status;
}

static int eval_case(struct node *n, int flags)
{
	struct arena_mark mark = arena_mark();
	char *value = expand_string(n->name);
	int status = 0;

	for (struct node *arm = n->a; arm; arm = arm->b) {
		for (struct word *w = arm->words; w; w = w->next) {
			if (!pattern_match(expand_pattern(w->text), value))
				continue;
			status = eval(arm->a, flags);
			arena_release(mark);
			return status;
		}
	}
	arena_release(mark);
	return status;
}

static int eval_compound(struct node *n, int flags)
{
	int status;

	switch (n->type) {
	case N_GROUP:
		return eval(n->a, flags);
	case N_IF:
		status = eval(n->a, EV_TESTED);
		if (skipping)
			return status;
		if (status == 0)
			return eval(n->b, flags);
		return n->c ? eval(n->c, flags) : 0;
	case N_WHILE:
	case N_UNTIL:
		return eval_while(n, flags);
	case N_FOR:
		return eval_for(n, flags);
	default:
		return eval_case(n, flags);
	}
}

/* A compound command with redirections: the shell redirects itself meanwhile. */
static int eval_redirected(struct node *n, int flags)
{
	struct redir_save *mark = redir_mark();
	int status = 2;

	if (redir_apply(n->redirs, true))
		status = eval_compound(n, flags & ~EV_EXIT);
	fflush(stdout);
	redir_undo(mark);
	return status;
}

static int eval_node(struct node *n, int flags)
{
	int status, tested = (flags & EV_EXIT) ? EV_TESTED : flags | EV_TESTED;

	switch (n->type) {
	case N_SIMPLE:
		return eval_simple(n, flags);
	case N_PIPE:
		return eval_pipe(n, false);
	case N_AND:
	case N_OR:
		status = eval(n->a, tested);
		if (skipping || (status == 0) != (n->type == N_AND))
			return status;
		return eval(n->b, flags);
	case N_NOT:
		status = eval(n->a, tested);
		return skipping ? status : !status;
	case N_SEQ:
		status = eval(n->a, flags & ~EV_EXIT);
		return skipping ? status : eval(n->b, flags);
	case N_BG:
		return eval_background(n);
	case N_SUBSHELL:
		return eval_subshell(n, flags);
	case N_FUNC:
		function_define(n->name, n->a);
		return 0;
	default:
		return n->redirs ? eval_redirected(n, flags) : eval_compound(n, flags);
	}
}

/* Runs @n and sets $?. */
int eval(struct node *n, int flags)
{
	int status;

	if (!n)
		return last_status;
	sh_check_interrupt();
	status = eval_node(n, flags);
	if (skipping != SKIP_RETURN)	/* whose own status `return` has set already */
		last_status = status;
	if (status && options.errexit && !(flags & EV_TESTED) && !skipping &&
	    (n->type == N_SIMPLE || n->type == N_PIPE || n->type == N_SUBSHELL))
		sh_exit(status);
	return last_status;
}

/* Runs the commands in @text: eval, -c. */
int eval_string(const char *text)
{
	struct arena_mark mark = arena_mark();
	struct input in;
	int status;

	input_push_string(&in, text);
	status = run_input();
	input_pop();
	arena_release(mark);
	return status;
}
