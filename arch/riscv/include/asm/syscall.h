/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/syscall.h - system calls that need every register of their caller.
 *
 * entry.S saves only the registers that C may change; gp, s0..s11 stay where
 * they are. clone copies the caller, so its entries of sys_call_table are
 * stubs (entry.S) that complete pt_regs and then jump to the C function:
 *
 *	[__NR_clone]  = __riscv_sys_clone     -> sys_clone
 *	[__NR_clone3] = __riscv_sys_clone3    -> sys_clone3
 *
 * execve and rt_sigreturn need no stub: they replace all registers and say so
 * with _TIF_RESTORE_REGS (start_thread() and sys_rt_sigreturn() set it).
 *
 * Any system call may read and write its own pt_regs (current_pt_regs()) except
 * a0: the result goes there on return. regs->sp is valid.
 */
#ifndef ASM_RISCV_SYSCALL_H
#define ASM_RISCV_SYSCALL_H

long __riscv_sys_clone(unsigned long, unsigned long, unsigned long, unsigned long,
		       unsigned long, unsigned long);
long __riscv_sys_clone3(unsigned long, unsigned long, unsigned long, unsigned long,
			unsigned long, unsigned long);
/* The port's own calls: arch/riscv/kernel/signal.c, process.c (259, riscv_flush_icache). */
long sys_rt_sigreturn(void);
long sys_riscv_flush_icache(unsigned long start, unsigned long end, unsigned long flags);

#endif
