/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/traps.h - between entry.S and the C files that it calls.
 */
#ifndef ASM_RISCV_TRAPS_H
#define ASM_RISCV_TRAPS_H

#include <linux-lite/types.h>

struct pt_regs;

/* entry.S */
extern char handle_exception[], ret_from_syscall[], ret_from_user_trap[], ret_from_kernel_trap[];
extern char ret_from_fork[];

/* kernel/trap.c */
void do_user_trap(struct pt_regs *regs);
void do_kernel_trap(struct pt_regs *regs);
void kernel_stack_overflow(struct pt_regs *regs) __attribute__((noreturn));
void exit_to_user_mode_work(struct pt_regs *regs);
/* A fault of user code: log it if it will kill, then the signal. */
void do_trap(struct pt_regs *regs, int sig, int code, unsigned long addr);
/* kernel/irq.c */
void do_irq(struct pt_regs *regs);
/* kernel/process.c */
void kernel_thread_entry(void);

/* mm/fault.c: also built by the host port. */
void do_page_fault(struct pt_regs *regs);
/* mm/kernel_fault.c: a fault in kernel mode that no area explains: fixup, or die. */
void kernel_fault(struct pt_regs *regs);
/* Does the trapped context have a reason to touch user memory (SUM), and may it sleep? */
bool fault_may_sleep(const struct pt_regs *regs);

/* kernel/oops.c */
void show_regs(const struct pt_regs *regs);
void die(struct pt_regs *regs, const char *what);
/* kernel/stacktrace.c: regs NULL: from here. */
void dump_backtrace(const struct pt_regs *regs);

#endif
