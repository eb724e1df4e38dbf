// SPDX-License-Identifier: GPL-2.0-only
/*
 * binfmt_elf.c - loading ELF programs: from program headers to areas.
 *
 *	file                  address space
 *	+-------------+
 *	| R   LOAD    | ----> private mapping, read only      } pages of the page cache,
 *	| R X LOAD    | ----> private mapping, executable     } shared with everybody
 *	| RW  LOAD    | ----> private mapping, copied on write
 *	+-------------+       zeroes to the end of the page   (bss, first part)
 *	                      anonymous                       (bss, the rest)
 *	                      brk
 *
 * Nothing is read: the mappings are made and the first touch of each page finds
 * it in the page cache. So loading costs the same whatever the program's size.
 *
 * kind             where
 * ET_EXEC          where its headers say
 * ET_DYN + interp  2/3 of the address space, plus ASLR; the interpreter (ld.so)
 *                  goes to the mmap area and gets control
 * ET_DYN alone     (static PIE, or ld.so run by hand) the mmap area
 *
 * The order of checks is Linux's, since it decides which errno a broken file
 * gets, and what is only found behind the point of no return.
 *
 * Small cousin of Linux's fs/binfmt_elf.c; left out: core dumps, FDPIC, notes
 * and properties, executable stacks for old programs (PT_GNU_STACK is obeyed).
 */
#include <linux-lite/elf_load.h>
#include <linux-lite/exec_stack.h>
#include <linux-lite/mman.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/vmalloc.h>
#include <asm/uaccess.h>

#define ELF_MIN_ALIGN	PAGE_SIZE
#define elf_page(x)	((x) & PAGE_MASK)
#define elf_page_up(x)	(((x) + PAGE_SIZE - 1) & PAGE_MASK)
#define elf_offset(x)	((x) & ~PAGE_MASK)
#define BAD_ADDR(x)	((unsigned long)(x) >= TASK_SIZE)
#define ELF_ET_DYN_BASE	elf_page(DEFAULT_MAP_WINDOW / 3 * 2)

/* A file's headers are ones that we can load. */
static bool elf_check(const struct elf64_hdr *eh)
{
	return !memcmp(eh->e_ident, ELFMAG, SELFMAG) &&
	       (eh->e_type == ET_EXEC || eh->e_type == ET_DYN) &&
	       eh->e_machine == EM_RISCV && eh->e_ident[EI_CLASS] == ELFCLASS64;
}

/* The program headers, to be kvfree'd; NULL: they make no sense, or can't be read. */
static struct elf64_phdr *load_phdrs(const struct elf64_hdr *eh, struct file *file)
{
	size_t size = (size_t)eh->e_phentsize * eh->e_phnum;
	struct elf64_phdr *ph;

	if (eh->e_phentsize != sizeof(*ph) || !size || size > 65536 || (loff_t)eh->e_phoff < 0)
		return NULL;
	ph = kvmalloc(size, GFP_KERNEL);
	if (ph && kernel_read(file, ph, size, eh->e_phoff) != (ssize_t)size) {
		kvfree(ph);
		ph = NULL;
	}
	return ph;
}

static unsigned long make_prot(unsigned int p_flags)
{
	return (p_flags & PF_R ? PROT_READ : 0) | (p_flags & PF_W ? PROT_WRITE : 0) |
	       (p_flags & PF_X ? PROT_EXEC : 0);
}

static void fill_limits(struct mmap_request *req)
{
	struct rlimit *rlim = current->signal->rlim;

	req->rlimit_as = rlim[RLIMIT_AS].rlim_cur;
	req->rlimit_data = rlim[RLIMIT_DATA].rlim_cur;
	req->rlimit_memlock = rlim[RLIMIT_MEMLOCK].rlim_cur;
}

/* Map [addr, addr + len) of no file. 0 or -errno. */
static int map_anonymous(unsigned long addr, unsigned long len, unsigned long prot)
{
	struct mmap_request req = {
		.addr = addr, .len_bytes = len, .prot = prot,
		.flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
	};
	unsigned long got;

	fill_limits(&req);
	got = do_mmap(current->mm, &req);
	return IS_ERR_VALUE(got) ? (int)got : 0;
}

