/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The table of applets: one line a command of the box. Included several times with APPLET() defined
 * differently (prototypes in box.h, the dispatch table in box.c, the shell's builtins in
 * sh/builtin.c), and read by usr/Makefile to make the links, so keep one APPLET a line.
 *
 *	APPLET(name, function, in_shell)
 *
 * name: what argv[0] must end in. function: <function>_main(argc, argv), returns the exit status.
 * in_shell: 1 where the shell may call it without fork (it returns, never exits, and touches
 * nothing but its output).
 */
APPLET("[", test, 1)
APPLET("cat", cat, 0)
APPLET("echo", echo, 1)
APPLET("false", false, 1)
APPLET("free", free, 0)
APPLET("init", init, 0)
APPLET("kill", kill, 1)
APPLET("ls", ls, 0)
APPLET("mount", mount, 0)
APPLET("poweroff", poweroff, 0)
APPLET("printf", printf, 1)
APPLET("ps", ps, 0)
APPLET("pwd", pwd, 1)
APPLET("reboot", reboot, 0)
APPLET("sh", sh, 0)
APPLET("test", test, 1)
APPLET("true", true, 1)
APPLET("umount", umount, 0)
