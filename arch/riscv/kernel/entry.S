/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * entry.S - into the kernel and out of it: system calls, faults, interrupts.
 *
 * tp and sscratch tell where a trap came from (asm/thread_info.h):
 *
 *	             tp                    sscratch
 *	user mode    the user's own        its task_struct
 *	kernel       current task_struct   0
 *
 * so the first instruction swaps the two, and a tp of 0 means "from the kernel".
 *
 *	user:  ecall ----> handle_exception --> .Lsyscall --> sys_call_table[a7] --+
 *	       fault, irq -> ... --------> .Luser_trap ----> do_user_trap, do_irq -+
 *	                                                                           |
 *	       sret <-- restore what was saved <-- no work flag set? <-------------+
 *	                                               | set
 *	       sret <-- restore ALL of pt_regs <-- exit_to_user_mode_work(regs)
 *	                         ^                 (schedule, signals; C)
 *	                         +-- ret_from_fork: a new task's first way out
 *
 * What is saved from user mode: only what C may change (ra, t0-t6, a0-a7), and
 * sp and tp. gp and s0..s11 stay in the registers all the way: C functions give
 * them back, switch_to() saves them with the task, and the kernel is compiled not
 * to use gp. So a system call costs 66 instructions around its function. The
 * word of each saved register is the same on all ways (struct pt_regs).
 *
 * I1  On the way out, between the look at the flags and sret, interrupts are off:
 *     a flag set by another hart sends an IPI, which is taken right after sret.
 * I2  _TIF_RESTORE_REGS: pt_regs is complete and newer than the registers (exec,
 *     sigreturn): the slow way out must not save gp and s0..s11 over it.
 * I3  Kernel code never runs with SUM set but in lib/uaccess.S; a trap from there
 *     clears it, and its sret brings it back.
 *
 * The count of instructions matters here, so the stores stand in the order in
 * which registers get free, not in numerical order.
 */
#include <asm/csr.h>
#include <asm/ptrace.h>
#include <asm/thread_info.h>

#define THREAD_SHIFT		(PAGE_SHIFT + CONFIG_THREAD_SIZE_ORDER)
#define OVERFLOW_STACK_SIZE	8192
#define NR_SYSCALLS_SHIFT	9		/* include/linux-lite/syscalls.h */

	/* gp, s0..s11: kept by C, so saved only where somebody wants to see them. */
	.macro	save_kept_regs
	sd	gp, PT_GP(sp)
	sd	s0, PT_S0(sp)
	sd	s1, PT_S1(sp)
	sd	s2, PT_S2 + 0(sp)
	sd	s3, PT_S2 + 8(sp)
	sd	s4, PT_S2 + 16(sp)
	sd	s5, PT_S2 + 24(sp)
	sd	s6, PT_S2 + 32(sp)
	sd	s7, PT_S2 + 40(sp)
	sd	s8, PT_S2 + 48(sp)
	sd	s9, PT_S2 + 56(sp)
	sd	s10, PT_S2 + 64(sp)
	sd	s11, PT_S2 + 72(sp)
	.endm

	.macro	load_kept_regs
	ld	gp, PT_GP(sp)
	ld	s0, PT_S0(sp)
	ld	s1, PT_S1(sp)
	ld	s2, PT_S2 + 0(sp)
	ld	s3, PT_S2 + 8(sp)
	ld	s4, PT_S2 + 16(sp)
	ld	s5, PT_S2 + 24(sp)
	ld	s6, PT_S2 + 32(sp)
	ld	s7, PT_S2 + 40(sp)
	ld	s8, PT_S2 + 48(sp)
	ld	s9, PT_S2 + 56(sp)
	ld	s10, PT_S2 + 64(sp)
	ld	s11, PT_S2 + 72(sp)
	.endm

	/* All that a call may change, but a0. */
	.macro	save_call_regs
	sd	ra, PT_RA(sp)
	sd	t0, PT_T0(sp)
	sd	t1, PT_T1(sp)
	sd	t2, PT_T2(sp)
	sd	a1, PT_A1(sp)
	sd	a2, PT_A2(sp)
	sd	a3, PT_A3(sp)
	sd	a4, PT_A4(sp)
	sd	a5, PT_A5(sp)
	sd	a6, PT_A6(sp)
	sd	a7, PT_A7(sp)
	sd	t3, PT_T3(sp)
	sd	t4, PT_T4(sp)
	sd	t5, PT_T5(sp)
	sd	t6, PT_T6(sp)
	.endm

	.macro	load_call_regs
	ld	ra, PT_RA(sp)
	ld	t0, PT_T0(sp)
	ld	t1, PT_T1(sp)
	ld	t2, PT_T2(sp)
	ld	a1, PT_A1(sp)
	ld	a2, PT_A2(sp)
	ld	a3, PT_A3(sp)
	ld	a4, PT_A4(sp)
	ld	a5, PT_A5(sp)
	ld	a6, PT_A6(sp)
	ld	a7, PT_A7(sp)
	ld	t3, PT_T3(sp)
	ld	t4, PT_T4(sp)
	ld	t5, PT_T5(sp)
	ld	t6, PT_T6(sp)
	.endm

	.text
	.balign	4			/* stvec: the low two bits are a mode */
	.globl	handle_exception
