// SPDX-License-Identifier: GPL-2.0-only
/*
 * kmsg.c - /dev/kmsg: lines written to it go to the kernel log.
 *
 * "<6>text" has a level in front, as printk's own messages have. Reading
 * records is not supported (-EINVAL): dmesg falls back to syslog(2), which is.
 */
#include <linux-lite/devices.h>
#include <linux-lite/file.h>
#include <linux-lite/printk.h>
#include <linux-lite/string.h>
#include <linux-lite/uio.h>

#define LINE_MAX	976	/* Linux's PRINTKRB_RECORD_MAX and a little */

static ssize_t kmsg_write(struct file *file, struct iov_iter *from, loff_t *pos)
{
	size_t count = iov_iter_count(from), n;
	char level = '4', *text, line[256];

	if (count > LINE_MAX)
		return -EINVAL;
	n = copy_from_iter(line, sizeof(line) - 1, from);
	if (!n && count)
		return -EFAULT;
	line[n] = '\0';
	text = line;
	if (n > 3 && line[0] == '<' && line[1] >= '0' && line[1] <= '7' && line[2] == '>') {
		level = line[1];
		text += 3;
	}
	n = strlen(text);
	if (n && text[n - 1] == '\n')
		text[n - 1] = '\0';
	printk(KERN_SOH "%c%s\n", level, text);
	return count;
}

const struct file_operations kmsg_fops = {
	.write_iter = kmsg_write,
};
