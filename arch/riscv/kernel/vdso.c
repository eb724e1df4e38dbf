// SPDX-License-Identifier: GPL-2.0-only
/*
 * vdso.c - the page of kernel code that every program has mapped: [vdso].
 *
 *	vdso.so (arch/riscv/vdso) --.incbin--> vdso_image, in the kernel's constants
 *	   --copied once--> one frame --mapped r-x--> every program, at mm->vdso_base
 *	                       ^
 *	   the kernel writes struct vdso_data at its end, through the direct map
 *
 * In it are the signal trampoline (a handler's return address) and clock_gettime,
 * which needs no system call. AT_SYSINFO_EHDR tells the C library where it is.
 *
 * Linux: arch/riscv/kernel/vdso.c; there the data is a page of its own, [vvar].
 */
#include <linux-lite/abi/mman.h>
#include <linux-lite/abi/resource.h>
#include <linux-lite/err.h>
#include <linux-lite/exec.h>
#include <linux-lite/gfp.h>
#include <linux-lite/init.h>
#include <linux-lite/mman.h>
#include <linux-lite/kernel.h>
#include <linux-lite/string.h>
#include <linux-lite/time.h>
#include <asm/vdso.h>

static struct page *vdso_page;		/* constant after the first program's exec */

/* What the page's users see of real time; kept here until there is a page. */
static u64 real_offset;

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

static struct vdso_data *data_of(struct page *page)
{
	return (struct vdso_data *)((char *)page_address(page) + VDSO_DATA);
}

/**
 * arch_real_time_set - the time of day was set
 * @offset_ns: CLOCK_REALTIME less CLOCK_MONOTONIC
 *
 * Context: any.
 */
void arch_real_time_set(u64 offset_ns)
{
	real_offset = offset_ns;
	if (vdso_page)
		WRITE_ONCE(data_of(vdso_page)->real_offset, offset_ns);
}

/* The first exec is process 1's, before there is anybody to race with. */
static int make_page(void)
{
	extern const char vdso_image[], vdso_image_end[];
	size_t size = vdso_image_end - vdso_image;

	vdso_page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	if (!vdso_page)
		return -ENOMEM;
	/* The file's section table, behind the code, is of use to nobody. */
	memcpy(page_address(vdso_page), vdso_image, min(size, (size_t)VDSO_DATA));
	vdso_time_params(data_of(vdso_page));
	data_of(vdso_page)->real_offset = real_offset;
	return 0;
}

/**
 * arch_setup_additional_pages - map the vDSO into a new program
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
