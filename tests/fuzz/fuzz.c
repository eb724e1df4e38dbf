// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz.c - libFuzzer's entry: bytes that it mangles go to a model or to a parser.
 *
 *	libFuzzer    keeps inputs that reach new code, mangles them
 *	   | bytes
 *	   v
 *	FUZZ=frames  four bytes an operation --> model_solo()	tests/model/
 *	FUZZ=cpio    a file                  --> cpio_next()	parsers.c
 *
 * The idea is libFuzzer's (LLVM): coverage leads to what random numbers seldom meet.
 *
 * The machine boots once, and all inputs run on it one after the other: a model gives back what it
 * took and then looks that all is there. So an input starts on a machine that others have used,
 * and a few finds may need more than the one file that is kept.
 *
 * FUZZ_TELL=1 tells each operation in words.
 */
#include "fuzz.h"
#include "../model/model.h"

#include <asm/host.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct target {
	const char *name;
	const struct model *model;
	bool boots;
	bool may_fail;			/* as model_world's */
	void (*parse)(const u8 *data, size_t size);
};

static const struct target targets[] = {
	{ "frames", &frames_model, .boots = true },
	{ "objects", &objects_model, .boots = true },
	{ "vmalloc", &vmalloc_model, .boots = true },
	{ "memblock", &memblock_model, .may_fail = true },
	{ "fdt", .parse = fuzz_fdt },
	{ "cpio", .parse = fuzz_cpio },
	{ "inflate", .parse = fuzz_inflate },
};

static const struct target *target;
static void *hart;			/* the model's */
static bool telling;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static void tell(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *name = getenv("FUZZ");

	for (size_t i = 0; name && i < sizeof(targets) / sizeof(targets[0]); i++)
		if (!strcmp(targets[i].name, name))
			target = &targets[i];
	if (!target) {
		fprintf(stderr, "fuzz: FUZZ=%s is no target; there are:", name ? name : "");
		for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
			fprintf(stderr, " %s", targets[i].name);
		fprintf(stderr, "\n");
		exit(2);
	}
	telling = getenv("FUZZ_TELL");
	if (target->boots)
		host_boot(&(struct host_config){ .ram_bytes = 32 << 20 });
	if (target->model)
		hart = calloc(1, target->model->hart_bytes);
	return 0;
}

static void run_model(const u8 *data, size_t size)
{
	static struct model_op ops[1024];
	static struct model_world world;
	size_t nr = size / sizeof(ops[0]);
	unsigned long at = 0;
	const char *why;

	if (nr > sizeof(ops) / sizeof(ops[0]))
		nr = sizeof(ops) / sizeof(ops[0]);
	memcpy(ops, data, nr * sizeof(ops[0]));
	model_world_init(&world, 1);
	world.may_fail = target->may_fail;
	world.tell = telling ? tell : NULL;
	why = model_solo(target->model, &world, hart, ops, nr, &at);
	if (why) {
		fprintf(stderr, "model %s: %s at operation %lu\n", target->name, why, at);
		abort();
	}
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	if (target->model)
		run_model(data, size);
	else
		target->parse(data, size);
	return 0;
}
