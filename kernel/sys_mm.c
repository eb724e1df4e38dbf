// SPDX-License-Identifier: GPL-2.0-only
/*
 * sys_mm.c - the memory system calls: arguments in, mm/ called, errno out.
 *
 * Here the limits of the process and its files come together with the memory
 * manager, which knows neither; the work is done in mm/space (what an address
 * space is told) and mm/fault (pages brought in ahead of time).
 *
 * Linux: the SYSCALL_DEFINEs of mm/mmap.c, mprotect.c, mremap.c, madvise.c,
 * mlock.c, mincore.c, msync.c.
 */
#include <linux-lite/err.h>
#include <linux-lite/fault.h>
#include <linux-lite/file.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mm_limits.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/task_files.h>
#include <asm/uaccess.h>

static unsigned long memlock_limit(void)
{
	return current_mm_limits().memlock;
}

/* What has become longer is to be in memory, if the rest is locked there. */
static void populate_locked(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma;
	bool locked;

	mmap_read_lock(mm);
	vma = vma_lookup(mm, start);
	locked = vma && vma->vm_flags & VM_LOCKED;
	mmap_read_unlock(mm);
	if (locked)
		(void)mm_populate(mm, start, end - start, true);
}

/* Bring in what was mapped locked, or with MAP_POPULATE. A failure does not show: as Linux. */
static void populate_new(struct mm_struct *mm, unsigned long addr, const struct mmap_request *req)
{
	bool wanted = (req->flags & (MAP_POPULATE | MAP_NONBLOCK)) == MAP_POPULATE ||
		      (req->flags & MAP_LOCKED) || READ_ONCE(mm->def_flags);

	if (wanted && (req->prot & (PROT_READ | PROT_WRITE)))
		(void)mm_populate(mm, addr, ALIGN(req->len_bytes, PAGE_SIZE), true);
}

SYSCALL_DEFINE6(mmap, unsigned long, addr, unsigned long, len, unsigned long, prot,
		unsigned long, flags, unsigned int, fd, unsigned long, offset)
{
	struct mm_limits limits = current_mm_limits();
	struct mmap_request req = {
		.addr = addr, .len_bytes = len, .prot = prot, .flags = flags,
		.pgoff = offset >> PAGE_SHIFT,
		.rlimit_as = limits.as, .rlimit_data = limits.data,
		.rlimit_memlock = limits.memlock,
	};
	struct file *file = NULL;
	unsigned long ret;
	int err = 0;

	if (offset & ~PAGE_MASK)
		return -EINVAL;
	if (flags & MAP_ANONYMOUS) {
		req.pgoff = 0;
	} else {
		file = fget(fd);
		if (!file)
			return -EBADF;
		if (!len)
			err = -EINVAL;
		else
			err = file_mmap_prepare(file, &req);
	}
	ret = err ? (unsigned long)err : do_mmap(current->mm, &req);
	if (file)
		fput(file);
	if (!IS_ERR_VALUE(ret))
		populate_new(current->mm, ret, &req);
	return ret;
}

SYSCALL_DEFINE2(munmap, unsigned long, addr, unsigned long, len)
{
	return do_munmap(current->mm, addr, len);
}

SYSCALL_DEFINE3(mprotect, unsigned long, addr, unsigned long, len, unsigned long, prot)
{
	return do_mprotect(current->mm, addr, len, prot);
}

SYSCALL_DEFINE5(mremap, unsigned long, addr, unsigned long, old_len, unsigned long, new_len,
		unsigned long, flags, unsigned long, new_addr)
{
	struct mm_limits limits = current_mm_limits();
	unsigned long at = do_mremap(current->mm, addr, old_len, new_len, flags, new_addr, &limits);

	old_len = ALIGN(old_len, PAGE_SIZE);
	new_len = ALIGN(new_len, PAGE_SIZE);
	if (!IS_ERR_VALUE(at) && new_len > old_len)
		populate_locked(current->mm, at + old_len, at + new_len);
	return at;
}

SYSCALL_DEFINE1(brk, unsigned long, brk)
{
	struct mm_limits limits = current_mm_limits();
	unsigned long from = ALIGN(READ_ONCE(current->mm->brk), PAGE_SIZE);
	unsigned long end = do_brk(current->mm, brk, &limits), upto = ALIGN(end, PAGE_SIZE);

	if (end == brk && upto > from)
		populate_locked(current->mm, from, upto);
	return end;
}

