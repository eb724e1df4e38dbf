// SPDX-License-Identifier: GPL-2.0-only
/*
 * Jobs: the processes of a command line, and who has the terminal.
 *
 * With job control (interactive) every pipeline is a process group of its own, and the terminal
 * has one foreground group: the line discipline sends ^C (SIGINT) and ^Z (SIGTSTP) to exactly that
 * group, and stops others that read from the terminal (SIGTTIN).
 *
 *	session: shell 10 | pgrp 12: cat | sort (foreground) | pgrp 15: make & (background)
 *	                     ^-- tcsetpgrp(tty, 12): ^C kills these, not the shell, not make
 *
 * Both parent and child call setpgid() for the child: whichever runs first, the group is right
 * before either goes on. While a foreground job runs the shell sleeps in waitpid(); when all its
 * processes ended or stopped, the shell takes the terminal back, with the modes it had.
 *
 * Without job control (scripts, subshells) all stay in the script's group, and ^C ends them all.
 * A finished job stays in the list until `wait` or a report has told its status.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "../box.h"
#include "sh.h"

enum state { RUNNING, STOPPED, DONE };

struct member {
	pid_t pid;
	int status;		/* as wait() tells it; valid unless RUNNING */
	enum state state;
};

struct job {
	struct job *next;
	int id;			/* %1; 0 as long as nobody needs it */
	pid_t pgrp;		/* its group with job control, else the first pid */
	char *text;
	struct member *members;
	int count;
	bool background;
};

pid_t last_background;

static struct job *jobs;	/* the current one first */
static bool control;
static int tty = -1;
static struct termios tty_modes;

static const int shell_ignores[] = { SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU };

static void interrupt(int sig)
{
	interrupted = 1;
}

/* The interactive shell's own signals, and the terminal. */
void jobs_init(bool with_control)
{
	struct sigaction sa = { .sa_handler = interrupt };	/* no SA_RESTART: ^C ends read() */

	if (!with_control)
		return;
	sigaction(SIGINT, &sa, NULL);
	for (size_t i = 0; i < sizeof(shell_ignores) / sizeof(int); i++)
		signal(shell_ignores[i], SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	tty = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 10);
	tcgetattr(tty, &tty_modes);
	setpgid(0, 0);		/* fails for a session leader, which is one already */
	control = tcsetpgrp(tty, getpgrp()) == 0;
	if (!control)
		sh_warn("no controlling terminal: no job control");
}

struct job *job_new(const char *text)
{
	struct job *job = xmalloc(sizeof(*job));

	*job = (struct job){ .next = jobs, .text = xstrdup(text ? text : "") };
	jobs = job;
	return job;
}

static void job_free(struct job *job)
{
	struct job **p = &jobs;

	while (*p != job)
		p = &(*p)->next;
	*p = job->next;
	free(job->members);
	free(job->text);
	free(job);
}

static void make_current(struct job *job)
{
	struct job **p = &jobs;

	while (*p != job)
		p = &(*p)->next;
	*p = job->next;
	job->next = jobs;
	jobs = job;
}

static enum state job_state(const struct job *job)
{
	enum state state = DONE;

	for (int i = 0; i < job->count; i++) {
		if (job->members[i].state < state)
			state = job->members[i].state;
	}
	return state;
}

/* The shell's status for what wait() told: as in C's exit(), 128 + signal for a killed one. */
static int exit_status(int status)
{
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	return 128 + (WIFSTOPPED(status) ? WSTOPSIG(status) : WTERMSIG(status));
}

/* In a forked shell: the interactive shell's signals and its children are not ours. */
void jobs_subshell(void)
{
	if (interactive) {
		for (size_t i = 0; i < sizeof(shell_ignores) / sizeof(int); i++)
			signal(shell_ignores[i], SIG_DFL);
		signal(SIGTERM, SIG_DFL);
		signal(SIGINT, SIG_DFL);
	}
	control = false;
	interactive = false;
	jobs = NULL;
}

