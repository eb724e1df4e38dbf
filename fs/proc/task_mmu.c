// SPDX-License-Identifier: GPL-2.0-only
/*
 * task_mmu.c - a task's memory as text: maps, smaps_rollup, statm; and as bytes:
 * /proc/PID/mem.
 *
 *	start-end          perms offset   dev   inode                      what
 *	00010000-00066000  r-xp  00000000 00:01 17                         /bin/ll
 *
 * The mmap_lock is held for reading while the text is made, so it shows one
 * moment. The buffer may be too small: then all of it is made again.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/fault.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/uio.h>

/* What an area without a file is, or NULL. */
static const char *area_name(const struct vm_area_struct *vma)
{
	const struct mm_struct *mm = vma->vm_mm;

	if (vma->name)
		return vma->name;
	if (vma->vm_start <= mm->brk && vma->vm_end >= mm->start_brk)
		return "[heap]";
	if (vma->vm_start <= mm->start_stack && vma->vm_end >= mm->start_stack)
		return "[stack]";
	return NULL;
}

/* @path: PATH_MAX bytes to work in. */
static void show_area(struct seq_file *m, const struct vm_area_struct *vma, char *path)
{
	unsigned long f = vma->vm_flags, line = m->count, offset = 0, ino = 0;
	const char *name = NULL;
	dev_t dev = 0;

	if (vma->vm_file) {
		dev = vma->vm_file->f_inode->i_sb->s_dev;
		ino = vma->vm_file->f_inode->i_ino;
		offset = vma->vm_pgoff << PAGE_SHIFT;
		name = file_path(vma->vm_file, path, PATH_MAX);
	} else {
		name = area_name(vma);
		offset = vma->vm_ops && vma->vm_mapping ? vma->vm_pgoff << PAGE_SHIFT : 0;
	}
	seq_printf(m, "%08lx-%08lx %c%c%c%c %08lx %02x:%02x %lu ", vma->vm_start, vma->vm_end,
		   f & VM_READ ? 'r' : '-', f & VM_WRITE ? 'w' : '-', f & VM_EXEC ? 'x' : '-',
		   f & VM_MAYSHARE ? 's' : 'p', offset, MAJOR(dev), MINOR(dev), ino);
	if (!IS_ERR_OR_NULL(name)) {
		/* Linux pads to 25 + 6 * sizeof(long) - 1, and then puts a blank. */
		seq_pad(m, line, 25 + 6 * sizeof(long) - 1);
		seq_putc(m, ' ');
		seq_puts(m, name);
	}
	seq_putc(m, '\n');
}

/** proc_pid_maps - /proc/PID/maps. Context: may sleep. Return: 0, -EACCES, -ENOMEM. */
int proc_pid_maps(struct seq_file *m, struct task_struct *p)
{
	struct vm_area_struct *vma;
	struct mm_struct *mm;
	char *path;

	if (!proc_may_access(p))
		return -EACCES;
	mm = get_task_mm(p);
	if (!mm)
		return 0;
	path = kmalloc(PATH_MAX, GFP_KERNEL);
	if (path) {
		mmap_read_lock(mm);
		for_each_vma(mm, vma)
			show_area(m, vma, path);
		mmap_read_unlock(mm);
	}
	mmput(mm);
	kfree(path);
	return path ? 0 : -ENOMEM;
}

static unsigned long kb(unsigned long pages)
{
	return pages << (PAGE_SHIFT - 10);
}

/**
 * proc_pid_smaps_rollup - /proc/PID/smaps_rollup. Context: may sleep. Return: 0, -EACCES,
 * -ESRCH.
 */
