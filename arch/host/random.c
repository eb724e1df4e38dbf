// SPDX-License-Identifier: GPL-2.0-only
/*
 * random.c - fs/dev/random.c's part on the host: the same numbers on each run, so that what fails
 * fails again.
 */
#include <linux-lite/prng.h>
#include <linux-lite/random.h>
#include <linux-lite/spinlock.h>

static DEFINE_SPINLOCK(random_lock, RANK_RANDOM);
static struct prng prng = { { 1, 2, 3, 4 } };		/* random_lock */

unsigned long get_random_long(void)
{
	unsigned long flags, x;

	spin_lock_irqsave(&random_lock, flags);
	x = prng_next(&prng);
	spin_unlock_irqrestore(&random_lock, flags);
	return x;
}
