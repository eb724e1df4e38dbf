// SPDX-License-Identifier: GPL-2.0-only
/*
 * sysctl.c - /proc/sys: knobs of the running kernel, one number or word a file.
 */
#include <linux-lite/compaction.h>
#include <linux-lite/exec.h>
#include <linux-lite/devices.h>
#include <linux-lite/kstrtox.h>
#include <linux-lite/mman.h>
#include <linux-lite/oom.h>
#include <linux-lite/overcommit.h>
#include <linux-lite/panic.h>
#include <linux-lite/pid.h>
#include <linux-lite/printk.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/random.h>
#include <linux-lite/reclaim.h>
#include <linux-lite/signal.h>
#include <linux-lite/string.h>
#include <linux-lite/task.h>
#include <linux-lite/utsname.h>
#include <linux-lite/vsprintf.h>

/* A file that is one line. */
#define SHOW(name, fmt, ...) \
	static int name##_show(struct seq_file *m) \
	{ \
		seq_printf(m, fmt, ##__VA_ARGS__); \
		return 0; \
	}

/* --- kernel --- */

SHOW(ostype, "%s\n", init_uts.sysname)
SHOW(osrelease, "%s\n", init_uts.release)
SHOW(osversion, "%s\n", init_uts.version)
SHOW(hostname, "%s\n", init_uts.nodename)
SHOW(domainname, "%s\n", init_uts.domainname)

static int set_name(char *name, char *text)
{
	char tmp[__NEW_UTS_LEN + 1] = { 0 };

	text[strcspn(text, "\n")] = '\0';
	if (strscpy(tmp, text, sizeof(tmp)) < 0)
		return -EINVAL;
	memcpy(name, tmp, sizeof(tmp));
	return 0;
}

static int hostname_write(struct proc_node *node, char *text)
{
	return set_name(init_uts.nodename, text);
}

static int domainname_write(struct proc_node *node, char *text)
{
	return set_name(init_uts.domainname, text);
}

SHOW(ngroups, "65536\n")
SHOW(cap_last, "40\n")

/* 16 random bytes in the form of a version 4 UUID. */
static void show_uuid(struct seq_file *m, const u8 *u)
{
	for (int i = 0; i < 16; i++) {
		u8 byte = i == 6 ? (u[i] & 0x0f) | 0x40 : i == 8 ? (u[i] & 0x3f) | 0x80 : u[i];

		seq_printf(m, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", byte);
	}
	seq_putc(m, '\n');
}

static int uuid_show(struct seq_file *m)
{
	u8 u[16];

	get_random_bytes(u, sizeof(u));
	show_uuid(m, u);
	return 0;
}

static int boot_id_show(struct seq_file *m)
{
	static u8 boot_id[16];
	static bool made;		/* two first readers: the later one's stays */

	if (!READ_ONCE(made)) {
		get_random_bytes(boot_id, sizeof(boot_id));
		WRITE_ONCE(made, true);
	}
	show_uuid(m, boot_id);
	return 0;
}

SHOW(entropy, "%s", random_ready() ? "256\n" : "0\n")
SHOW(poolsize, "256\n")

static const struct proc_entry random_table[] = {
	PROC_FILE("boot_id", 0444, boot_id_show),
	PROC_FILE("entropy_avail", 0444, entropy_show),
	PROC_FILE("poolsize", 0444, poolsize_show),
	PROC_FILE("uuid", 0444, uuid_show),
};

static const struct proc_entry kernel_table[] = {
	PROC_FILE("cap_last_cap", 0444, cap_last_show),
	{ .name = "domainname", .mode = S_IFREG | 0644, .show = domainname_show,
	  .write = domainname_write },
	{ .name = "hostname", .mode = S_IFREG | 0644, .show = hostname_show,
	  .write = hostname_write },
	PROC_FILE("ngroups_max", 0444, ngroups_show),
	PROC_FILE("osrelease", 0444, osrelease_show),
	PROC_FILE("ostype", 0444, ostype_show),
	PROC_INT("panic", &panic_timeout, -0x7fffffff, 0x7fffffff),
	PROC_INT("pid_max", &pid_max, RESERVED_PIDS + 1, PID_MAX_DEFAULT),
	PROC_DIR("random", random_table),
	PROC_INT("randomize_va_space", &randomize_va_space, 0, 2),
	PROC_INT("threads-max", &max_threads, 20, 0x3fffffff),
	PROC_FILE("version", 0444, osversion_show),
};

/* --- vm --- */

SHOW(mmap_min_addr, "%lu\n", mmap_min_addr)

#ifdef CONFIG_COMPACTION
/* 1, and nothing else, since Linux 6.5; anything did before. */
static int compact_memory_write(struct proc_node *node, char *text)
{
	long long n;

	if (kstrtoll(strim(text), 0, &n) || n != 1)
		return -EINVAL;
	compact_nodes();
	return 0;
}
#endif

/*
 * 1 is the page cache, 2 what shrinkers keep, 3 both, 4 no more words in the log. Of the page
 * cache clean pages of disks go. Those of tmpfs files, programs and libraries of the initramfs
 * among them, are the only copy there is and stay, as on Linux: write 1 on a machine without a
 * disk, and MemFree is as before.
 */
static int drop_caches_write(struct proc_node *node, char *text)
{
	static bool quiet;
	int what, err = kstrtoint(strim(text), 0, &what);

	if (err || what < 1 || what > 4)
		return -EINVAL;
	if (what & 1)
		drop_pagecache();
	if (what & 2)
		drop_slab();
	if (what & 4)
		quiet = true;
	if (!quiet)
		printk(KERN_INFO "%s (%d): drop_caches: %d\n", current->comm, current->pid, what);
	return 0;
}

static const struct proc_entry vm_table[] = {
#ifdef CONFIG_COMPACTION
	{ .name = "compact_memory", .mode = S_IFREG | 0200, .write = compact_memory_write },
#endif
	{ .name = "drop_caches", .mode = S_IFREG | 0200, .write = drop_caches_write },
	PROC_INT("max_map_count", &sysctl_max_map_count, 0, 0x7fffffff),
	PROC_FILE("mmap_min_addr", 0444, mmap_min_addr_show),
	PROC_INT("oom_dump_tasks", &sysctl_oom_dump_tasks, 0, 1),
	PROC_INT("oom_kill_allocating_task", &sysctl_oom_kill_allocating_task, 0, 1),
	PROC_INT("overcommit_memory", &sysctl_overcommit_memory, 0, 2),
	PROC_INT("overcommit_ratio", &sysctl_overcommit_ratio, 0, 0x7fffffff),
	PROC_INT("panic_on_oom", &sysctl_panic_on_oom, 0, 2),
};

/* --- fs --- */

SHOW(file_nr, "%lu\t0\t%lu\n", nr_open_files(), ~0UL >> 1)
SHOW(file_max, "%lu\n", ~0UL >> 1)
SHOW(nr_open, "%u\n", NR_OPEN_MAX)
SHOW(pipe_max, "1048576\n")

static const struct proc_entry fs_table[] = {
	PROC_FILE("file-max", 0444, file_max_show),
	PROC_FILE("file-nr", 0444, file_nr_show),
	PROC_FILE("nr_open", 0444, nr_open_show),
	PROC_FILE("pipe-max-size", 0444, pipe_max_show),
};

/* --- debug --- */

static const struct proc_entry debug_table[] = {
	PROC_INT("exception-trace", &show_unhandled_signals, 0, 1),
};

static const struct proc_entry sys_table[] = {
	PROC_DIR("debug", debug_table),
	PROC_DIR("fs", fs_table),
	PROC_DIR("kernel", kernel_table),
	PROC_DIR("vm", vm_table),
};

const struct proc_entry proc_sys_entry = PROC_DIR("sys", sys_table);