/*
 * The part of a segment that is in the file. @total_size: of all segments, for
 * the first of a file whose place is not fixed: the room for the others is kept
 * by mapping all of it and giving back what is too much.
 */
static unsigned long map_file_part(struct file *file, unsigned long addr,
				   const struct elf64_phdr *ph, unsigned long flags,
				   unsigned long total_size)
{
	unsigned long len = elf_page_up(ph->p_filesz + elf_offset(ph->p_vaddr));
	unsigned long offset = ph->p_offset - elf_offset(ph->p_vaddr), got;
	struct mmap_request req = {
		.addr = elf_page(addr), .len_bytes = len, .prot = make_prot(ph->p_flags),
		.flags = MAP_PRIVATE | flags, .pgoff = offset >> PAGE_SHIFT,
	};
	int err;

	if (elf_offset(offset))
		return -EINVAL;
	fill_limits(&req);
	err = file_mmap_prepare(file, &req);
	if (err)
		return err;
	if (total_size > len)
		req.len_bytes = elf_page_up(total_size);
	got = do_mmap(current->mm, &req);
	if (!IS_ERR_VALUE(got) && total_size > len)
		do_munmap(current->mm, got + len, req.len_bytes - len);
	return got;
}

/* One PT_LOAD at @addr: file part, zeroes to the page's end, anonymous rest. Address or -errno. */
static unsigned long map_segment(struct file *file, unsigned long addr,
				 const struct elf64_phdr *ph, unsigned long flags,
				 unsigned long total_size)
{
	unsigned long got = elf_page(addr), zero, end;
	int err;

	if (ph->p_filesz) {
		got = map_file_part(file, addr, ph, flags, total_size);
		if (IS_ERR_VALUE(got))
			return got;
	}
	zero = got + elf_offset(ph->p_vaddr) + ph->p_filesz;
	end = got + elf_offset(ph->p_vaddr) + ph->p_memsz;
	if (ph->p_memsz > ph->p_filesz) {
		/* A read-only segment with a bss: nothing to be done about its last page. */
		if (ph->p_filesz && elf_offset(zero) && ph->p_flags & PF_W &&
		    clear_user((void __user *)zero, elf_page_up(zero) - zero))
			return -EFAULT;
		zero = ph->p_filesz ? elf_page_up(zero) : got;
		if (elf_page_up(end) > zero) {
			err = map_anonymous(zero, elf_page_up(end) - zero, make_prot(ph->p_flags));
			if (err)
				return err;
		}
	}
	return got;
}

/* From the first PT_LOAD to the end of the last; 0: there is none. */
static unsigned long total_mapping_size(const struct elf64_phdr *ph, unsigned int n)
{
	unsigned long min_addr = ~0UL, max_addr = 0;

	for (unsigned int i = 0; i < n; i++) {
		if (ph[i].p_type != PT_LOAD)
			continue;
		min_addr = min(min_addr, elf_page(ph[i].p_vaddr));
		max_addr = max(max_addr, ph[i].p_vaddr + ph[i].p_memsz);
	}
	return max_addr > min_addr ? max_addr - min_addr : 0;
}

/* The largest alignment a PT_LOAD asks for. */
static unsigned long maximum_alignment(const struct elf64_phdr *ph, unsigned int n)
{
	unsigned long align = ELF_MIN_ALIGN;

	for (unsigned int i = 0; i < n; i++)
		if (ph[i].p_type == PT_LOAD && ph[i].p_align > align &&
		    !(ph[i].p_align & (ph[i].p_align - 1)))
			align = ph[i].p_align;
	return align;
}

/* Where the image begins, if it may be anywhere; and how it is to be asked for. */
static unsigned long choose_bias(struct elf_image *img, bool has_interp, unsigned long *flags)
{
	unsigned long align, bias;

	if (!has_interp)
		return 0;
	align = maximum_alignment(img->ph, img->eh.e_phnum);
	bias = (ELF_ET_DYN_BASE + aslr_mmap_offset()) & ~(align - 1);
	*flags = MAP_FIXED_NOREPLACE;
	return bias - elf_page(img->first_vaddr);
}

