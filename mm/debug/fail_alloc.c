// SPDX-License-Identifier: GPL-2.0-only
/*
 * fail_alloc.c - the n-th page allocation from now fails, on purpose.
 *
 * A path that copes with a shortage is a path that nobody has run. A test runs an operation
 * again and again, failing its 1st, 2nd, 3rd, ... allocation until one run needs no more of
 * them, and looks each time whether everything is as before.
 *
 *	allocations from now:   0 1 2 .. skip-1 | skip .. skip+times-1 | ...
 *	                        succeed         | fail                 | succeed
 *
 * Locking: atomics; meant for one hart at a time.
 *
 * Small cousin of Linux's mm/fail_page_alloc.c.
 */
#include <linux-lite/atomic.h>
#include <linux-lite/fail_alloc.h>
#include <linux-lite/gfp.h>

static atomic_long_t countdown;		/* allocations before the first failure */
static atomic_long_t failures;		/* how many are still to come */
static atomic_long_t hits;

bool should_fail_alloc_page(gfp_t gfp, unsigned int order)
{
	if (likely(atomic_long_read(&failures) <= 0) || gfp & __GFP_NOFAIL)
		return false;
	if (atomic_long_dec_return(&countdown) >= 0)
		return false;
	if (atomic_long_dec_return(&failures) < 0)
		return false;
	atomic_long_inc(&hits);
	return true;
}

void fail_page_alloc(long skip, long times)
{
	atomic_long_set(&failures, 0);
	atomic_long_set(&hits, 0);
	atomic_long_set(&countdown, skip);
	atomic_long_set(&failures, skip < 0 ? 0 : times);
}

long fail_page_alloc_hits(void)
{
	return atomic_long_read(&hits);
}
