/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/cpuinfo.h - the text of /proc/cpuinfo: arch/riscv/kernel/cpu.c.
 */
#ifndef ASM_RISCV_CPUINFO_H
#define ASM_RISCV_CPUINFO_H

struct seq_file;
int cpuinfo_show(struct seq_file *m);

#endif
