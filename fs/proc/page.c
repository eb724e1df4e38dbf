// SPDX-License-Identifier: GPL-2.0-only
/*
 * page.c - /proc/kpagecount and /proc/kpageflags: a u64 for each frame, at 8 times its number.
 *
 * Numbers below RAM are there, too, so that a frame's number is its place in the file: on a
 * machine whose RAM begins at 2 GiB the first half million say "no page".
 *
 * Small cousin of Linux's fs/proc/page.c; left out: kpagecgroup.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/kpage.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/readdir.h>
#include <linux-lite/uio.h>

#define ENTRY	sizeof(u64)
#define CHUNK	64		/* entries between two copies to the program */

static ssize_t read_entries(struct iov_iter *to, loff_t *pos, enum kpage_what what)
{
	unsigned long pfn = *pos / ENTRY, left;
	u64 chunk[CHUNK];
	ssize_t done = 0;

	if (*pos % ENTRY || iov_iter_count(to) % ENTRY)
		return -EINVAL;
	if (pfn >= max_pfn)
		return 0;
	left = min(iov_iter_count(to) / ENTRY, max_pfn - pfn);
	while (left) {
		size_t nr = min(left, (unsigned long)CHUNK), copied;

		kpage_read(what, pfn, nr, chunk);
		copied = copy_to_iter(chunk, nr * ENTRY, to);
		done += copied;
		*pos += copied;
		if (copied < nr * ENTRY)
			return done ? done : -EFAULT;
		pfn += nr;
		left -= nr;
		cond_resched();
	}
	return done;
}

static ssize_t kpagecount_read(struct file *file, struct iov_iter *to, loff_t *pos)
{
	return read_entries(to, pos, KPAGE_COUNT);
}

static ssize_t kpageflags_read(struct file *file, struct iov_iter *to, loff_t *pos)
{
	return read_entries(to, pos, KPAGE_FLAGS);
}

const struct file_operations proc_kpagecount_fops = {
	.read_iter = kpagecount_read,
	.llseek = dcache_dir_llseek,
};

const struct file_operations proc_kpageflags_fops = {
	.read_iter = kpageflags_read,
	.llseek = dcache_dir_llseek,
};
