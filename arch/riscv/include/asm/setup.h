/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/setup.h - what the port's boot code tells its other files.
 */
#ifndef ASM_RISCV_SETUP_H
#define ASM_RISCV_SETUP_H

#include <linux-lite/fdt.h>
#include <linux-lite/percpu.h>
#include <asm/pgtable.h>

#define DTB_MAX_SIZE	0x200000UL	/* of the device tree, bytes */

extern unsigned long boot_hartid, boot_satp[3];
extern phys_addr_t dtb_pa;

/* mm/early.c: the kernel's tables, as addresses inside the image */
extern pte_t swapper_l2[PTRS_PER_TABLE], swapper_l3[PTRS_PER_TABLE], swapper_l4[PTRS_PER_TABLE];
extern pte_t fixmap_l1[PTRS_PER_TABLE];
void setup_vm(phys_addr_t dtb);
void no_such_mode(void);

/* The device tree, readable for ever. kernel/setup.c */
extern struct fdt device_tree;

/* mm/init.c */
void setup_memory(void);
void paging_init(void);

/* kernel/cpu.c: what the device tree says of each hart */
extern unsigned long cpuid_to_hartid[CONFIG_NR_CPUS];
void setup_harts(void);
/* Does every hart have the ISA extension, e.g. "sstc"? */
bool riscv_has_extension(const char *name);

/* kernel/probe.S: try an instruction, or a register, that may not be there. */
bool cbo_zero_works(void);
bool stimecmp_works(void);

/* lib/page.S: bytes that cbo.zero clears, 0: do not use it */
extern unsigned long cboz_block_size;

/* kernel/time.c */
void timebase_init(void);
void time_init_hart(void);
/* kernel/smp.c */
void secondary_start(void);
void secondary_start_kernel(void);
extern unsigned long secondary_satp;
extern struct task_struct *secondary_task;
/* The hart's bits of sie that all harts use. */
void enable_hart_interrupts(void);

#endif