static bool segment_sane(const struct elf64_phdr *ph, unsigned long addr)
{
	return !BAD_ADDR(addr) && ph->p_filesz <= ph->p_memsz && ph->p_memsz <= TASK_SIZE &&
	       TASK_SIZE - ph->p_memsz >= addr;
}

/* Widen what mm knows of the program's code and data. */
static void note_segment(struct elf_image *img, const struct elf64_phdr *ph)
{
	unsigned long start = ph->p_vaddr + img->bias;
	unsigned long file_end = start + ph->p_filesz, mem_end = start + ph->p_memsz;

	if (ph->p_flags & PF_X)
		img->start_code = min(img->start_code, start);
	img->start_data = max(img->start_data, start);
	if (ph->p_flags & PF_X)
		img->end_code = max(img->end_code, file_end);
	img->end_data = max(img->end_data, file_end);
	img->brk = max(img->brk, mem_end);
	if (img->eh.e_phoff >= ph->p_offset && img->eh.e_phoff < ph->p_offset + ph->p_filesz)
		img->phdr_addr = img->eh.e_phoff - ph->p_offset + start;
}

/*
 * Map all segments of a program or its interpreter into current's new mm, and fill in @img's bias
 * and what is behind it. @has_interp: a PIE that will not run by itself. 0, or -errno.
 */
static int elf_map_image(struct elf_image *img, bool has_interp)
{
	bool first = true;

	img->start_code = ~0UL;
	for (unsigned int i = 0; i < img->eh.e_phnum; i++) {
		const struct elf64_phdr *ph = &img->ph[i];
		unsigned long flags = MAP_FIXED, total = 0, addr, got;

		if (ph->p_type != PT_LOAD)
			continue;
		if (first && img->eh.e_type == ET_DYN) {
			flags = 0;
			total = total_mapping_size(img->ph, img->eh.e_phnum);
			if (!total)
				return -EINVAL;
			img->first_vaddr = ph->p_vaddr;
			img->bias = choose_bias(img, has_interp, &flags);
		} else if (first) {
			flags = MAP_FIXED_NOREPLACE;
		}
		addr = img->bias + ph->p_vaddr;
		if (first && img->eh.e_type == ET_DYN && !flags)
			addr = 0;	/* wherever there is room */
		if (!segment_sane(ph, addr))
			return -EINVAL;
		if (ph->p_memsz) {
			got = map_segment(img->file, addr, ph, flags, total);
			if (IS_ERR_VALUE(got))
				return got;
			if (first && img->eh.e_type == ET_DYN)
				img->bias = got - elf_page(ph->p_vaddr);
			first = false;
		}
		note_segment(img, ph);
	}
	return 0;
}

/* The interpreter's path from PT_INTERP: a string to be kfree'd, NULL: none. */
static char *interp_name(struct elf_image *img)
{
	const struct elf64_phdr *ph = NULL;
	char *name;

	for (unsigned int i = 0; i < img->eh.e_phnum && !ph; i++)
		if (img->ph[i].p_type == PT_INTERP)
			ph = &img->ph[i];
	if (!ph)
		return NULL;
	if (ph->p_filesz > PATH_MAX || ph->p_filesz < 2 || (loff_t)ph->p_offset < 0)
		return ERR_PTR(-ENOEXEC);
	name = kmalloc(ph->p_filesz, GFP_KERNEL);
	if (!name)
		return ERR_PTR(-ENOMEM);
	if (kernel_read(img->file, name, ph->p_filesz, ph->p_offset) != (ssize_t)ph->p_filesz) {
		kfree(name);
		return ERR_PTR(-EIO);
	}
	if (name[ph->p_filesz - 1]) {
		kfree(name);
		return ERR_PTR(-ENOEXEC);
	}
	return name;
}

