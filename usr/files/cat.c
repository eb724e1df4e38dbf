// SPDX-License-Identifier: GPL-2.0-only
/* cat [FILE]...: copies files, or its input where there is none or "-", to its output. */
#include <err.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../box.h"

int cat_main(int argc, char **argv)
{
	char *input[] = { "-" };
	int status = 0, count = argc - 1;
	char **files = argv + 1;

	if (!count) {
		files = input;
		count = 1;
	}
	for (int i = 0; i < count; i++) {
		bool is_stdin = strcmp(files[i], "-") == 0;
		int fd = is_stdin ? STDIN_FILENO : open(files[i], O_RDONLY);

		if (fd < 0 || !copy_fd(fd, STDOUT_FILENO)) {
			warn("%s", files[i]);
			status = 1;
		}
		if (fd > STDIN_FILENO)
			close(fd);
	}
	return status;
}
