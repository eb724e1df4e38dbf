// SPDX-License-Identifier: GPL-2.0-only
/*
 * fault.c - from a trapped address to the area it is in.
 *
 *	entry.S -> trap.c -> do_page_fault      the user's program, or a user copy
 *	    mmap_lock for reading                of the kernel's (SUM was set)
 *	    find_vma             no area there   -> SEGV_MAPERR
 *	      below a stack?     expand_stack, with mmap_lock for writing
 *	    handle_mm_fault      mm/fault/fault.c: are there the rights? then mend it
 *	      DONE               back to the instruction, which runs again
 *	      SIGSEGV            -> SEGV_ACCERR  the area does not allow it
 *	      SIGBUS             -> BUS_ADRERR   beyond the object's end, or it is lost
 *	      OOM                again, when the OOM killer has made room
 *
 * A signal if the trap was in user mode; else kernel_fault(): the user copy's way
 * out, or an oops.
 *
 * Both ports compile this file: the software MMU of arch/host fills in a pt_regs
 * and comes here, too. So only headers that both have.
 *
 * Small cousin of Linux's arch/riscv/mm/fault.c.
 */
#include <linux-lite/abi/signal.h>
#include <linux-lite/fault.h>
#include <linux-lite/mm_limits.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/oom.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <asm/csr.h>
#include <asm/ptrace.h>
#include <asm/traps.h>

/* The area of @addr, with mmap_lock held for reading; a stack grown if need be; or NULL. */
static struct vm_area_struct *lock_area(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;
	struct mm_limits limits;
	int err;

	mmap_read_lock(mm);
	vma = find_vma(mm, addr);
	if (likely(vma && vma->vm_start <= addr))
		return vma;
	if (!vma || !(vma->vm_flags & VM_GROWSDOWN))
		return NULL;

	/* Growing changes the area: that takes the lock for writing, so look again. */
	mmap_read_unlock(mm);
	limits = current_mm_limits();
	mmap_write_lock(mm);
	vma = find_vma(mm, addr);
	err = -EFAULT;
	if (vma && vma->vm_start <= addr)
		err = 0;
	else if (vma && (vma->vm_flags & VM_GROWSDOWN))
		err = expand_stack(vma, addr, &limits);
	downgrade_write(&mm->mmap_lock);
	return err ? NULL : vma;
}

static unsigned int fault_flags(const struct pt_regs *regs)
{
	unsigned int flags = user_mode(regs) ? FAULT_FLAG_USER : 0;

	if (regs->cause == EXC_STORE_PAGE_FAULT)
		flags |= FAULT_FLAG_WRITE;
	if (regs->cause == EXC_INST_PAGE_FAULT)
		flags |= FAULT_FLAG_INSTRUCTION;
	return flags;
}

/* It cannot be mended. mmap_lock is not held. */
static void bad_area(struct pt_regs *regs, int sig, int code)
{
	if (user_mode(regs))
		do_trap(regs, sig, code, regs->badaddr);
	else
		kernel_fault(regs);
}

/* Nothing: then the access is made again. A user copy of a task that dies ends short. */
static void out_of_memory_fault(struct pt_regs *regs)
{
	if (pagefault_out_of_memory())
		return;
	if (user_mode(regs))
		force_sig(SIGKILL);
	else
		kernel_fault(regs);
}

static void fault_failed(struct pt_regs *regs, enum fault_result result)
{
	if (result == FAULT_OOM)
		out_of_memory_fault(regs);
	else if (result == FAULT_SIGBUS)
		bad_area(regs, SIGBUS, BUS_ADRERR);
	else
		bad_area(regs, SIGSEGV, SEGV_ACCERR);
}

/**
 * do_page_fault - mend a page fault on a user address, or say why not
 * @regs: the trapped context: cause, badaddr; from user mode, or from a user copy
 *
 * Context: may sleep; interrupts on, no lock held that a user copy must not hold.
 */
void do_page_fault(struct pt_regs *regs)
{
	struct mm_struct *mm = current->mm;
	unsigned long addr = regs->badaddr;
	struct vm_area_struct *vma;
	enum fault_result result;

	if (unlikely(!mm || addr >= mm->task_size)) {
		bad_area(regs, SIGSEGV, SEGV_MAPERR);
		return;
	}
	vma = lock_area(mm, addr);
	if (unlikely(!vma)) {
		mmap_read_unlock(mm);
		bad_area(regs, SIGSEGV, SEGV_MAPERR);
		return;
	}
	result = handle_mm_fault(vma, addr, fault_flags(regs));
	mmap_read_unlock(mm);
	if (unlikely(result > FAULT_MAJOR))
		fault_failed(regs, result);	/* and is not counted: as Linux */
	else if (result == FAULT_MAJOR)
		current->maj_flt++;
	else
		current->min_flt++;
}
