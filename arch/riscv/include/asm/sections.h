/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/sections.h - the linker script's names: arch/riscv/kernel/vmlinux.lds.S.
 */
#ifndef ASM_RISCV_SECTIONS_H
#define ASM_RISCV_SECTIONS_H

extern char _text[], _sinittext[], _einittext[], _etext[];
extern char _srodata[], _sdata[], _sinitdata[], _einitdata[], __bss_start[], __bss_stop[], _end[];
extern char init_stack[];

#endif
