// SPDX-License-Identifier: GPL-2.0-only
/*
 * vdso.c - the page of kernel code that every program has: the signal trampoline.
 *
 * A signal handler returns to the address in ra, where these two instructions are:
 *
 *	li	a7, 139		rt_sigreturn
 *	ecall
 *
 * in their 4-byte forms, because unwinders (libgcc's, gdb's) know a signal frame
 * by just these 8 bytes. The page is one frame, mapped read and execute in each
 * address space at mm->vdso_base.
 *
 * Linux has a complete ELF object here, which also tells the time without a
 * system call, and gives its address in AT_SYSINFO_EHDR; we have neither.
 */
#include <linux-lite/abi/mman.h>
#include <linux-lite/abi/resource.h>
#include <linux-lite/err.h>
#include <linux-lite/exec.h>
#include <linux-lite/gfp.h>
#include <linux-lite/init.h>
#include <linux-lite/mman.h>
#include <linux-lite/printk.h>
#include <asm/page.h>

static struct page *vdso_page;		/* constant after the first program's exec */

static const u32 trampoline[] = {
	0x08b00893,			/* addi a7, zero, 139 */
	0x00000073,			/* ecall */
};

static int vdso_fault(struct vm_area_struct *vma, pgoff_t pgoff, struct page **pagep)
{
	if (pgoff != 0)
		return -EINVAL;
	get_page(vdso_page);
	*pagep = vdso_page;
	return 0;
}

static const struct vm_operations_struct vdso_vm_ops = {
	.fault = vdso_fault,
};

/* The first exec is process 1's, before there is anybody to race with. */
static int make_page(void)
{
	u32 *code;

	vdso_page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	if (!vdso_page)
		return -ENOMEM;
	code = page_address(vdso_page);
	for (size_t i = 0; i < ARRAY_SIZE(trampoline); i++)
		code[i] = trampoline[i];
	flush_icache_mm();
	return 0;
}

/**
 * arch_setup_additional_pages - map the trampoline into a new program
 * @mm: its address space
 *
 * Context: exec; takes mmap_lock.
 * Return: 0 or -ENOMEM.
 */
int arch_setup_additional_pages(struct mm_struct *mm)
{
	struct mmap_request req = {
		.len_bytes = PAGE_SIZE,
		.prot = PROT_READ | PROT_EXEC,
		.flags = MAP_PRIVATE,
		.vm_ops = &vdso_vm_ops,
		.may_flags = VM_MAYREAD | VM_MAYEXEC,
		.rlimit_as = RLIM_INFINITY,
		.rlimit_data = RLIM_INFINITY,
		.rlimit_memlock = RLIM_INFINITY,
	};
	struct vm_area_struct *vma;
	unsigned long addr;

	if (!vdso_page && make_page())
		return -ENOMEM;
	addr = do_mmap(mm, &req);
	if (IS_ERR_VALUE(addr))
		return (long)addr;
	mmap_write_lock(mm);
	vma = vma_lookup(mm, addr);
	if (vma)
		vma->name = "[vdso]";
	mmap_write_unlock(mm);
	mm->vdso_base = addr;
	return 0;
}
