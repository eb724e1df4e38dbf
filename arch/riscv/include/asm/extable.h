/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/extable.h - instructions that may fault, and where to go on then.
 *
 * A pair of addresses in section __ex_table; fixup_exception() looks them up.
 * Small cousin of Linux's asm-generic/extable.h.
 */
#ifndef ASM_RISCV_EXTABLE_H
#define ASM_RISCV_EXTABLE_H

#ifdef __ASSEMBLER__
	/* @insn faults: go on at @fixup. */
	.macro	ex_entry insn, fixup
	.pushsection __ex_table, "a"
	.balign	8
	.dword	\insn, \fixup
	.popsection
	.endm
#else
#include <asm/ptrace.h>

/* Return: true if regs now point at the fixup. Context: any. */
bool fixup_exception(struct pt_regs *regs);
#endif

#endif
