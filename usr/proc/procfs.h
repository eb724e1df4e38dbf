/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading /proc (procfs.c) and showing it again and again (screen.c), for ps, top, slabtop... */
#ifndef USR_PROCFS_H
#define USR_PROCFS_H

#include <stdbool.h>
#include <stddef.h>

/* What ps and top show of a process: /proc/PID/stat, /proc/PID/status and /proc/PID/cmdline. */
struct proc {
	int pid, ppid, pgrp, session, tty;	/* tty: device number, 0 none */
	char state;				/* R S D T Z */
	char comm[64];
	char cmdline[256];			/* with spaces; empty for kernel threads */
	unsigned int uid;
	unsigned long ticks;			/* user + system CPU time, in clock ticks */
	unsigned long min_flt, maj_flt;
	unsigned long vsize_kb, rss_kb;
	long nice;
	unsigned long nr_threads;
};

/* A line "name value" or "name: value kB" of a text such as /proc/meminfo. */
struct counter {
	char name[48];
	unsigned long value;
};

struct counters {
	struct counter *list;
	size_t count;
};

char *read_text(const char *path);
struct counters read_counters(const char *path);
unsigned long counter(const struct counters *set, const char *name);
bool read_proc(int pid, struct proc *p);
size_t read_procs(struct proc **list);

int screen_loop(double delay, void (*show)(int rows));

#endif
