/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * init.h - the order in which the kernel comes up, and __init.
 *
 *   head.S               boot hart: page tables just good enough, tp = &init_task
 *   start_kernel         kernel/main.c, one hart, interrupts off
 *     setup_arch           device tree -> memblock, command line, final page tables
 *     setup_per_cpu_areas
 *     mem_init             struct pages, zones, buddy      mm/frame
 *     kmem_cache_init      objects                         mm/slab
 *     vmalloc_init, mm_cache_init
 *     sched_init, irq_init, timers_init, time_init, fork_init, signals_init
 *     vfs_init
 *     rest_init            -> kernel_init becomes pid 1, kthreadd pid 2, boot hart idles
 *   kernel_init          may sleep
 *     smp_init             the other harts
 *     drivers_init         devices of the device tree
 *     populate_rootfs      initramfs into tmpfs
 *     free_initmem
 *     selftest_run         the models of tests/model, if the command line asks
 *     run init
 *
 * One explicit list instead of Linux's initcall levels: it can be read.
 */
#ifndef LINUX_LITE_INIT_H
#define LINUX_LITE_INIT_H

#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

#define __init		__section(".init.text") __cold
#define __initdata	__section(".init.data")

void start_kernel(void) __noreturn;
extern const char *boot_command_line;		/* as the boot loader gave it */

/* --- arch/riscv --- */
void setup_arch(void);
void irq_init(void);		/* interrupt controller */
void time_init(void);
void smp_init(void);
void free_initmem(void);
/* [*start, *end) of the initial RAM disk, direct-map addresses; false: none. */
bool initrd_get(void **start, void **end);
void initrd_free(void);
/* Why the machine stops; the port maps it to SBI reset, or to exit(2) on the host. */
enum machine_stop { MACHINE_POWER_OFF, MACHINE_REBOOT, MACHINE_HALT, MACHINE_PANIC_OFF };
void machine_stop(enum machine_stop how) __noreturn;

/* --- mm --- */
void mem_init(void);
void mm_cache_init(void);	/* mm_struct, vm_area_struct caches; mm/space */

/* --- kernel, fs, drivers --- */
void timers_init(void);		/* the harts' timer queues */
void timekeeping_init(void);	/* the time of day */
void load_average_init(void);
int kthreadd(void *unused);	/* pid 2 */
void fork_init(void);
void signals_init(void);
void vfs_init(void);
void proc_init(void);
int populate_rootfs(void);
void drivers_init(void);
/* fs/exec.c: run a program in the kernel thread that is to become init. 0 = done. */
int kernel_execve(const char *filename, const char *const *argv, const char *const *envp);
/* Open /dev/console as descriptors 0, 1, 2 of current. */
int console_on_rootfs(void);

#endif
