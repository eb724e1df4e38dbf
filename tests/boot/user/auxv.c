// SPDX-License-Identifier: GPL-2.0-only
/*
 * auxv.c - what execve leaves on the new program's stack, as a C program sees it
 *
 *	argv - 8 -> argc | argv[0] .. NULL | envp[0] .. NULL | auxv pairs .. AT_NULL
 *	... | 16 random bytes | argv strings | envp strings | file name | top
 */
#include "tap.h"
#include <elf.h>
#include <link.h>
#include <sys/auxv.h>

extern const Elf64_Ehdr __ehdr_start;
extern void _start(void);

static Elf64_auxv_t *auxv;

/* Return: the entry of @type, or NULL. */
static Elf64_auxv_t *aux(unsigned long type)
{
	for (Elf64_auxv_t *a = auxv; a->a_type != AT_NULL; a++)
		if (a->a_type == type)
			return a;
	return NULL;
}

static long aux_value(unsigned long type)
{
	Elf64_auxv_t *a = aux(type);

	return a ? (long)a->a_un.a_val : -1;
}

static void test_values(const char *path)
{
	const Elf64_Ehdr *ehdr = &__ehdr_start;
	char *execfn = (char *)aux_value(AT_EXECFN);

	is(aux_value(AT_PAGESZ), 4096, "AT_PAGESZ");
	is(aux_value(AT_PHDR), (long)ehdr + ehdr->e_phoff, "AT_PHDR is where the headers are mapped");
	is(aux_value(AT_PHENT), sizeof(Elf64_Phdr), "AT_PHENT");
	is(aux_value(AT_PHNUM), ehdr->e_phnum, "AT_PHNUM");
	is(aux_value(AT_ENTRY), (long)_start, "AT_ENTRY");
	is(aux_value(AT_BASE), 0, "AT_BASE of a static program");
	is(aux_value(AT_FLAGS), 0, "AT_FLAGS");
	is(aux_value(AT_UID), 0, "AT_UID");
	is(aux_value(AT_EUID), 0, "AT_EUID");
	is(aux_value(AT_GID), 0, "AT_GID");
	is(aux_value(AT_EGID), 0, "AT_EGID");
	is(aux_value(AT_SECURE), 0, "AT_SECURE");
	is(aux_value(AT_CLKTCK), sysconf(_SC_CLK_TCK), "AT_CLKTCK");
	is(aux_value(AT_CLKTCK), 100, "AT_CLKTCK is 100");
	/* IMAFDC: bit n of AT_HWCAP is the single-letter extension 'A' + n */
	for (const char *c = "IMAFDC"; *c; c++)
		ok(aux_value(AT_HWCAP) >> (*c - 'A') & 1, "AT_HWCAP has %c", *c);
	ok(execfn != (char *)-1 && !strcmp(execfn, path), "AT_EXECFN is the path given to execve");
}

static void test_layout(int argc, char **argv, char **envp)
{
	unsigned char *random = (unsigned char *)aux_value(AT_RANDOM);
	long *sp = (long *)argv - 1;
	int envc = 0, zeros = 0;

	while (envp[envc])
		envc++;
	is(*sp, argc, "argc is the first word");
	is((long)sp % 16, 0, "the stack pointer was a multiple of 16");
	is((long)argv[argc], 0, "argv ends with NULL");
	ok(envp == argv + argc + 1, "envp follows argv");
	ok((char **)auxv == envp + envc + 1, "auxv follows envp");
	for (int i = 1; i < argc; i++)
		ok(argv[i] == argv[i - 1] + strlen(argv[i - 1]) + 1, "argv[%d] follows argv[%d]", i, i - 1);
	if (envc)
		ok(envp[0] == argv[argc - 1] + strlen(argv[argc - 1]) + 1,
		   "the environment's strings follow argv's");
	ok((char *)random > (char *)aux(AT_RANDOM), "AT_RANDOM lies above the vector");
	for (int i = 0; i < 16; i++)
		zeros += random[i] == 0;
	ok(zeros < 8, "AT_RANDOM has random bytes");
	argv[0][0] = argv[0][0] == '/' ? '!' : '/';
	ok(1, "argv's strings can be written");
	if (envc) {
		envp[0][0]++;
		envp[0][0]--;
		ok(1, "envp's strings can be written");
	}
	argv[argc] = argv[0];
	ok(argv[argc] == argv[0], "argv can be written");
	argv[argc] = NULL;
}

/* Two programs run after each other get different AT_RANDOM bytes. */
static void test_random_differs(char *self)
{
	unsigned char bytes[2][16] = { { 0 }, { 1 } };
	char *argv[] = { self, (char *)"random", NULL };
	int fds[2];

	need(pipe(fds) == 0);
	for (int i = 0; i < 2; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			dup2(fds[1], 1);
			execv(self, argv);
			_exit(1);
		}
		waitpid(pid, NULL, 0);
		is(read(fds[0], bytes[i], 16), 16, "the program told its AT_RANDOM");
	}
	ok(memcmp(bytes[0], bytes[1], 16), "AT_RANDOM differs from run to run");
}

int main(int argc, char **argv, char **envp)
{
	char path[256];
	char **end = envp;

	while (*end)
		end++;
	auxv = (Elf64_auxv_t *)(end + 1);
	if (argc == 2 && !strcmp(argv[1], "random"))
		return write(1, (void *)aux_value(AT_RANDOM), 16) != 16;
	if (argc == 1) {		/* run again with arguments, to have a layout to look at */
		char *more[] = { argv[0], (char *)"one", (char *)"", (char *)"three", NULL };
		char *env[] = { (char *)"A=1", (char *)"BB=22", NULL };

		execve("/tests/auxv", more, env);
		need(!"execve of /tests/auxv");
	}
	strcpy(path, argv[0]);
	is(argc, 4, "argc");
	ok(!strcmp(argv[1], "one") && !strcmp(argv[2], "") && !strcmp(argv[3], "three"), "argv");
	ok(!strcmp(envp[0], "A=1") && !strcmp(envp[1], "BB=22") && !envp[2], "envp");
	test_values(path);
	test_layout(argc, argv, envp);
	test_random_differs(path);
	return done_testing();
}
