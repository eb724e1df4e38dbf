/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * atomic.h - atomic counters and words, with Linux's names and ordering rules:
 *
 *   atomic_inc, atomic_add, ...          no ordering
 *   atomic_*_return, *_and_test, xchg,
 *   cmpxchg                              full barrier before and after
 *   *_relaxed, *_acquire, *_release      as they say
 *
 * All are the compiler's __atomic builtins: on riscv one AMO, on the host what
 * the host has, and ThreadSanitizer understands them.
 *
 * Small cousin of Linux's include/linux/atomic.h, asm-generic/barrier.h.
 */
#ifndef LINUX_LITE_ATOMIC_H
#define LINUX_LITE_ATOMIC_H

#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

#define ATOMIC_INIT(i)	{ (i) }

#define smp_mb()	__atomic_thread_fence(__ATOMIC_SEQ_CST)
#define smp_rmb()	__atomic_thread_fence(__ATOMIC_ACQUIRE)
#define smp_wmb()	__atomic_thread_fence(__ATOMIC_RELEASE)
#define smp_load_acquire(p)	__atomic_load_n((p), __ATOMIC_ACQUIRE)
#define smp_store_release(p, v)	__atomic_store_n((p), (v), __ATOMIC_RELEASE)

#define xchg(p, v)		__atomic_exchange_n((p), (v), __ATOMIC_SEQ_CST)
/* Returns what was there: equal to old means that it was replaced. */
#define cmpxchg(p, old, new) ({ \
	__typeof__(*(p)) _cx = (old); \
	__atomic_compare_exchange_n((p), &_cx, (new), false, \
				    __ATOMIC_SEQ_CST, __ATOMIC_RELAXED); \
	_cx; })

#define LL_ATOMIC_OPS(name, T, I) \
static inline I name##_read(const T *v) \
{ return __atomic_load_n(&v->counter, __ATOMIC_RELAXED); } \
static inline void name##_set(T *v, I i) \
{ __atomic_store_n(&v->counter, i, __ATOMIC_RELAXED); } \
static inline void name##_add(I i, T *v) \
{ __atomic_fetch_add(&v->counter, i, __ATOMIC_RELAXED); } \
static inline void name##_sub(I i, T *v) \
{ __atomic_fetch_sub(&v->counter, i, __ATOMIC_RELAXED); } \
static inline void name##_inc(T *v) { name##_add(1, v); } \
static inline void name##_dec(T *v) { name##_sub(1, v); } \
static inline I name##_add_return(I i, T *v) \
{ return __atomic_add_fetch(&v->counter, i, __ATOMIC_SEQ_CST); } \
static inline I name##_sub_return(I i, T *v) \
{ return __atomic_sub_fetch(&v->counter, i, __ATOMIC_SEQ_CST); } \
static inline I name##_inc_return(T *v) { return name##_add_return(1, v); } \
static inline I name##_dec_return(T *v) { return name##_sub_return(1, v); } \
static inline bool name##_dec_and_test(T *v) { return name##_sub_return(1, v) == 0; } \
static inline I name##_xchg(T *v, I i) { return xchg(&v->counter, i); } \
static inline I name##_cmpxchg(T *v, I old, I new) { return cmpxchg(&v->counter, old, new); } \
/* Add 1 unless it is @u; says whether it was added. */ \
static inline bool name##_inc_unless(T *v, I u) \
{ \
	I c = name##_read(v); \
	do { \
		if (c == u) \
			return false; \
	} while (!__atomic_compare_exchange_n(&v->counter, &c, c + 1, false, \
					      __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)); \
	return true; \
} \
static inline bool name##_inc_not_zero(T *v) { return name##_inc_unless(v, 0); }

LL_ATOMIC_OPS(atomic, atomic_t, int)
LL_ATOMIC_OPS(atomic_long, atomic_long_t, long)

#endif
