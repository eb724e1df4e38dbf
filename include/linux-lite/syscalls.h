/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * syscalls.h - how a system call is written.
 *
 *	SYSCALL_DEFINE3(write, unsigned int, fd, const char __user *, buf, size_t, count)
 *	{
 *		...
 *	}
 *
 * makes `long sys_write(unsigned long, unsigned long, unsigned long)', which
 * narrows each argument itself: user space may leave rubbish in the upper half
 * of a register that holds an int, and the ABI lets C code assume that it is
 * sign-extended. kernel/syscall_table.c lists them by number.
 *
 * Small cousin of Linux's include/linux/syscalls.h.
 */
#ifndef LINUX_LITE_SYSCALLS_H
#define LINUX_LITE_SYSCALLS_H

#include <linux-lite/abi/errno.h>
#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

#define __SC_1(m, t, a)		m(t, a)
#define __SC_2(m, t, a, ...)	m(t, a), __SC_1(m, __VA_ARGS__)
#define __SC_3(m, t, a, ...)	m(t, a), __SC_2(m, __VA_ARGS__)
#define __SC_4(m, t, a, ...)	m(t, a), __SC_3(m, __VA_ARGS__)
#define __SC_5(m, t, a, ...)	m(t, a), __SC_4(m, __VA_ARGS__)
#define __SC_6(m, t, a, ...)	m(t, a), __SC_5(m, __VA_ARGS__)
#define __SC_DECL(t, a)		t a
#define __SC_LONG(t, a)		unsigned long a
#define __SC_CAST(t, a)		(t)a

#define SYSCALL_DEFINE0(name)	long sys_##name(void); long sys_##name(void)
#define __SYSCALL_DEFINE(n, name, ...) \
	static inline long __do_sys_##name(__SC_##n(__SC_DECL, __VA_ARGS__)); \
	long sys_##name(__SC_##n(__SC_LONG, __VA_ARGS__)); \
	long sys_##name(__SC_##n(__SC_LONG, __VA_ARGS__)) \
	{ return __do_sys_##name(__SC_##n(__SC_CAST, __VA_ARGS__)); } \
	static inline long __do_sys_##name(__SC_##n(__SC_DECL, __VA_ARGS__))
#define SYSCALL_DEFINE1(name, ...)	__SYSCALL_DEFINE(1, name, __VA_ARGS__)
#define SYSCALL_DEFINE2(name, ...)	__SYSCALL_DEFINE(2, name, __VA_ARGS__)
#define SYSCALL_DEFINE3(name, ...)	__SYSCALL_DEFINE(3, name, __VA_ARGS__)
#define SYSCALL_DEFINE4(name, ...)	__SYSCALL_DEFINE(4, name, __VA_ARGS__)
#define SYSCALL_DEFINE5(name, ...)	__SYSCALL_DEFINE(5, name, __VA_ARGS__)
#define SYSCALL_DEFINE6(name, ...)	__SYSCALL_DEFINE(6, name, __VA_ARGS__)

typedef long (*syscall_fn_t)(unsigned long, unsigned long, unsigned long,
			     unsigned long, unsigned long, unsigned long);
#define NR_SYSCALLS	512
extern const syscall_fn_t sys_call_table[NR_SYSCALLS];	/* no hole: sys_ni_syscall */

#endif
