/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shell's parts and what they offer each other; sh.c tells how they work together.
 */
#ifndef USR_SH_H
#define USR_SH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* ---- arena.c: memory that is given back all at once ---- */

struct arena_mark {
	void *chunk;
	size_t used;
};

/* A growing string in the arena: text is NUL-terminated whenever it is not NULL. */
struct buf {
	char *text;
	size_t len, size;
};

void *arena_alloc(size_t size);
char *arena_strndup(const char *s, size_t len);
char *arena_strdup(const char *s);
struct arena_mark arena_mark(void);
void arena_release(struct arena_mark mark);
void buf_add(struct buf *b, const char *s, size_t len);
void buf_char(struct buf *b, char c);
char *buf_text(struct buf *b);

/* ---- input.c: where commands come from ---- */

struct input {
	struct input *outer;
	const char *line;	/* what is being read: a line, or a whole string */
	size_t pos, len;
	int fd;			/* -1: a string; nothing follows */
	bool terminal;		/* prompt and edit lines */
	bool at_end;
	int line_number;
	char *line_memory;	/* malloced for a line from fd */
	struct buf source;	/* all read for this command: text of jobs and $(...) */
	char *block;		/* read ahead from a file that only we read */
	size_t block_pos, block_len;
};

extern struct input *input;

void input_push_fd(struct input *in, int fd, bool private, bool terminal);
void input_push_string(struct input *in, const char *text);
void input_pop(void);
int input_get(void);
void input_unget(int c);
void input_new_command(void);

/* ---- lex.c: characters to tokens ---- */

enum token_type {
	T_END, T_NEWLINE, T_WORD, T_REDIR,
	T_AND_IF, T_OR_IF, T_AMP, T_SEMI, T_DSEMI, T_PIPE, T_LPAREN, T_RPAREN,
};

enum redir_type { R_READ, R_WRITE, R_APPEND, R_RDWR, R_DUP, R_HERE };

struct redir {
	struct redir *next;
	enum redir_type type;
	int fd;			/* the descriptor that is changed */
	char *word;		/* file name, descriptor number, or the here-document's text */
	bool expand;		/* R_HERE: its text is expanded as in double quotes */
	bool strip_tabs;	/* R_HERE from <<- */
};

struct token {
	enum token_type type;
	char *text;		/* T_WORD: as written, quotes and all */
	struct redir *redir;	/* T_REDIR: without its word */
	size_t start;		/* where in input->source */
};

void lex_reset(void);
struct token *lex_peek(void);
struct token *lex_next(void);
void lex_here_document(struct redir *r, const char *delimiter);
const char *lex_brace_end(const char *text, bool quoted);
const char *lex_backquote_end(const char *text);
const char *lex_arith_end(const char *text);

/* ---- parse.c, node.c: tokens to a tree ---- */

enum node_type {
	N_SIMPLE,	/* assigns, words, redirs */
	N_PIPE,		/* a | b */
	N_AND, N_OR,	/* a && b, a || b */
	N_NOT,		/* ! a */
	N_SEQ,		/* a; b */
	N_BG,		/* a & */
	N_SUBSHELL,	/* (a) */
	N_GROUP,	/* { a; } */
	N_IF,		/* if a; then b; else c; fi */
	N_WHILE, N_UNTIL, /* while a; do b; done */
	N_FOR,		/* for name in words; do a; done */
	N_CASE,		/* case name in arms(a) esac */
	N_ARM,		/* words) a ;; then the next arm (b) */
	N_FUNC,		/* name() a */
};

struct word {
	struct word *next;
	char *text;
};

struct node {
	enum node_type type;
	struct node *a, *b, *c;
	struct word *assigns, *words;
	struct redir *redirs;
	char *name;		/* variable, function, or case word */
	char *text;		/* the source, for `jobs` */
	bool from_args;		/* N_FOR without `in` */
	int line;
};

struct node *parse_command(bool *end);
struct node *parse_substitution(const char *text, const char **end);
struct node *parse_all(const char *text);
struct node *node_copy(const struct node *n);
void node_free(struct node *n);
bool is_name(const char *s, size_t len);