handle_exception:
	csrrw	tp, sscratch, tp
	beqz	tp, kernel_trap

	sd	sp, TI_USER_SP(tp)
	ld	sp, TI_KERNEL_SP(tp)
	save_call_regs
	sd	a0, PT_ORIG_A0(sp)
	ld	t0, TI_USER_SP(tp)
	sd	t0, PT_SP(sp)
	csrrw	t0, sscratch, zero
	sd	t0, PT_TP(sp)
	csrr	t0, sstatus
	sd	t0, PT_STATUS(sp)
	csrr	t0, sepc
	csrr	t1, scause
	li	t2, EXC_SYSCALL
	bne	t1, t2, .Luser_trap

.Lsyscall:
	addi	t0, t0, 4		/* behind the ecall */
	sd	t0, PT_EPC(sp)
	csrsi	sstatus, SR_SIE
	srli	t1, a7, NR_SYSCALLS_SHIFT
	bnez	t1, .Lno_such_syscall
1:	auipc	t1, %pcrel_hi(sys_call_table)
	slli	t2, a7, 3
	add	t1, t1, t2
	ld	t1, %pcrel_lo(1b)(t1)
	jalr	t1
	/* Where the backtrace finds the bottom of a stack: stacktrace.c. */
	.globl	ret_from_syscall
ret_from_syscall:
	csrci	sstatus, SR_SIE
	lbu	t0, TI_FLAGS(tp)
	bnez	t0, .Lsyscall_work
.Lrestore:				/* a0 has its value already */
	ld	t0, PT_EPC(sp)
	csrw	sepc, t0
	ld	t0, PT_STATUS(sp)
	csrw	sstatus, t0
	csrw	sscratch, tp
	load_call_regs
	ld	tp, PT_TP(sp)
	ld	sp, PT_SP(sp)
	sret

.Lno_such_syscall:
	call	sys_ni_syscall
	j	ret_from_syscall

.Luser_trap:
	sd	t0, PT_EPC(sp)
	sd	a0, PT_A0(sp)
	sd	t1, PT_CAUSE(sp)
	csrr	t0, stval
	sd	t0, PT_BADADDR(sp)
	mv	a0, sp
	bltz	t1, .Luser_irq
	call	do_user_trap
	.globl	ret_from_user_trap
ret_from_user_trap:
	csrci	sstatus, SR_SIE
	lbu	t0, TI_FLAGS(tp)
	ld	a0, PT_A0(sp)
	beqz	t0, .Lrestore
	andi	t0, t0, _TIF_RESTORE_REGS
	j	.Lsave

.Luser_irq:
	lla	ra, ret_from_user_trap
	tail	do_irq

	/* Work before we may leave: complete pt_regs, unless it is newer (I2). */
.Lsyscall_work:
	sd	a0, PT_A0(sp)
	andi	t0, t0, _TIF_RESTORE_REGS
	bnez	t0, .Lwork
	li	t1, EXC_SYSCALL
	sd	t1, PT_CAUSE(sp)
.Lsave:
	bnez	t0, .Lwork
	save_kept_regs
.Lwork:
	mv	a0, sp
	call	exit_to_user_mode_work	/* comes back with interrupts off */

