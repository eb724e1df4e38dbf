// SPDX-License-Identifier: GPL-2.0-only
/*
 * The frame of top and slabtop: draws a screenful every few seconds until q.
 *
 * The terminal is taken out of canonical mode, so that a single key ends the waiting; select()
 * waits for a key and for the time at once. Without this it would take q and return.
 */
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#include "../box.h"
#include "procfs.h"

/* Waits; true when it should end. */
static bool wait_for_key(double seconds)
{
	struct timeval tv = { .tv_sec = (time_t)seconds };
	fd_set set;
	char c;

	tv.tv_usec = (suseconds_t)((seconds - (double)tv.tv_sec) * 1e6);
	FD_ZERO(&set);
	FD_SET(STDIN_FILENO, &set);
	if (select(1, &set, NULL, NULL, &tv) <= 0)
		return false;
	return read(STDIN_FILENO, &c, 1) <= 0 || c == 'q' || c == 3;
}

/* @show: prints a screenful with at most that many rows below its headings. */
int screen_loop(double delay, void (*show)(int rows))
{
	struct termios cooked, raw;
	bool tty = tcgetattr(STDIN_FILENO, &cooked) == 0;

	if (tty) {
		raw = cooked;
		raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
		raw.c_cc[VMIN] = 1;
		raw.c_cc[VTIME] = 0;
		tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
	}
	do {
		struct winsize ws = { .ws_row = 24 };

		ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws);
		printf("\033[H\033[2J");
		show(ws.ws_row > 8 ? ws.ws_row - 6 : 24 - 6);
		fflush(stdout);
	} while (!wait_for_key(delay));
	if (tty)
		tcsetattr(STDIN_FILENO, TCSADRAIN, &cooked);
	return 0;
}