/* ---- vars.c: variables and positional parameters ---- */

#define V_EXPORT	1
#define V_READONLY	2

struct params {
	int count;
	char **list;		/* list[0] is $1; each malloced */
};

extern struct params params;
extern char *script_name;

void vars_init(void);
const char *var_get(const char *name);
void var_set(const char *name, const char *value);
void var_flag(const char *name, int flag);
bool var_unset(const char *name);
bool var_assign(const char *text, int flag);
char **var_environ(void);
void vars_show(int flag, const char *prefix);
void params_set(struct params *p, int count, char **list);
void params_free(struct params *p);
void scope_enter(int count, char **args);
void scope_leave(void);
bool scope_local(const char *name);
int scope_depth(void);

/* ---- expand.c, glob.c, arith.c: words to arguments ---- */

struct args {
	int count, size;
	char **list;		/* in the arena, NULL at its end */
};

void args_add(struct args *a, char *s);
void expand_words(struct args *out, const struct word *words);
char *expand_string(const char *raw);
char *expand_pattern(const char *raw);
char *expand_here(const char *raw);
bool glob_words(struct args *out, const char *pattern);
bool pattern_match(const char *pattern, const char *s);
long arith(const char *text);

/* ---- eval.c, command.c, redir.c: running the tree ---- */

#define EV_EXIT		1	/* this process has nothing to do afterwards: exec without fork */
#define EV_TESTED	2	/* the status is looked at: `set -e` does not apply */

enum skip { SKIP_NONE, SKIP_BREAK, SKIP_CONTINUE, SKIP_RETURN };

struct redir_save {
	struct redir_save *next;
	int fd, copy;		/* copy: -1 when fd was closed before */
};

extern int last_status;		/* $? */
extern int output_status;	/* of the last $(...), for a command that is only `x=$(...)` */
extern enum skip skipping;
extern int skip_count, loop_depth;

int eval(struct node *n, int flags);
int eval_simple(struct node *n, int flags);
int eval_string(const char *text);
char *eval_output(struct node *n, size_t *len);
void eval_child(struct node *n) __attribute__((noreturn));
void exec_program(char **argv, char **env) __attribute__((noreturn));
char *find_program(const char *name);
void function_define(const char *name, const struct node *body);
bool function_unset(const char *name);
bool function_exists(const char *name);
bool redir_apply(const struct redir *r, bool save);
struct redir_save *redir_mark(void);
void redir_undo(struct redir_save *mark);
void redir_keep(struct redir_save *mark);

/* ---- jobs.c: processes and process groups ---- */

struct job;

extern pid_t last_background;

void jobs_init(bool control);
struct job *job_new(const char *text);
pid_t job_fork(struct job *job, bool foreground);
int job_wait(struct job *job);
int job_reap(pid_t pid);
void jobs_subshell(void);
void job_background(struct job *job);
void jobs_report(void);
struct job *job_find(const char *name);
pid_t job_pgrp(const struct job *job);
int builtin_jobs(int argc, char **argv);
int builtin_fg(int argc, char **argv);
int builtin_bg(int argc, char **argv);
int builtin_wait(int argc, char **argv);

/* ---- builtin.c ---- */

typedef int (*builtin_fn)(int argc, char **argv);

builtin_fn builtin_find(const char *name, bool *special);

/* ---- edit.c: lines from a terminal ---- */

char *edit_line(const char *prompt);
int builtin_history(int argc, char **argv);

/* ---- sh.c ---- */

struct options {
	bool errexit, nounset, xtrace, noglob, noexec;
};

extern struct options options;
extern bool interactive;
extern pid_t shell_pid;		/* $$: also in subshells the pid of the first */
extern volatile int interrupted;	/* ^C came */

void sh_error(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));
void sh_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void sh_exit(int status) __attribute__((noreturn));
void sh_check_interrupt(void);
bool set_option(char letter, bool on);
int run_input(void);
int source_file(const char *path);

#endif
