// SPDX-License-Identifier: GPL-2.0-only
/* true, false: nothing, with status 0 or 1. */
#include "../box.h"

int true_main(int argc, char **argv)
{
	return 0;
}

int false_main(int argc, char **argv)
{
	return 1;
}