static void child_setup(struct job *job, bool foreground)
{
	if (control) {
		setpgid(0, job->pgrp);
		if (foreground)
			tcsetpgrp(tty, getpgrp());
	} else if (!foreground) {
		int null = open("/dev/null", O_RDONLY);

		if (null > 0) {
			dup2(null, STDIN_FILENO);
			close(null);
		}
		signal(SIGINT, SIG_IGN);
		signal(SIGQUIT, SIG_IGN);
	}
	jobs_subshell();
}

/* fork() for a process of @job. Returns 0 in the child, -1 with a message when it failed. */
pid_t job_fork(struct job *job, bool foreground)
{
	struct member *m;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0) {
		sh_warn("fork: %s", strerror(errno));
		return -1;
	}
	if (!pid) {
		child_setup(job, foreground);
		return 0;
	}
	if (!job->pgrp)
		job->pgrp = pid;
	if (control) {
		setpgid(pid, job->pgrp);
		if (foreground)
			tcsetpgrp(tty, job->pgrp);
	}
	job->members = xrealloc(job->members, (size_t)(job->count + 1) * sizeof(*m));
	m = &job->members[job->count++];
	*m = (struct member){ .pid = pid };
	return pid;
}

static void note(pid_t pid, int status)
{
	for (struct job *job = jobs; job; job = job->next) {
		for (int i = 0; i < job->count; i++) {
			struct member *m = &job->members[i];

			if (m->pid != pid || m->state == DONE)
				continue;
			m->status = status;
			m->state = WIFSTOPPED(status) ? STOPPED : DONE;
			return;
		}
	}
}

/* Takes one change of state from the kernel. False: none (with @block: no child, or ^C). */
static bool take_change(bool block)
{
	int status;
	pid_t pid = waitpid(-1, &status, (control ? WUNTRACED : 0) | (block ? 0 : WNOHANG));

	if (pid > 0)
		note(pid, status);
	return pid > 0 || (pid < 0 && errno == EINTR && !interrupted);
}

/* Waits for a child that belongs to no job; returns its status. */
int job_reap(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return 127;
	}
	return exit_status(status);
}

static void number(struct job *job)
{
	int id = 1;

	if (job->id)
		return;
	for (struct job *j = jobs; j; j = j->next) {
		if (j->id >= id)
			id = j->id + 1;
	}
	job->id = id;
}

static void print_job(FILE *to, const struct job *job)
{
	enum state state = job_state(job);
	int last = job->count ? job->members[job->count - 1].status : 0;
	char text[64];

	if (state == RUNNING)
		snprintf(text, sizeof(text), "Running");
	else if (state == STOPPED)
		snprintf(text, sizeof(text), "Stopped");
	else if (WIFSIGNALED(last))
		snprintf(text, sizeof(text), "%s", strsignal(WTERMSIG(last)));
	else if (WEXITSTATUS(last))
		snprintf(text, sizeof(text), "Done(%d)", WEXITSTATUS(last));
	else
		snprintf(text, sizeof(text), "Done");
	fprintf(to, "[%d]%c %-12s %s\n", job->id, job == jobs ? '+' : ' ', text, job->text);
}

/* Says how a foreground job died, where the reader could not know. */
static void report_death(int status)
{
	int sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	if (sig == SIGINT && interactive) {
		interrupted = 1;	/* loops around the job end, too */
		fputc('\n', stderr);
	} else if (sig && sig != SIGINT && sig != SIGPIPE) {
		fprintf(stderr, "%s%s\n", strsignal(sig),
			WCOREDUMP(status) ? " (core dumped)" : "");
	}
}

/* Waits until the foreground job ended or stopped. Returns the status of its last process. */
int job_wait(struct job *job)
{
	enum state state;
	int last = 0, status;

	while (job_state(job) == RUNNING && take_change(true))
		;
	state = job_state(job);
	if (job->count)
		last = job->members[job->count - 1].status;
	status = state == RUNNING ? 128 + SIGINT : exit_status(last);
	if (control) {
		tcsetpgrp(tty, getpgrp());
		if (state == STOPPED || WIFSIGNALED(last))
			tcsetattr(tty, TCSADRAIN, &tty_modes);
		else
			tcgetattr(tty, &tty_modes);
	}
	if (state == DONE) {
		report_death(last);
		job_free(job);
	} else {
		job->background = true;
		number(job);
		make_current(job);
		if (state == STOPPED) {
			fputc('\n', stderr);
			print_job(stderr, job);
		}
	}
	return status;
}

