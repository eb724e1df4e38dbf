/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the applets of the box share (box.c). Messages go through <err.h>, whose prefix is the
 * applet's name: box.c points program_invocation_short_name at it.
 */
#ifndef USR_BOX_H
#define USR_BOX_H

#include <stdbool.h>
#include <stddef.h>

#define APPLET(name, fn, in_shell) int fn##_main(int argc, char **argv);
#include "applets.h"
#undef APPLET

typedef int (*applet_fn)(int argc, char **argv);

/* Where output goes in one piece: big enough to make the cost of the system call small. */
#define COPY_SIZE (64 * 1024)

int usage(const char *synopsis);
void *xmalloc(size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
bool write_all(int fd, const void *buf, size_t len);
bool copy_fd(int from, int to);
const char *base_name(const char *path);
char *target_path(const char *from, const char *to);
bool remove_path(const char *path);
int parse_signal(const char *name);
const char *signal_name(int sig);
bool parse_delay(const char *text, double *seconds);
void sleep_seconds(double seconds);

#endif