.Lrestore_all:
	/* A store-conditional ends the reservation that an lr of the user may hold. */
	ld	t0, PT_EPC(sp)
	addi	t1, sp, PT_EPC
	sc.d	zero, t0, (t1)
	csrw	sepc, t0
	ld	t0, PT_STATUS(sp)
	csrw	sstatus, t0
	csrw	sscratch, tp
	load_kept_regs
	load_call_regs
	ld	a0, PT_A0(sp)
	ld	tp, PT_TP(sp)
	ld	sp, PT_SP(sp)
	sret

	/*
	 * Where switch_to() returns to in a task that never ran (copy_thread):
	 * a0 = the task before it. A user's child has s1 = 0; a kernel thread is in
	 * kernel_thread_entry() for life, or until it has become a program (init).
	 */
	.globl	ret_from_fork
ret_from_fork:
	call	schedule_tail
	beqz	s1, 1f
	call	kernel_thread_entry
1:	csrci	sstatus, SR_SIE
	j	.Lwork

	/* clone: the child is a copy of all registers, so the parent's must be in memory. */
	.globl	__riscv_sys_clone, __riscv_sys_clone3
__riscv_sys_clone:
	save_kept_regs
	tail	sys_clone
__riscv_sys_clone3:
	save_kept_regs
	tail	sys_clone3

	/* --- traps inside the kernel ------------------------------------------- */

	/* sp points at a pt_regs; t0 is in sscratch; t1 := cause */
	.macro	save_kernel_trap
	csrrw	t0, sscratch, zero
	save_call_regs
	save_kept_regs
	sd	a0, PT_A0(sp)
	sd	a0, PT_ORIG_A0(sp)
	sd	tp, PT_TP(sp)
	li	t0, SR_SUM
	csrrc	t0, sstatus, t0
	sd	t0, PT_STATUS(sp)
	csrr	t0, sepc
	sd	t0, PT_EPC(sp)
	csrr	t0, stval
	sd	t0, PT_BADADDR(sp)
	csrr	t1, scause
	sd	t1, PT_CAUSE(sp)
	.endm

kernel_trap:
	csrr	tp, sscratch		/* the swap has put it there */
	addi	sp, sp, -PT_SIZE
	/*
	 * Is there room? Stacks are aligned to their size, and kernel_sp is an
	 * address inside ours, so both must agree in all bits above. Otherwise the
	 * next store would fault, and so would its trap, for ever.
	 */
	csrw	sscratch, t0
	ld	t0, TI_KERNEL_SP(tp)
	xor	t0, t0, sp
	srli	t0, t0, THREAD_SHIFT
	bnez	t0, kernel_overflow

	save_kernel_trap
	addi	t0, sp, PT_SIZE
	sd	t0, PT_SP(sp)
	mv	a0, sp
	bltz	t1, .Lkernel_irq
	call	do_kernel_trap
	.globl	ret_from_kernel_trap
ret_from_kernel_trap:
	csrci	sstatus, SR_SIE
	ld	t0, PT_EPC(sp)
	csrw	sepc, t0
	ld	t0, PT_STATUS(sp)
	csrw	sstatus, t0
	load_kept_regs
	load_call_regs
	ld	a0, PT_A0(sp)
	ld	sp, PT_SP(sp)
	sret
.Lkernel_irq:
	lla	ra, ret_from_kernel_trap
	tail	do_irq

	/*
	 * The stack is used up, or sp is rubbish. What is left is to say so, on a
	 * stack kept for it. There is one for all harts: the machine goes down, so a
	 * second hart in the same trouble may wait. From here on kernel_sp points
	 * into that stack, so the check above holds for what the panic itself does.
	 */
kernel_overflow:
	sd	sp, TI_USER_SP(tp)
	lla	sp, overflow_stack_taken
1:	li	t0, 1
	amoswap.w.aq t0, t0, (sp)
	bnez	t0, 1b
	lla	sp, overflow_stack + OVERFLOW_STACK_SIZE - PT_SIZE
	sd	sp, TI_KERNEL_SP(tp)
	save_kernel_trap
	ld	t0, TI_USER_SP(tp)
	addi	t0, t0, PT_SIZE
	sd	t0, PT_SP(sp)
	mv	a0, sp
	call	kernel_stack_overflow

	.bss
	.balign	4
overflow_stack_taken:
	.space	4
	.balign	OVERFLOW_STACK_SIZE
overflow_stack:
	.space	OVERFLOW_STACK_SIZE
