// SPDX-License-Identifier: GPL-2.0-only
/*
 * binfmt_script.c - files that begin with #!
 *
 *	#! /bin/awk -f           execve("prog.awk", { "prog.awk", "x", NULL })
 *	   name     one optional argument, blanks and all
 *
 *	becomes  execve("/bin/awk", { "/bin/awk", "-f", "prog.awk", "x", NULL })
 *
 * The strings are on the new stack already, so argv[0] is dropped and three are
 * pushed: the script's path, the argument, the interpreter's path.
 */
#include <linux-lite/ctype.h>
#include <linux-lite/err.h>
#include <linux-lite/exec_stack.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/**
 * parse_script - cut the first line up, in place
 * @buf: BINPRM_BUF_SIZE bytes, beginning with "#!"
 * @name: the interpreter's path
 * @arg: its argument, or NULL
 *
 * Return: 0, or -ENOEXEC: there is no name, or it is not all in the buffer.
 */
static int parse_script(char *buf, char **name, char **arg)
{
	char *end = memchr(buf, '\n', BINPRM_BUF_SIZE), *p;

	if (!end) {
		/* An unfinished line will do if at least the name ends inside. */
		end = buf + BINPRM_BUF_SIZE - 1;
		for (p = buf + 2; p < end && is_blank(*p); p++)
			;
		while (p < end && *p && !is_blank(*p))
			p++;
		if (p == end)
			return -ENOEXEC;
	}
	*end = '\0';
	while (end > buf + 2 && is_blank(end[-1]))
		*--end = '\0';
	for (p = buf + 2; is_blank(*p); p++)
		;
	if (!*p)
		return -ENOEXEC;
	*name = p;
	while (*p && !is_blank(*p))
		p++;
	*arg = NULL;
	if (*p) {
		*p++ = '\0';
		while (is_blank(*p))
			p++;
		if (*p)
			*arg = p;
	}
	return 0;
}

/**
 * load_script - turn a script into its interpreter
 * @bprm: its first bytes are in buf
 *
 * Context: may sleep.
 * Return: 0: bprm->file is the interpreter now; -ENOEXEC: not a script; else as open.
 */
int load_script(struct linux_binprm *bprm)
{
	char *name, *arg, *interp;
	struct file *file;
	int err;

	if (bprm->buf[0] != '#' || bprm->buf[1] != '!')
		return -ENOEXEC;
	err = parse_script(bprm->buf, &name, &arg);
	if (err)
		return err;	/* the ELF loader will say the same */
	interp = kstrdup(name, GFP_KERNEL);
	if (!interp)
		return -ENOMEM;
	err = bprm_remove_arg_zero(bprm);
	if (!err)
		err = bprm_put_string_kernel(bprm, bprm->interp);
	if (!err) {
		bprm->argc++;
		if (arg) {
			err = bprm_put_string_kernel(bprm, arg);
			bprm->argc++;
		}
	}
	if (!err)
		err = bprm_put_string_kernel(bprm, name);
	bprm->argc++;
	kfree(bprm->interp_buf);
	bprm->interp_buf = interp;
	bprm->interp = interp;
	if (err)
		return err;
	file = open_exec(AT_FDCWD, interp, 0);
	if (IS_ERR(file))
		return PTR_ERR(file);
	fput(bprm->file);
	bprm->file = file;
	return 0;
}
