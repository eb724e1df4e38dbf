/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * driver.h - run the models under Check. tests/model/driver.c.
 */
#ifndef TESTS_MODEL_DRIVER_H
#define TESTS_MODEL_DRIVER_H

#include <asm/host.h>
#include "model.h"

/* How the machine under a model is set up; NULL: none (memblock). */
struct model_setup {
	const struct host_config *machine;
	bool may_fail;			/* as model_world's */
};

/**
 * model_check - random operations by one hart; a failure is shrunk and printed
 * @m: the model
 * @setup: its machine, booted anew for each try
 * @nr_ops: how many operations
 * @seed: for model_random()
 *
 * Fails the test, with the shortest sequence found and what it broke.
 */
void model_check(const struct model *m, const struct model_setup *setup, size_t nr_ops,
		 uint64_t seed);

/**
 * model_check_shortage - the same operations again and again, each time another page
 * allocation fails, until there is none left to fail
 *
 * Return: how many allocations there were. Context: once a process (it boots).
 */
unsigned long model_check_shortage(const struct model *m, const struct model_setup *setup,
				   size_t nr_ops, uint64_t seed);

/**
 * model_check_race - several harts at once, each with operations of its own
 * @max_pages: that each may hold
 *
 * Context: once a process (it boots).
 */
void model_check_race(const struct model *m, const struct host_config *machine, size_t nr_ops,
		      uint64_t seed, unsigned long max_pages);

/*
 * The shrinker: leave out what is not needed for @fails, then make what is left simpler.
 * Return: how many operations are left, in place.
 */
size_t model_shrink(struct model_op *ops, size_t nr,
		    bool (*fails)(const struct model_op *ops, size_t nr, void *arg), void *arg);

#endif
