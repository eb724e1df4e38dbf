// SPDX-License-Identifier: GPL-2.0-only
/*
 * pageowner.c - /proc/page_owner: a paragraph for each block of pages in use, and one a read.
 *
 * The position is the frame to go on with, counted from the first of RAM, and not a number of
 * bytes: the whole text would be some hundred bytes a page, and change while it is written.
 *
 * Small cousin of read_page_owner() in Linux's mm/page_owner.c.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/page_owner.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/readdir.h>
#include <linux-lite/slab.h>
#include <linux-lite/uio.h>

#define TEXT_MAX	PAGE_SIZE	/* 16 names of at most 128 bytes, and two lines */

static ssize_t page_owner_read(struct file *file, struct iov_iter *to, loff_t *pos)
{
	struct seq_file m = { .size_bytes = TEXT_MAX };
	unsigned long pfn = min_pfn + min((unsigned long)*pos, max_pfn - min_pfn);
	ssize_t ret = 0;

	if (!page_owner_on)
		return -EINVAL;
	m.buf = kmalloc(TEXT_MAX, GFP_KERNEL);
	if (!m.buf)
		return -ENOMEM;
	if (page_owner_show(&m, &pfn)) {
		if (seq_overflow(&m) || m.count > iov_iter_count(to))
			ret = -ENOMEM;		/* Linux's word for a buffer that is too small */
		else if (copy_to_iter(m.buf, m.count, to) < m.count)
			ret = -EFAULT;
		else
			ret = m.count;
	}
	if (ret >= 0)
		*pos = pfn - min_pfn;
	kfree(m.buf);
	return ret;
}

static const struct file_operations page_owner_fops = {
	.read_iter = page_owner_read,
	.llseek = dcache_dir_llseek,
};

const struct proc_entry proc_page_owner_entry =
	PROC_SPECIAL("page_owner", S_IFREG | 0400, NULL, &page_owner_fops);
