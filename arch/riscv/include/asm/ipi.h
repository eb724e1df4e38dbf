/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/ipi.h - interrupts from one hart to others: arch/riscv/kernel/smp.c.
 */
#ifndef ASM_RISCV_IPI_H
#define ASM_RISCV_IPI_H

void handle_ipi(void);
void smp_send_stop(void);

#endif
