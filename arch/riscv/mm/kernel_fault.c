// SPDX-License-Identifier: GPL-2.0-only
/*
 * kernel_fault.c - page faults in kernel mode that no user area explains.
 *
 *	a kernel address that IS mapped    this hart had read the entry before it was
 *	                                   filled in: forget that, and try again
 *	a user copy                        on at its fixup: the caller sees -EFAULT
 *	anything else                      an oops
 */
#include <linux-lite/kernel.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/vmalloc.h>
#include <linux-lite/vsprintf.h>
#include <asm/csr.h>
#include <asm/extable.h>
#include <asm/tlbflush.h>
#include <asm/traps.h>

bool fault_may_sleep(const struct pt_regs *regs)
{
	return (regs->status & SR_SUM) && (regs->status & SR_SPIE);
}

static bool entry_allows(pte_t entry, unsigned long cause)
{
	if (!pte_leaf(entry))
		return false;
	if (cause == EXC_STORE_PAGE_FAULT)
		return pte_write(entry);
	if (cause == EXC_INST_PAGE_FAULT)
		return pte_exec(entry);
	return entry.val & _PAGE_READ;
}

/*
 * A hart may remember that an entry was invalid, so a page that another hart has
 * just mapped (vmalloc, a new kernel stack) can fault here once. Mappings are made
 * without telling every hart, because this is cheaper.
 */
static bool was_stale(const struct pt_regs *regs)
{
	if (regs->badaddr < VMEMMAP_START)
		return false;
	if (!entry_allows(ptep_get(pt_walk(swapper_pg_dir, regs->badaddr).ptep), regs->cause))
		return false;
	local_flush_tlb_all();
	return true;
}

static const char *access_name(unsigned long cause)
{
	if (cause == EXC_STORE_PAGE_FAULT)
		return "write";
	return cause == EXC_INST_PAGE_FAULT ? "execute" : "read";
}

/* What is mapped at a user address, for a mistake that has to do with one. */
static void show_mapping(unsigned long addr)
{
	struct mm_struct *mm = current->mm;
	struct pt_cursor at;

	if (!mm || addr >= TASK_SIZE)
		return;
	at = pt_walk(mm->pgd, addr);
	pr_emerg("user mapping of %#lx: level %lu entry %016lx\n", addr, at.level, at.ptep->val);
}

/**
 * kernel_fault - a page fault in kernel mode, to be mended or reported
 * @regs: the trapped context
 *
 * Context: any.
 */
void kernel_fault(struct pt_regs *regs)
{
	unsigned long addr = regs->badaddr;
	char what[160];

	if (was_stale(regs) || fixup_exception(regs))
		return;
	show_mapping(addr);
	if (addr < PAGE_SIZE)
		snprintf(what, sizeof(what),
			 "Unable to handle kernel NULL pointer dereference at virtual address %016lx",
			 addr);
	else if (addr < TASK_SIZE)
		snprintf(what, sizeof(what),
			 "Unable to handle kernel access to user memory without uaccess "
			 "routines at virtual address %016lx", addr);
	else
		snprintf(what, sizeof(what),
			 "Unable to handle kernel paging request (%s) at virtual address %016lx",
			 access_name(regs->cause), addr);
	die(regs, what);
}
