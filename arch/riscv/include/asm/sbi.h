/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/sbi.h - calls to the firmware below us (machine mode), as OpenSBI.
 *
 * a7 = extension, a6 = function, a0..a5 = arguments; back come a0 = error, a1 = value.
 * Reference: RISC-V Supervisor Binary Interface Specification.
 */
#ifndef ASM_RISCV_SBI_H
#define ASM_RISCV_SBI_H

#include <linux-lite/smp.h>
#include <linux-lite/types.h>

enum sbi_ext {
	SBI_EXT_0_1_PUTCHAR	= 0x1,
	SBI_EXT_BASE		= 0x10,
	SBI_EXT_TIME		= 0x54494D45,
	SBI_EXT_IPI		= 0x735049,
	SBI_EXT_RFENCE		= 0x52464E43,
	SBI_EXT_HSM		= 0x48534D,
	SBI_EXT_SRST		= 0x53525354,
	SBI_EXT_DBCN		= 0x4442434E,
};

#define SBI_RESET_SHUTDOWN	0
#define SBI_RESET_COLD_REBOOT	1
#define SBI_REASON_NONE		0
#define SBI_REASON_FAILURE	1

struct sbiret {
	long error;
	long value;
};

static inline struct sbiret sbi_ecall(unsigned long ext, unsigned long fn, unsigned long arg0,
				      unsigned long arg1, unsigned long arg2, unsigned long arg3,
				      unsigned long arg4)
{
	register unsigned long a0 __asm__("a0") = arg0;
	register unsigned long a1 __asm__("a1") = arg1;
	register unsigned long a2 __asm__("a2") = arg2;
	register unsigned long a3 __asm__("a3") = arg3;
	register unsigned long a4 __asm__("a4") = arg4;
	register unsigned long a6 __asm__("a6") = fn;
	register unsigned long a7 __asm__("a7") = ext;

	__asm__ __volatile__("ecall" : "+r"(a0), "+r"(a1)
			     : "r"(a2), "r"(a3), "r"(a4), "r"(a6), "r"(a7) : "memory");
	return (struct sbiret){ .error = a0, .value = a1 };
}

static inline void sbi_console_putchar(char c)
{
	sbi_ecall(SBI_EXT_0_1_PUTCHAR, 0, (unsigned char)c, 0, 0, 0, 0);
}

/* Returns only if the firmware cannot. */
static inline void sbi_system_reset(u32 type, u32 reason)
{
	sbi_ecall(SBI_EXT_SRST, 0, type, reason, 0, 0, 0);
}

static inline void sbi_set_timer(u64 ticks)
{
	sbi_ecall(SBI_EXT_TIME, 0, ticks, 0, 0, 0, 0);
}

/* The boot hart's vendor, architecture and implementation numbers: functions of BASE. */
enum sbi_machine_id { SBI_MVENDORID = 4, SBI_MARCHID, SBI_MIMPID };

static inline unsigned long sbi_machine_id(enum sbi_machine_id which)
{
	return sbi_ecall(SBI_EXT_BASE, which, 0, 0, 0, 0, 0).value;
}

/* kernel/sbi.c */
void sbi_init(void);
void sbi_console_write(const char *s, size_t n);
/* 0, or the SBI's negative error. @start: physical; @opaque arrives in a1. */
long sbi_hart_start(unsigned long hartid, phys_addr_t start, unsigned long opaque);
/* To all harts of the mask (logical numbers). */
void sbi_send_ipi(const cpumask_t *mask);
void sbi_remote_sfence_vma(const cpumask_t *mask, unsigned long start, unsigned long size);
void sbi_remote_fence_i(const cpumask_t *mask);

#endif
