/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compiler.h - what we ask of gcc and clang beyond C11.
 *
 * Small cousin of Linux's include/linux/compiler*.h.
 */
#ifndef LINUX_LITE_COMPILER_H
#define LINUX_LITE_COMPILER_H

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)

/*
 * One load or store of the variable, exactly here: for words that another hart
 * or an interrupt may change. No ordering beyond that (see atomic.h).
 */
#define READ_ONCE(x)		__atomic_load_n(&(x), __ATOMIC_RELAXED)
#define WRITE_ONCE(x, v)	__atomic_store_n(&(x), (v), __ATOMIC_RELAXED)

#define barrier()	__asm__ __volatile__("" : : : "memory")

#define __aligned(n)	__attribute__((aligned(n)))
#define __section(s)	__attribute__((section(s)))
#define __used		__attribute__((used))
#define __weak		__attribute__((weak))
#define __must_check	__attribute__((warn_unused_result))
#define __noreturn	__attribute__((noreturn))
#define __cold		__attribute__((cold))
#ifndef __always_inline		/* libc's sys/cdefs.h has it too */
#define __always_inline	inline __attribute__((always_inline))
#endif
#define __no_sanitize_thread __attribute__((no_sanitize("thread")))
#define noinline	__attribute__((noinline))
#define __printf(f, a)	__attribute__((format(printf, f, a)))

/* A pointer into user space: only the functions of asm/uaccess.h may follow it. */
#define __user

/* On a separate cache line: both ports have lines of 64 bytes. */
#define SMP_CACHE_BYTES		64
#define ____cacheline_aligned	__aligned(SMP_CACHE_BYTES)

/* IS_ENABLED(CONFIG_X): 1 when X is y, else 0; a C constant, so dead code goes. */
#define __LL_ARG_PLACEHOLDER_1		0,
#define __ll_second(a, b, ...)		b
#define __ll_is_defined3(junk)		__ll_second(junk 1, 0)
#define __ll_is_defined2(v)		__ll_is_defined3(__LL_ARG_PLACEHOLDER_##v)
#define __ll_is_defined(x)		__ll_is_defined2(x)
#define IS_ENABLED(option)		__ll_is_defined(option)

#endif
