// SPDX-License-Identifier: GPL-2.0-only
/*
 * Redirections: a file is opened, and dup2() puts it in the place of the descriptor.
 *
 * In a process that will become the program nothing more is needed. For a builtin or a compound
 * command (`while ...; done < file`) the shell redirects itself and must find back: the old
 * descriptor is first moved out of the way (to 10 or above, closed on exec) and remembered on a
 * stack; redir_undo() restores down to a mark.
 *
 *	echo hi > f    fd 1 is tty -> save: 10 is tty -> open f: 3, dup2(3, 1) -> undo: dup2(10, 1)
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../box.h"
#include "sh.h"

#define FIRST_SAVED 10
#define PIPE_SURE 4096	/* a pipe takes this much without a reader */

static struct redir_save *saves;

struct redir_save *redir_mark(void)
{
	return saves;
}

static void save_fd(int fd)
{
	struct redir_save *s = xmalloc(sizeof(*s));

	*s = (struct redir_save){ .next = saves, .fd = fd };
	s->copy = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_SAVED);
	saves = s;
}

void redir_undo(struct redir_save *mark)
{
	while (saves != mark) {
		struct redir_save *s = saves;

		if (s->copy >= 0) {
			dup2(s->copy, s->fd);
			close(s->copy);
		} else {
			close(s->fd);
		}
		saves = s->next;
		free(s);
	}
}

/* `exec > file`: the change stays. */
void redir_keep(struct redir_save *mark)
{
	while (saves != mark) {
		struct redir_save *s = saves;

		close(s->copy);
		saves = s->next;
		free(s);
	}
}

/* The read end of a pipe that holds @text. A long text needs a process that goes on writing. */
static int here_pipe(const char *text)
{
	size_t len = strlen(text);
	int fds[2];

	if (pipe(fds) < 0)
		return -1;
	if (len <= PIPE_SURE) {
		write_all(fds[1], text, len);
	} else {
		pid_t pid = fork();

		if (pid == 0) {
			/* The grandchild writes, so that no one here has to wait for it. */
			close(fds[0]);
			if (fork() == 0)
				write_all(fds[1], text, len);
			_exit(0);
		}
		if (pid > 0)
			job_reap(pid);
	}
	close(fds[1]);
	return fds[0];
}

static int open_target(const struct redir *r, const char *word)
{
	switch (r->type) {
	case R_READ:	return open(word, O_RDONLY);
	case R_WRITE:	return open(word, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	case R_APPEND:	return open(word, O_WRONLY | O_CREAT | O_APPEND, 0666);
	case R_RDWR:	return open(word, O_RDWR | O_CREAT, 0666);
	case R_HERE:	return here_pipe(word);
	case R_DUP:	return fcntl(atoi(word), F_DUPFD, 0);
	}
	return -1;
}

static bool apply_one(const struct redir *r, bool save)
{
	const char *word = r->word;
	int fd;

	if (r->type != R_HERE)
		word = expand_string(word);
	else if (r->expand)
		word = expand_here(word);
	if (save)
		save_fd(r->fd);
	if (r->type == R_DUP && strcmp(word, "-") == 0) {
		close(r->fd);
		return true;
	}
	if (r->type == R_DUP && (!*word || word[strspn(word, "0123456789")])) {
		sh_warn("%s: is not a file descriptor", word);
		return false;
	}
	fd = open_target(r, word);
	if (fd < 0) {
		sh_warn("%s: %s", r->type == R_HERE ? "<<" : word, strerror(errno));
		return false;
	}
	if (fd != r->fd) {
		dup2(fd, r->fd);
		close(fd);
	}
	return true;
}

/* All of the list, left to right. False, with a message, when one failed. */
bool redir_apply(const struct redir *r, bool save)
{
	for (; r; r = r->next) {
		if (!apply_one(r, save))
			return false;
	}
	return true;
}
