// SPDX-License-Identifier: GPL-2.0-only
/* tee [-a] FILE...: copies its input to its output and to the files (-a: at their ends). */
#include <err.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../box.h"

#define MAX_FILES 16

int tee_main(int argc, char **argv)
{
	bool append = argc > 1 && strcmp(argv[1], "-a") == 0;
	int fds[MAX_FILES + 1] = { STDOUT_FILENO }, count = 1, status = 0;
	static char buf[4096];
	ssize_t n;

	for (int i = 1 + append; i < argc && count <= MAX_FILES; i++) {
		int fd = open(argv[i], O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC), 0666);

		if (fd < 0) {
			warn("%s", argv[i]);
			status = 1;
		} else {
			fds[count++] = fd;
		}
	}
	while ((n = read(STDIN_FILENO, buf, sizeof(buf))) > 0) {
		for (int i = 0; i < count; i++) {
			if (!write_all(fds[i], buf, (size_t)n)) {
				warn("write");
				status = 1;
			}
		}
	}
	return status;
}
