/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sigreturn.S - where a signal handler returns to, and calls that are only system calls.
 *
 * The trampoline is two instructions in their 4-byte forms, because unwinders
 * (libgcc's, gdb's) know a signal frame by just these 8 bytes: there is no unwind
 * information for it, or they would believe that instead.
 */
#include <linux-lite/abi/unistd.h>

	.option norvc
	.section .text.sigreturn, "ax"
	.globl __vdso_rt_sigreturn
	.type __vdso_rt_sigreturn, @function
__vdso_rt_sigreturn:
	li	a7, __NR_rt_sigreturn
	ecall
	.size __vdso_rt_sigreturn, . - __vdso_rt_sigreturn

	.text
	.globl __vdso_getcpu
	.type __vdso_getcpu, @function
__vdso_getcpu:
	li	a7, __NR_getcpu
	ecall
	ret
	.size __vdso_getcpu, . - __vdso_getcpu

	.globl __vdso_flush_icache
	.type __vdso_flush_icache, @function
__vdso_flush_icache:
	li	a7, __NR_riscv_flush_icache
	ecall
	ret
	.size __vdso_flush_icache, . - __vdso_flush_icache
