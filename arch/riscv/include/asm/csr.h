/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/csr.h - control and status registers of supervisor mode.
 *
 * Numbers where assemblers in use do not know the name yet.
 * Reference: RISC-V Privileged Specification, "Supervisor-Level ISA".
 */
#ifndef ASM_RISCV_CSR_H
#define ASM_RISCV_CSR_H

#include <asm/page.h>

/* sstatus */
#define SR_SIE		_AC(0x2, UL)		/* interrupts on */
#define SR_SPIE		_AC(0x20, UL)		/* they were, before the trap */
#define SR_SPP		_AC(0x100, UL)		/* the trap came from supervisor mode */
#define SR_FS		_AC(0x6000, UL)		/* FPU: off, initial, clean, dirty */
#define SR_FS_CLEAN	_AC(0x4000, UL)
#define SR_FS_DIRTY	_AC(0x6000, UL)
#define SR_VS		_AC(0x600, UL)		/* vectors: always off here */
#define SR_SUM		_AC(0x40000, UL)	/* loads and stores may touch user pages */
#define SR_SD		_AC(0x8000000000000000, UL)

/* sie, sip, and the low bits of scause when its top bit says interrupt */
#define IRQ_SOFT	1
#define IRQ_TIMER	5
#define IRQ_EXTERNAL	9
#define SIE_SSIE	(_AC(1, UL) << IRQ_SOFT)
#define SIE_STIE	(_AC(1, UL) << IRQ_TIMER)
#define SIE_SEIE	(_AC(1, UL) << IRQ_EXTERNAL)
#define CAUSE_IRQ	_AC(0x8000000000000000, UL)

/* scause of exceptions */
#define EXC_INST_MISALIGNED	0
#define EXC_INST_ACCESS		1
#define EXC_INST_ILLEGAL	2
#define EXC_BREAKPOINT		3
#define EXC_LOAD_MISALIGNED	4
#define EXC_LOAD_ACCESS		5
#define EXC_STORE_MISALIGNED	6
#define EXC_STORE_ACCESS	7
#define EXC_SYSCALL		8
#define EXC_INST_PAGE_FAULT	12
#define EXC_LOAD_PAGE_FAULT	13
#define EXC_STORE_PAGE_FAULT	15

/* satp: mode in the top four bits (8 Sv39, 9 Sv48, 10 Sv57), the root's frame number below */
#define SATP_MODE_SHIFT		60
#define SATP_LEVELS_TO_MODE	5

/* scounteren: what user mode may read */
#define SCOUNTEREN_TM		_AC(0x2, UL)	/* time */

#define CSR_STIMECMP		0x14d	/* Sstc */

#ifndef __ASSEMBLER__
#define csr_read(csr) ({ \
	unsigned long _v; \
	__asm__ __volatile__("csrr %0, " #csr : "=r"(_v) : : "memory"); \
	_v; })
#define csr_write(csr, v) \
	__asm__ __volatile__("csrw " #csr ", %0" : : "rK"((unsigned long)(v)) : "memory")
#define csr_set(csr, v) \
	__asm__ __volatile__("csrs " #csr ", %0" : : "rK"((unsigned long)(v)) : "memory")
#define csr_clear(csr, v) \
	__asm__ __volatile__("csrc " #csr ", %0" : : "rK"((unsigned long)(v)) : "memory")

static inline unsigned long make_satp(unsigned int levels, phys_addr_t root)
{
	return (unsigned long)(levels + SATP_LEVELS_TO_MODE) << SATP_MODE_SHIFT |
	       root >> PAGE_SHIFT;
}
#endif

#endif