/* Open and check the interpreter. 0 (interp->file NULL: none is wanted) or -errno. */
static int open_interpreter(struct elf_image *prog, struct elf_image *interp)
{
	char *name = interp_name(prog);

	if (!name)
		return 0;
	if (IS_ERR(name))
		return PTR_ERR(name);
	interp->file = open_exec(AT_FDCWD, name, 0);
	kfree(name);
	if (IS_ERR(interp->file)) {
		int err = PTR_ERR(interp->file);

		interp->file = NULL;
		return err;
	}
	if (kernel_read(interp->file, &interp->eh, sizeof(interp->eh), 0) != sizeof(interp->eh))
		return -EIO;
	if (!elf_check(&interp->eh))
		return -ELIBBAD;
	interp->ph = load_phdrs(&interp->eh, interp->file);
	return interp->ph ? 0 : -ELIBBAD;
}

static unsigned long stack_flags(const struct elf_image *img)
{
	for (unsigned int i = 0; i < img->eh.e_phnum; i++)
		if (img->ph[i].p_type == PT_GNU_STACK)
			return img->ph[i].p_flags & PF_X ? PROT_EXEC : 0;
	return 0;
}

/* Everything is mapped: tell mm, and find where to start. The entry, or -errno. */
static unsigned long finish_mm(struct elf_image *prog, struct elf_image *interp)
{
	struct mm_struct *mm = current->mm;
	unsigned long entry = prog->eh.e_entry + prog->bias;

	if (interp->file)
		entry = interp->eh.e_entry + interp->bias;
	mm->start_code = prog->start_code;
	mm->end_code = prog->end_code;
	mm->start_data = prog->start_data;
	mm->end_data = prog->end_data;
	mm->brk = elf_page_up(prog->brk);
	/* A static PIE is in the mmap area, where a heap behind it could not grow. */
	if (prog->eh.e_type == ET_DYN && !interp->file)
		mm->brk = ELF_ET_DYN_BASE;
	mm->brk += aslr_brk_offset();
	mm->start_brk = mm->brk;
	return BAD_ADDR(entry) ? (unsigned long)-EINVAL : entry;
}

/* Behind the point of no return. */
static int elf_load(struct linux_binprm *bprm, struct elf_image *prog, struct elf_image *interp)
{
	unsigned long entry, exec_stack = stack_flags(prog), sp;
	int err = bprm_finish_stack(bprm, current->mm);

	if (!err && exec_stack)
		err = do_mprotect(current->mm, elf_page(bprm->p), elf_page_up(bprm->stack_top) -
				  elf_page(bprm->p),
				  PROT_READ | PROT_WRITE | PROT_EXEC | PROT_GROWSDOWN);
	if (!err)
		err = elf_map_image(prog, interp->file != NULL);
	if (!err && interp->file)
		err = elf_map_image(interp, false);
	if (err)
		return err;
	entry = finish_mm(prog, interp);
	if (IS_ERR_VALUE(entry))
		return entry;
	err = arch_setup_additional_pages(current->mm);
	if (!err)
		err = elf_create_tables(bprm, prog, interp->file ? interp->bias : 0, &sp);
	if (!err)
		start_thread(current_pt_regs(), entry, sp);
	return err;
}

/**
 * load_elf_binary - run an ELF program
 * @bprm: the file's first bytes are in buf, the strings on the new stack
 *
 * Context: may sleep.
 * Return: 0; -ENOEXEC, -ELIBBAD, -EIO, -ENOMEM and what opening the interpreter gives;
 * behind the point of no return any error kills.
 */
int load_elf_binary(struct linux_binprm *bprm)
{
	struct elf_image *img = kcalloc(2, sizeof(*img), GFP_KERNEL);
	struct elf_image *prog = img, *interp = img + 1;
	int err = -ENOEXEC;

	if (!img)
		return -ENOMEM;
	prog->file = bprm->file;
	memcpy(&prog->eh, bprm->buf, sizeof(prog->eh));
	if (!elf_check(&prog->eh) || !prog->file->f_op->mmap)
		goto out;
	prog->ph = load_phdrs(&prog->eh, prog->file);
	if (!prog->ph)
		goto out;
	err = open_interpreter(prog, interp);
	if (!err)
		err = begin_new_exec(bprm);
	if (!err)
		err = elf_load(bprm, prog, interp);
	if (interp->file)
		fput(interp->file);
	kvfree(interp->ph);
	kvfree(prog->ph);
out:
	kfree(img);
	return err;
}
