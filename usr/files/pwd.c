// SPDX-License-Identifier: GPL-2.0-only
/* pwd: the working directory. */
#include <stdio.h>
#include <string.h>
#include <errno.h>
#include <unistd.h>

#include "../box.h"

int pwd_main(int argc, char **argv)
{
	char dir[4096];

	if (!getcwd(dir, sizeof(dir))) {
		fprintf(stderr, "pwd: %s\n", strerror(errno));
		return 1;
	}
	printf("%s\n", dir);
	return 0;
}
