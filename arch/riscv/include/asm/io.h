/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/io.h - device registers, at addresses from ioremap().
 *
 * Devices are in I/O memory, where accesses of one hart keep their order; the
 * fences order them against ordinary memory (rings, buffers): what was written
 * before a writel() is seen by the device, and what is read after a readl() is
 * what the device wrote before.
 */
#ifndef ASM_RISCV_IO_H
#define ASM_RISCV_IO_H

#include <linux-lite/types.h>

static inline u8 readb(const volatile void *addr)
{
	u8 v = *(const volatile u8 *)addr;

	__asm__ __volatile__("fence i, ir" : : : "memory");
	return v;
}

static inline u32 readl(const volatile void *addr)
{
	u32 v = *(const volatile u32 *)addr;

	__asm__ __volatile__("fence i, ir" : : : "memory");
	return v;
}

static inline void writeb(u8 v, volatile void *addr)
{
	__asm__ __volatile__("fence w, o" : : : "memory");
	*(volatile u8 *)addr = v;
}

static inline void writel(u32 v, volatile void *addr)
{
	__asm__ __volatile__("fence w, o" : : : "memory");
	*(volatile u32 *)addr = v;
}

#endif