int proc_pid_smaps_rollup(struct seq_file *m, struct task_struct *p)
{
	unsigned long first = 0, last = 0, rss, anon, locked;
	struct vm_area_struct *vma;
	struct mm_struct *mm;

	if (!proc_may_access(p))
		return -EACCES;
	mm = get_task_mm(p);
	if (!mm)
		return -ESRCH;
	mmap_read_lock(mm);
	for_each_vma(mm, vma) {
		first = first ? first : vma->vm_start;
		last = vma->vm_end;
	}
	mmap_read_unlock(mm);
	rss = get_mm_rss(mm);
	anon = atomic_long_read(&mm->rss[MM_ANONPAGES]);
	locked = mm->locked_vm;
	mmput(mm);
	seq_printf(m, "%08lx-%08lx ---p 00000000 00:00 0", first, last);
	seq_pad(m, 0, 25 + 6 * sizeof(long) - 1);
	seq_puts(m, " [rollup]\n");
	seq_printf(m, "Rss:            %8lu kB\n", kb(rss));
	seq_printf(m, "Anonymous:      %8lu kB\n", kb(anon));
	seq_printf(m, "Swap:           %8lu kB\n", 0UL);
	seq_printf(m, "Locked:         %8lu kB\n", kb(locked));
	return 0;
}

/** proc_pid_statm - /proc/PID/statm. Context: may sleep. Return: 0. */
int proc_pid_statm(struct seq_file *m, struct task_struct *p)
{
	struct mm_struct *mm = get_task_mm(p);
	unsigned long shared, text;

	if (!mm) {
		seq_puts(m, "0 0 0 0 0 0 0\n");
		return 0;
	}
	shared = atomic_long_read(&mm->rss[MM_FILEPAGES]) +
		 atomic_long_read(&mm->rss[MM_SHMEMPAGES]);
	text = (ALIGN(mm->end_code, PAGE_SIZE) - (mm->start_code & PAGE_MASK)) >> PAGE_SHIFT;
	seq_printf(m, "%lu %lu %lu %lu 0 %lu 0\n", mm->total_vm, get_mm_rss(mm), shared, text,
		   mm->data_vm + mm->stack_vm);
	mmput(mm);
	return 0;
}

/*
 * The memory is the one at the time of open(), and so are the rights: whoever writes later may
 * be a set-id program that took the descriptor for its standard error.
 */
static int mem_open(struct inode *inode, struct file *file)
{
	struct task_struct *p = proc_task(proc_node(inode));
	struct mm_struct *mm = NULL;
	bool may;

	if (!p)
		return -ESRCH;
	may = proc_may_access(p);
	if (may)
		mm = get_task_mm(p);
	put_task_struct(p);
	if (!may)
		return -EACCES;
	if (mm) {
		mmgrab(mm);		/* the struct, not what is mapped */
		mmput(mm);
	}
	file->private_data = mm;
	return 0;
}

static void mem_release(struct file *file)
{
	if (file->private_data)
		mmdrop(file->private_data);
}

/* Read or write another task's memory at *pos. */
static ssize_t mem_rw(struct file *file, struct iov_iter *iter, loff_t *pos, bool write)
{
	struct mm_struct *mm = file->private_data;
	ssize_t done = 0, n, got;
	char *buf;

	if (!mm || !mmget_not_zero(mm))
		return 0;
	buf = __get_free_page(GFP_KERNEL);
	while (buf && iov_iter_count(iter)) {
		n = min(iov_iter_count(iter), PAGE_SIZE);
		if (write)
			n = copy_from_iter(buf, n, iter);
		got = n ? access_remote_vm(mm, *pos, buf, n, write) : 0;
		if (!write && got > 0)
			got = copy_to_iter(buf, got, iter);
		*pos = (loff_t)((unsigned long)*pos + got);
		done += got;
		if (!got || got < n) {
			done = done ? done : -EIO;
			break;
		}
	}
	mmput(mm);
	free_page(buf);
	return buf ? done : -ENOMEM;
}

static ssize_t mem_read_iter(struct file *file, struct iov_iter *to, loff_t *pos)
{
	return mem_rw(file, to, pos, false);
}

static ssize_t mem_write_iter(struct file *file, struct iov_iter *from, loff_t *pos)
{
	return mem_rw(file, from, pos, true);
}

/* An address is a position, also one that is negative as a number. */
static loff_t mem_llseek(struct file *file, loff_t offset, int whence)
{
	if (whence == SEEK_CUR)
		offset = (loff_t)((unsigned long)offset + (unsigned long)file->f_pos);
	else if (whence != SEEK_SET)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}

const struct file_operations proc_mem_fops = {
	.open = mem_open,
	.release = mem_release,
	.read_iter = mem_read_iter,
	.write_iter = mem_write_iter,
	.llseek = mem_llseek,
};
