// SPDX-License-Identifier: GPL-2.0-only
/*
 * exec_script.c - "#!" scripts: how argv is rewritten, and how deep it goes
 *
 *	#! interpreter [one argument, with its blanks]
 *	argv of the interpreter: interpreter, [argument,] path of the script, the caller's argv[1]...
 *
 * This program is its own interpreter: called as "show" it prints its argv, one in brackets each.
 */
#include "minielf.h"
#include <sys/stat.h>

#define ME	"/tmp/show"

static void show(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		dprintf(1, "[%s]", argv[i]);
}

/* Run a script with this text. Return: what the interpreter printed, or the name of the errno. */
static const char *run_script(const char *text)
{
	static char result[512];
	char *argv[] = { (char *)"zero", (char *)"one", (char *)"two", NULL }, *envp[] = { NULL };
	struct outcome o;

	write_file("/tmp/script", text, strlen(text), 0755);
	o = try_exec("/tmp/script", argv, envp);
	if (o.err)
		return strerrorname_np(o.err);
	snprintf(result, sizeof(result), "%.*s", (int)o.out_len, (char *)o.out);
	return result;
}

static void shows(const char *text, const char *want, const char *what)
{
	const char *got = run_script(text);

	if (!ok(!strcmp(got, want), "%s", what))
		diag("got %s, want %s", got, want);
}

static void test_argv(void)
{
	shows("#!" ME "\n", "[" ME "][/tmp/script][one][two]", "no argument");
	shows("#!" ME " -x\n", "[" ME "][-x][/tmp/script][one][two]", "one argument");
	shows("#!" ME " a b  c\n", "[" ME "][a b  c][/tmp/script][one][two]", "blanks stay in the argument");
	shows("#! \t " ME " \t -x \t \n", "[" ME "][-x][/tmp/script][one][two]", "blanks around are dropped");
	shows("#!" ME, "[" ME "][/tmp/script][one][two]", "no newline at the end");
	shows("#!" ME " -x", "[" ME "][-x][/tmp/script][one][two]", "an argument, no newline at the end");
	shows("#!" ME "\necho", "[" ME "][/tmp/script][one][two]", "what follows is the script's own");
}

static void test_errors(void)
{
	char text[512] = "#!/tmp/";

	shows("#!/tmp/no-such-interpreter\n", "ENOENT", "the interpreter does not exist");
	shows("#!/tmp\n", "EACCES", "the interpreter is a directory");
	shows("#!/tmp/script\n", "ELOOP", "a script that is its own interpreter");
	memset(text + 7, 'a', 400);
	shows(text, "ENOEXEC", "an interpreter's path beyond the first 256 bytes");
	text[200] = '\n';
	shows(text, "ENOENT", "a long path that fits");
}

/* s1 is run by s0 ... Linux gives up at the sixth interpreter. */
static void test_depth(void)
{
	char *argv[] = { (char *)"x", NULL }, *envp[] = { NULL }, path[32], text[64];
	struct outcome o;

	for (int i = 0; i < 8; i++) {
		snprintf(path, sizeof(path), "/tmp/s%d", i);
		if (i)
			snprintf(text, sizeof(text), "#!/tmp/s%d\n", i - 1);
		else
			strcpy(text, "#!" ME "\n");
		write_file(path, text, strlen(text), 0755);
	}
	o = try_exec("/tmp/s4", argv, envp);
	is(o.err, 0, "five interpreters deep is allowed");
	o.out[o.out_len] = 0;
	ok(!strcmp((char *)o.out, "[" ME "][/tmp/s0][/tmp/s1][/tmp/s2][/tmp/s3][/tmp/s4]"),
	   "and each found its own script: %s", (char *)o.out);
	o = try_exec("/tmp/s5", argv, envp);
	is(o.err, ELOOP, "six are not");
}

int main(int argc, char **argv)
{
	if (!strcmp(argv[0], ME)) {
		show(argc, argv);
		return 0;
	}
	unlink(ME);
	need(symlink("/tests/exec_script", ME) == 0);
	test_argv();
	test_errors();
	test_depth();
	return done_testing();
}
