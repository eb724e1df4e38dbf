/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * head.S - the first instructions of each hart.
 *
 *	firmware (OpenSBI) ----> _start             boot hart, a0 = hart id, a1 = device tree
 *	sbi_hart_start() ------> secondary_start    the others, later, one by one
 *
 * We come with the MMU off at whatever physical address the loader chose (a
 * multiple of 2 MiB), while we are linked at KERNEL_LINK_ADDR. Until satp is
 * written, only PC-relative addresses are right: `lla` here, and setup_vm(),
 * which the compiler makes PC-relative for us (-mcmodel=medany).
 *
 * How the MMU is turned on, and its mode found, without mapping this code twice:
 *
 *	stvec = the VIRTUAL address of label 1
 *	satp  = Sv57, root of 5 levels  \  The hart has no such mode: nothing happens (satp is
 *	satp  = Sv48, root of 4 levels   > WARL), the next instruction runs. It has it: the next
 *	satp  = Sv39, root of 3 levels  /  fetch, at a physical address that is not mapped any
 *	nothing left: say so, stop         more, faults, and the trap lands at label 1.
 *
 * The linker script puts _start first in the image: QEMU enters an ELF file at
 * its lowest address, whatever e_entry says.
 */
#include <asm/csr.h>
#include <asm/ptrace.h>
#include <asm/thread_info.h>

#define THREAD_SIZE	(PAGE_SIZE << CONFIG_THREAD_SIZE_ORDER)

	/* No interrupts, no FPU, "in the kernel" for entry.S. */
	.macro	quiet_hart
	csrw	sie, zero
	csrci	sstatus, SR_SIE
	li	t0, SR_FS | SR_VS | SR_SUM
	csrc	sstatus, t0
	csrw	sscratch, zero
	.endm

	.section .head.text, "ax"
	.globl	_start
_start:
	quiet_hart
	mv	s0, a0
	mv	s1, a1
	/*
	 * The first one here boots. A second one was started by smp_init(), but sent
	 * here: OpenSBI 1.1 (QEMU 7.2) lets a hart go before it has noted where to.
	 */
	lla	t0, boot_hart_taken
	li	t1, 1
	amoswap.w t1, t1, (t0)
	bnez	t1, secondary_start

	lla	t0, __bss_start
	lla	t1, __bss_stop
	bgeu	t0, t1, 2f
1:	sd	zero, 0(t0)
	sd	zero, 8(t0)
	sd	zero, 16(t0)
	sd	zero, 24(t0)
	sd	zero, 32(t0)
	sd	zero, 40(t0)
	sd	zero, 48(t0)
	sd	zero, 56(t0)
	addi	t0, t0, 64
	bltu	t0, t1, 1b
2:
	/* C on the boot stack, at its physical address: page tables, kernel_pa_offset. */
	lla	sp, init_stack + THREAD_SIZE - PT_SIZE
	lla	tp, init_task
	mv	a0, s1
	call	setup_vm

	lla	t0, kernel_pa_offset
	ld	t0, 0(t0)
	lla	t1, 1f
	add	t1, t1, t0
	csrw	stvec, t1
	lla	t0, boot_satp
	ld	t1, 0(t0)
	ld	t2, 8(t0)
	ld	t3, 16(t0)
	sfence.vma
	beqz	t1, 3f
	csrw	satp, t1
3:	beqz	t2, 3f
	csrw	satp, t2
3:	beqz	t3, 3f
	csrw	satp, t3
3:	call	no_such_mode

	.balign	4
1:	/* Here addresses are virtual, so `lla` gives virtual ones from now on. */
	sfence.vma
	lla	t0, handle_exception
	csrw	stvec, t0
	lla	tp, init_task
	lla	sp, init_stack + THREAD_SIZE - PT_SIZE
	sd	sp, TI_KERNEL_SP(tp)
	lla	t0, boot_hartid
	sd	s0, 0(t0)
	mv	s0, zero		/* the chain of frame pointers ends here */
	mv	ra, zero
	tail	start_kernel

	/*
	 * The mode is known by now, and so is the final root; secondary_task is the
	 * virtual address of this hart's idle task.
	 */
	.text
	.balign	4
	.globl	secondary_start
secondary_start:
	quiet_hart
	lla	t0, kernel_pa_offset
	ld	t0, 0(t0)
	lla	t1, 1f
	add	t1, t1, t0
	csrw	stvec, t1
	lla	t0, secondary_task
	ld	a1, 0(t0)
	lla	t0, secondary_satp
	ld	t0, 0(t0)
	sfence.vma
	csrw	satp, t0
	j	.			/* never here: the fetch above has faulted */

	.balign	4
1:	sfence.vma
	lla	t0, handle_exception
	csrw	stvec, t0
	mv	tp, a1
	ld	sp, TI_KERNEL_SP(tp)
	mv	s0, zero
	mv	ra, zero
	tail	secondary_start_kernel

	.data				/* not .bss: that is cleared after it was set */
	.balign	4
boot_hart_taken:
	.word	0

	/*
	 * The boot hart's stack. First in .data, behind .rodata: what is below it
	 * is not writable, so an overflow faults as in any other stack.
	 */
	.section .data.init_stack, "aw"
	.globl	init_stack
	.balign	THREAD_SIZE
init_stack:
	.space	THREAD_SIZE
