// SPDX-License-Identifier: GPL-2.0-only
/*
 * main.c - from the boot hart's first C function to the first program.
 *
 *	head.S -> start_kernel          interrupts off, nothing may sleep
 *	            `-> rest_init       pid 1 and 2 are made, this becomes idle
 *	                  `-> kernel_init (pid 1)     may sleep
 *	                        `-> /init             in the same task: exec
 *
 * The list in start_kernel() is the order of needs, and init.h explains it. It is
 * written out, instead of Linux's initcall sections, so that it can be read.
 *
 * The first program is searched for as Linux does:
 *	rdinit=NAME or /init        in the initramfs
 *	init=NAME                   asked for: if it can't be run, that is the end
 *	/sbin/init /etc/init /bin/init /bin/sh
 */
#include <linux-lite/futex.h>
#include <linux-lite/err.h>
#include <linux-lite/init.h>
#include <linux-lite/init_args.h>
#include <linux-lite/kernel.h>
#include <linux-lite/memblock.h>
#include <linux-lite/oom.h>
#include <linux-lite/params.h>
#include <linux-lite/percpu.h>
#include <linux-lite/pid.h>
#include <linux-lite/printk.h>
#include <linux-lite/reclaim.h>
#include <linux-lite/sched.h>
#include <linux-lite/selftest.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/time.h>
#include <linux-lite/utsname.h>
#include <linux-lite/vmalloc.h>

const char *boot_command_line = "";

static const char *ramdisk_execute_command = "/init";
static const char *execute_command;

static int rdinit_setup(char *value)
{
	if (value)
		ramdisk_execute_command = value;
	drop_init_args();
	return 0;
}
__setup("rdinit", rdinit_setup);

static int init_setup(char *value)
{
	execute_command = value;
	drop_init_args();
	return 0;
}
__setup("init", init_setup);

static int run_init_process(const char *name)
{
	pr_info("Run %s as init process\n", name);
	argv_init[0] = name;
	return kernel_execve(name, argv_init, envp_init);
}

/* The same for a name that was guessed: it is no news that it isn't there. */
static int try_to_run_init_process(const char *name)
{
	int err = run_init_process(name);

	if (err && err != -ENOENT)
		pr_err("Starting init: %s exists but couldn't execute it (error %d)\n", name, err);
	return err;
}

/* 0: the program is loaded, and returning leads into it. */
static int find_init(void)
{
	int err = run_init_process(ramdisk_execute_command);

	if (!err)
		return 0;
	if (err != -ENOENT || strcmp(ramdisk_execute_command, "/init"))
		pr_err("Failed to execute %s (error %d)\n", ramdisk_execute_command, err);
	if (execute_command) {
		err = run_init_process(execute_command);
		if (!err)
			return 0;
		panic("Requested init %s failed (error %d).", execute_command, err);
	}
	if (!try_to_run_init_process("/sbin/init") ||
	    !try_to_run_init_process("/etc/init") ||
	    !try_to_run_init_process("/bin/init") ||
	    !try_to_run_init_process("/bin/sh"))
		return 0;
	panic("No working init found.  Try passing init= option to kernel.");
}

/* Process 1, while it still is a kernel thread. */
static int kernel_init(void *unused)
{
	int err;

	smp_init();
	drivers_init();
	err = populate_rootfs();
	if (err)
		pr_err("initramfs: unpacking failed (error %d)\n", err);
	err = console_on_rootfs();
	if (err)
		pr_warn("Warning: unable to open an initial console.\n");
	free_initmem();
	selftest_run();
	return find_init();
}

static void __noreturn rest_init(void)
{
	struct task_struct *init = kthread_run(kernel_init, NULL, "swapper/0");

	if (IS_ERR(init))
		panic("cannot make process 1 (error %ld)", PTR_ERR(init));
	BUG_ON(init->pid != 1);
	init->signal->flags |= SIGNAL_UNKILLABLE;
	if (IS_ERR(kthread_run(kthreadd, NULL, "kthreadd")))
		panic("cannot make kthreadd");
	cpu_idle();
}

/**
 * start_kernel - bring everything up
 *
 * Context: boot hart, interrupts off, tp = &init_task, on the boot stack.
 */
void start_kernel(void)
{
	pr_notice("%s", linux_banner);
	setup_arch();
	if (setup_per_cpu_areas())
		panic("no memory for per-CPU data");
	pr_notice("Kernel command line: %s\n", boot_command_line);
	mem_init();
	kmem_cache_init();
	vmalloc_init();
	mm_cache_init();
	reclaim_init();
	parse_params(boot_command_line);
	sched_init();
	irq_init();
	timers_init();
	time_init();
	timekeeping_init();
	fork_init();
	oom_init();
	signals_init();
	futex_init();
	vfs_init();
	if (IS_ENABLED(CONFIG_PROC_FS))
		proc_init();
	local_irq_enable();
	load_average_init();
	rest_init();
}
