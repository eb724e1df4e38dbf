// SPDX-License-Identifier: GPL-2.0-only
/*
 * main.c - the runner of all unit tests: one Check SRunner over every suite that
 * was linked in.
 *
 *	check [suite | suite/case | suite/test]...	(commas do as well as spaces)
 *
 * Suites register themselves before main() (suite.h). Order is by name, so that it
 * does not hang on the linker. Each test runs in a process of its own (CK_FORK=no
 * turns that off, for gdb) and is killed after CK_DEFAULT_TIMEOUT seconds.
 *
 * Exit status: 0 all passed, 1 some failed, 2 nothing matched the arguments.
 */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_SUITES	256
#define MAX_CASES	32	/* of one suite */
#define MAX_PICKS	64

/* "suite" or "suite/name"; used tells whether it matched anything. */
struct pick {
	char suite[64];
	char name[96];
	bool used;
};

static struct suite_entry *entries;
static struct pick picks[MAX_PICKS];
static int nr_picks;

/* What is being put together now: the last suite and case created. */
static const char *cur_suite;
static struct {
	const TCase *tc;
	const char *name;
} cases[MAX_CASES];
static int nr_cases;
static int nr_wanted;		/* tests added to the current suite */
static uint64_t seed;

void suite_register(struct suite_entry *entry)
{
	entry->next = entries;
	entries = entry;
}

Suite *suite_suite_create(const char *name)
{
	cur_suite = name;
	nr_cases = 0;
	return (suite_create)(name);
}

TCase *suite_tcase_create(const char *name)
{
	TCase *tc = (tcase_create)(name);

	if (nr_cases == MAX_CASES) {
		fprintf(stderr, "check: suite %s has more than %d cases\n", cur_suite, MAX_CASES);
		exit(2);
	}
	cases[nr_cases].tc = tc;
	cases[nr_cases++].name = name;
	return tc;
}

static const char *name_of(const TCase *tc)
{
	int i = 0;

	while (cases[i].tc != tc)
		i++;
	return cases[i].name;
}

static bool needs_harts(const char *name)
{
	size_t len = strlen(name);

	return len >= 6 && strcmp(name + len - 6, "_harts") == 0;
}

bool suite_wants(TCase *tc, const char *test)
{
	const char *case_name = name_of(tc);
	bool wanted = nr_picks == 0;

	if (ONE_HART && needs_harts(case_name))
		return false;
	for (int i = 0; i < nr_picks; i++) {
		struct pick *p = &picks[i];

		if (strcmp(p->suite, cur_suite) != 0)
			continue;
		if (!p->name[0] || !strcmp(p->name, test) || !strcmp(p->name, case_name)) {
			p->used = true;
			wanted = true;
		}
	}
	nr_wanted += wanted;
	return wanted;
}

uint64_t test_seed(void)
{
	return seed;
}

static void add_picks(char *list)
{
	for (char *s = strtok(list, ", "); s; s = strtok(NULL, ", ")) {
		char *slash = strchr(s, '/');
		struct pick *p = &picks[nr_picks];

		if (nr_picks == MAX_PICKS) {
			fprintf(stderr, "check: more than %d tests named\n", MAX_PICKS);
			exit(2);
		}
		nr_picks++;
		if (slash)
			*slash = '\0';
		snprintf(p->suite, sizeof(p->suite), "%s", s);
		snprintf(p->name, sizeof(p->name), "%s", slash ? slash + 1 : "");
	}
}

struct built {
	const char *name;
	Suite *suite;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct built *)a)->name, ((const struct built *)b)->name);
}

static SRunner *make_runner(void)
{
	static struct built built[MAX_SUITES];
	SRunner *runner = srunner_create(NULL);
	SRunner *unwanted = srunner_create(NULL);	/* only to free them */
	int n = 0;

	for (struct suite_entry *e = entries; e; e = e->next) {
		Suite *s;

		nr_wanted = 0;
		s = e->make();
		if (nr_wanted == 0) {
			srunner_add_suite(unwanted, s);
			continue;
		}
		if (n == MAX_SUITES) {
			fprintf(stderr, "check: more than %d suites\n", MAX_SUITES);
			exit(2);
		}
		built[n++] = (struct built){ cur_suite, s };
	}
	qsort(built, n, sizeof(built[0]), by_name);
	for (int i = 0; i < n; i++)
		srunner_add_suite(runner, built[i].suite);
	srunner_free(unwanted);
	return runner;
}

static void choose_seed(void)
{
	const char *s = getenv("SEED");
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	seed = s && *s ? strtoull(s, NULL, 0) : (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 20;
	seed &= 0xffffffff;		/* short enough to be typed */
	printf("random tests run with SEED=%lu\n", (unsigned long)seed);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	SRunner *runner;
	int status = 0;

	for (int i = 1; i < argc; i++)
		add_picks(argv[i]);
	setenv("CK_DEFAULT_TIMEOUT", "300", 0);	/* a hang, and not a slow or busy machine */
	choose_seed();
	runner = make_runner();
	for (int i = 0; i < nr_picks; i++) {
		if (!picks[i].used) {
			fprintf(stderr, "check: no test matches %s%s%s\n", picks[i].suite,
				picks[i].name[0] ? "/" : "", picks[i].name);
			status = 2;
		}
	}
	if (status == 0) {
		srunner_run_all(runner, CK_ENV);
		status = srunner_ntests_failed(runner) ? 1 : 0;
	}
	if (status == 0 && srunner_ntests_run(runner) == 0) {
		fprintf(stderr, "check: there was nothing to run\n");
		status = 2;
	}
	srunner_free(runner);
	return status;
}