/* The job was started with `&`. */
void job_background(struct job *job)
{
	if (!job->count) {
		job_free(job);
		return;
	}
	job->background = true;
	number(job);
	last_background = job->members[job->count - 1].pid;
	if (interactive)
		fprintf(stderr, "[%d] %d\n", job->id, (int)last_background);
}

/* Before a prompt: what ended in the background since the last one. */
void jobs_report(void)
{
	struct job *next;

	while (jobs && take_change(false))
		;
	for (struct job *job = jobs; job; job = next) {
		next = job->next;
		if (job_state(job) != DONE)
			continue;
		print_job(stderr, job);
		job_free(job);
	}
}

/* "%2", "%%", "%+", "%-", "%text" (its start), or a pid. NULL when there is none. */
struct job *job_find(const char *name)
{
	size_t len;

	if (!name || strcmp(name, "%%") == 0 || strcmp(name, "%+") == 0 || strcmp(name, "%") == 0)
		return jobs;
	if (strcmp(name, "%-") == 0)
		return jobs && jobs->next ? jobs->next : jobs;
	len = strlen(name) - 1;
	for (struct job *job = jobs; job; job = job->next) {
		if (*name == '%') {
			if (atoi(name + 1) ? job->id == atoi(name + 1)
					   : strncmp(job->text, name + 1, len) == 0)
				return job;
			continue;
		}
		for (int i = 0; i < job->count; i++) {
			if (job->members[i].pid == atoi(name))
				return job;
		}
	}
	return NULL;
}

pid_t job_pgrp(const struct job *job)
{
	return job->pgrp;
}

int builtin_jobs(int argc, char **argv)
{
	struct job *next;

	while (jobs && take_change(false))
		;
	for (struct job *job = jobs; job; job = next) {
		next = job->next;
		print_job(stdout, job);
		if (job_state(job) == DONE)
			job_free(job);
	}
	return 0;
}

static struct job *resume(const char *command, const char *name, bool foreground)
{
	struct job *job = job_find(name);

	if (!control || !job) {
		sh_warn("%s: %s", command, control ? "no such job" : "no job control here");
		return NULL;
	}
	make_current(job);
	for (int i = 0; i < job->count; i++) {
		if (job->members[i].state == STOPPED)
			job->members[i].state = RUNNING;
	}
	if (foreground)
		tcsetpgrp(tty, job->pgrp);
	kill(-job->pgrp, SIGCONT);
	return job;
}

int builtin_fg(int argc, char **argv)
{
	struct job *job = resume("fg", argv[1], true);

	if (!job)
		return 1;
	printf("%s\n", job->text);
	fflush(stdout);
	return job_wait(job);
}

int builtin_bg(int argc, char **argv)
{
	struct job *job = resume("bg", argv[1], false);

	if (!job)
		return 1;
	printf("[%d] %s &\n", job->id, job->text);
	return 0;
}

/* Waits for one background job; its status is that of the process asked for, else the last. */
static int wait_job(struct job *job, const char *name)
{
	int status;

	while (job_state(job) == RUNNING && take_change(true))
		;
	if (job_state(job) != DONE)
		return 128 + SIGINT;
	status = job->members[job->count - 1].status;
	for (int i = 0; i < job->count; i++) {
		if (*name != '%' && job->members[i].pid == atoi(name))
			status = job->members[i].status;
	}
	job_free(job);
	return exit_status(status);
}

int builtin_wait(int argc, char **argv)
{
	int status = 0;

	for (int i = 1; i < argc; i++) {
		struct job *job = job_find(argv[i]);

		status = job ? wait_job(job, argv[i]) : 127;
	}
	if (argc > 1)
		return status;
	for (struct job *job = jobs; job && !interrupted;) {
		struct job *next = job->next;

		if (job_state(job) != STOPPED)
			wait_job(job, "%");
		job = next;
	}
	return 0;
}
