// SPDX-License-Identifier: GPL-2.0-only
/*
 * ps: every process, with its memory: VSZ is what it has mapped, RSS what of that is in memory now.
 * A name in brackets has no command line: a kernel thread, or a zombie, which has no memory at all.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "../box.h"
#include "procfs.h"

static void tty_text(int tty, char text[16])
{
	/* Linux's numbers: 4 serial lines and consoles, 5:1 the console, 136 pseudo terminals. */
	if (!tty)
		snprintf(text, 16, "?");
	else if (major(tty) == 136)
		snprintf(text, 16, "pts/%u", minor(tty));
	else if (major(tty) == 4 && minor(tty) >= 64)
		snprintf(text, 16, "ttyS%u", minor(tty) - 64);
	else if (major(tty) == 5 && minor(tty) == 1)
		snprintf(text, 16, "console");
	else
		snprintf(text, 16, "%u:%u", major(tty), minor(tty));
}

int ps_main(int argc, char **argv)
{
	unsigned long hz = (unsigned long)sysconf(_SC_CLK_TCK);
	struct proc *list;
	size_t count = read_procs(&list);

	if (!count)
		errx(1, "nothing in /proc: is it mounted?");
	printf("%5s %5s %5s %-8s %c %8s %8s %6s %s\n",
	       "PID", "PPID", "UID", "TTY", 'S', "VSZ", "RSS", "TIME", "COMMAND");
	for (size_t i = 0; i < count; i++) {
		struct proc *p = &list[i];
		unsigned long seconds = p->ticks / hz;
		char tty[16];

		tty_text(p->tty, tty);
		printf("%5d %5d %5u %-8s %c %8lu %8lu %3lu:%02lu ", p->pid, p->ppid, p->uid, tty,
		       p->state, p->vsize_kb, p->rss_kb, seconds / 60, seconds % 60);
		if (p->cmdline[0])
			printf("%s\n", p->cmdline);
		else
			printf("[%s]\n", p->comm);
	}
	free(list);
	return 0;
}