SYSCALL_DEFINE3(madvise, unsigned long, addr, unsigned long, len, int, advice)
{
	if (advice == MADV_POPULATE_READ || advice == MADV_POPULATE_WRITE) {
		if ((addr & ~PAGE_MASK) || addr + ALIGN(len, PAGE_SIZE) < addr ||
		    ALIGN(len, PAGE_SIZE) < len)
			return -EINVAL;
		return madvise_populate(current->mm, addr, ALIGN(len, PAGE_SIZE),
					advice == MADV_POPULATE_WRITE);
	}
	return do_madvise(current->mm, addr, len, advice);
}

SYSCALL_DEFINE3(msync, unsigned long, addr, unsigned long, len, int, flags)
{
	return do_msync(current->mm, addr, len, flags);
}

/* The answer is gathered in a page, and copied out with no lock held. */
SYSCALL_DEFINE3(mincore, unsigned long, addr, unsigned long, len, unsigned char __user *, vec)
{
	unsigned long left = DIV_ROUND_UP(len, PAGE_SIZE);
	unsigned char *buf;
	int err = 0;

	if (addr & ~PAGE_MASK)
		return -EINVAL;
	if (!access_ok((void __user *)addr, len))
		return -ENOMEM;
	if (!access_ok(vec, left))
		return -EFAULT;
	buf = (unsigned char *)__get_free_page(GFP_USER);
	if (!buf)
		return -EAGAIN;
	while (left && !err) {
		unsigned long n = min(left, PAGE_SIZE);

		err = do_mincore(current->mm, addr, n, buf);
		if (!err && copy_to_user(vec, buf, n))
			err = -EFAULT;
		left -= n;
		vec += n;
		addr += n << PAGE_SHIFT;
	}
	free_page(buf);
	return err;
}

static long lock_memory(unsigned long addr, unsigned long len, bool now)
{
	unsigned long start = addr & PAGE_MASK;
	unsigned long size = ALIGN(len + (addr & ~PAGE_MASK), PAGE_SIZE);
	int err;

	if (!memlock_limit())
		return -EPERM;
	err = do_mlock(current->mm, addr, len, true, memlock_limit());
	if (err || !now)
		return err;
	err = mm_populate(current->mm, start, size, true);
	/* As POSIX wants it: a hole is ENOMEM, and no memory for it is EAGAIN. */
	return err == -EFAULT ? -ENOMEM : err == -ENOMEM ? -EAGAIN : err;
}

SYSCALL_DEFINE2(mlock, unsigned long, addr, unsigned long, len)
{
	return lock_memory(addr, len, true);
}

#define MLOCK_ONFAULT	1

SYSCALL_DEFINE3(mlock2, unsigned long, addr, unsigned long, len, int, flags)
{
	if (flags & ~MLOCK_ONFAULT)
		return -EINVAL;
	return lock_memory(addr, len, !(flags & MLOCK_ONFAULT));
}

SYSCALL_DEFINE2(munlock, unsigned long, addr, unsigned long, len)
{
	return do_mlock(current->mm, addr, len, false, RLIM_INFINITY);
}

SYSCALL_DEFINE1(mlockall, int, flags)
{
	struct mm_struct *mm = current->mm;
	unsigned long addr = 0;
	int err;

	/* As Linux: a flag that does not exist first, then who may not lock anything. */
	if (flags & (MCL_CURRENT | MCL_FUTURE) && !memlock_limit())
		err = flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) ? -EINVAL : -EPERM;
	else
		err = do_mlockall(mm, flags, memlock_limit());

	/* Area by area: the lock is dropped between, and areas may come and go. */
	while (!err && (flags & MCL_CURRENT) && !(flags & MCL_ONFAULT)) {
		struct vm_area_struct *vma;
		unsigned long start = 0, end = 0;

		mmap_read_lock(mm);
		vma = find_vma(mm, addr);
		if (vma) {
			start = vma->vm_start;
			end = vma->vm_end;
		}
		mmap_read_unlock(mm);
		if (!end)
			break;
		(void)mm_populate(mm, start, end - start, true);
		addr = end;
	}
	return err;
}

SYSCALL_DEFINE0(munlockall)
{
	return do_munlockall(current->mm);
}
