// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading /proc.
 *
 * The kernel has no system call that says how much memory is free or which processes there are; it
 * prints them as text into files which exist only while they are read. Two shapes cover nearly all:
 *
 *	/proc/meminfo, vmstat	one "Name:  value kB" or "name value" a line	struct counters
 *	/proc/PID/stat		52 fields on one line, by number (proc(5))	struct proc
 *
 * A process may end between the readdir() that names it and the read() of its files: every reader
 * here takes a failed read for "gone" and goes on.
 */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../box.h"
#include "procfs.h"

/* A whole file as a string (malloced), NULL with errno when it can't be read. */
char *read_text(const char *path)
{
	size_t size = 4096, len = 0;
	int fd = open(path, O_RDONLY);
	char *text;

	if (fd < 0)
		return NULL;
	text = xmalloc(size);
	for (;;) {
		ssize_t n = read(fd, text + len, size - 1 - len);

		if (n < 0) {
			free(text);
			close(fd);
			return NULL;
		}
		if (!n)
			break;
		len += n;
		if (len == size - 1)
			text = xrealloc(text, size *= 2);
	}
	close(fd);
	text[len] = '\0';
	return text;
}

/* Every line of @path that is a name and a number. Empty when there is no such file. */
struct counters read_counters(const char *path)
{
	struct counters set = { NULL, 0 };
	char *text = read_text(path), *save = NULL;

	if (!text)
		return set;
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		struct counter c;

		if (sscanf(line, "%47[^: ]%*[: \t]%lu", c.name, &c.value) != 2)
			continue;
		set.list = xrealloc(set.list, (set.count + 1) * sizeof(c));
		set.list[set.count++] = c;
	}
	free(text);
	return set;
}

/* The value called @name; 0 when the kernel does not tell it. */
unsigned long counter(const struct counters *set, const char *name)
{
	for (size_t i = 0; i < set->count; i++) {
		if (strcmp(set->list[i].name, name) == 0)
			return set->list[i].value;
	}
	return 0;
}

/*
 * The name stands in parentheses and may itself contain spaces and parentheses, so the fields
 * after it are counted from the last ')'.
 */
static bool parse_stat(char *text, struct proc *p)
{
	char *open = strchr(text, '('), *close = strrchr(text, ')');
	unsigned long utime, stime, vsize, rss;

	if (!open || !close || sscanf(text, "%d", &p->pid) != 1)
		return false;
	snprintf(p->comm, sizeof(p->comm), "%.*s", (int)(close - open - 1), open + 1);
	/* Fields 3 to 24 of proc(5); those that nobody shows are skipped. */
	if (sscanf(close + 1,
		   " %c %d %d %d %d %*d %*u %lu %*u %lu %*u %lu %lu %*d %*d %*d %ld %lu "
		   "%*d %*u %lu %lu",
		   &p->state, &p->ppid, &p->pgrp, &p->session, &p->tty, &p->min_flt, &p->maj_flt,
		   &utime, &stime, &p->nice, &p->nr_threads, &vsize, &rss) != 13)
		return false;
	p->ticks = utime + stime;
	p->vsize_kb = vsize / 1024;
	p->rss_kb = rss * (unsigned long)(sysconf(_SC_PAGESIZE) / 1024);
	return true;
}

static void read_cmdline(const char *path, struct proc *p)
{
	int fd = open(path, O_RDONLY);
	ssize_t n = 0;

	if (fd >= 0) {
		n = read(fd, p->cmdline, sizeof(p->cmdline) - 1);
		close(fd);
	}
	if (n < 0)
		n = 0;
	while (n && !p->cmdline[n - 1])
		n--;
	p->cmdline[n] = '\0';
	for (ssize_t i = 0; i < n; i++) {	/* arguments are separated by NUL */
		if (!isprint((unsigned char)p->cmdline[i]))
			p->cmdline[i] = ' ';
	}
}

/* Fills @p for process @pid; false when it has gone. */
bool read_proc(int pid, struct proc *p)
{
	char path[64], *text, *uid;
	bool ok;

	memset(p, 0, sizeof(*p));
	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	text = read_text(path);
	ok = text && parse_stat(text, p);
	free(text);
	if (!ok)
		return false;
	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	text = read_text(path);
	uid = text ? strstr(text, "\nUid:") : NULL;
	if (uid)
		p->uid = (unsigned int)strtoul(uid + 5, NULL, 10);
	free(text);
	snprintf(path, sizeof(path), "/proc/%d/cmdline", pid);
	read_cmdline(path, p);
	return true;
}

static int by_pid(const void *a, const void *b)
{
	return ((const struct proc *)a)->pid - ((const struct proc *)b)->pid;
}

/* Every process now, by pid, in *@list (malloced); returns how many. */
size_t read_procs(struct proc **list)
{
	DIR *dir = opendir("/proc");
	struct dirent *d;
	size_t count = 0;

	*list = NULL;
	if (!dir)
		return 0;
	while ((d = readdir(dir))) {
		if (!isdigit((unsigned char)d->d_name[0]))
			continue;
		*list = xrealloc(*list, (count + 1) * sizeof(**list));
		if (read_proc(atoi(d->d_name), &(*list)[count]))
			count++;
	}
	closedir(dir);
	qsort(*list, count, sizeof(**list), by_pid);
	return count;
}
