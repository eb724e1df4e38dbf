// SPDX-License-Identifier: GPL-2.0-only
/*
 * stacktrace.c - who called whom, from the kernel stack.
 *
 * With CONFIG_FRAME_POINTER each function keeps s0 as its frame pointer:
 *
 *	fp  ->  (the caller's frame)
 *	fp-8    return address          of this function
 *	fp-16   the caller's fp   ----> next frame
 *
 * A trap inside the kernel puts a pt_regs between two frames: its handler returns
 * to ret_from_kernel_trap, and was called with fp at the pt_regs. From there the
 * walk goes on with the registers of what was interrupted. The other returns into
 * entry.S are ends: beyond is user mode.
 *
 * Without frame pointers all that can be done is to print each word of the stack
 * that could be a return address, old ones too: those lines have a "?".
 *
 * Everything read is checked to be in the task's stack first: this runs when
 * something is broken.
 */
#include <linux-lite/kallsyms.h>
#include <linux-lite/kernel.h>
#include <linux-lite/panic.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <asm/ptrace.h>
#include <asm/sections.h>
#include <asm/traps.h>

#define MAX_FRAMES	64

static bool in_text(unsigned long pc)
{
	return pc >= (unsigned long)_text && pc < (unsigned long)_etext;
}

/* Are [addr, addr + size) words of current's stack? */
static bool on_stack(unsigned long addr, unsigned long size)
{
	unsigned long stack = (unsigned long)current->stack;

	return addr >= stack && addr + size <= stack + THREAD_SIZE && (addr & 7) == 0;
}

static void print_frame(unsigned long pc, const char *mark)
{
	unsigned long offset, size;
	const char *name = kallsyms_lookup(pc, &offset, &size);

	if (name)
		pr_emerg("[<%016lx>] %s%s+%#lx/%#lx\n", pc, mark, name, offset, size);
	else
		pr_emerg("[<%016lx>] %s\n", pc, mark);
}

/* Is @pc where a call from entry.S returns to, and nothing of the kernel is above? */
static bool is_bottom(unsigned long pc)
{
	return pc == (unsigned long)ret_from_syscall || pc == (unsigned long)ret_from_user_trap;
}

static void walk_frames(unsigned long pc, unsigned long fp)
{
	for (int i = 0; i < MAX_FRAMES && in_text(pc); i++) {
		if (pc == (unsigned long)ret_from_kernel_trap) {
			const struct pt_regs *regs = (const struct pt_regs *)fp;

			if (!on_stack(fp, sizeof(*regs)))
				return;
			pc = regs->epc;
			fp = regs->s0;
			pr_emerg("--- trap, cause %ld ---\n", regs->cause);
			continue;
		}
		if (is_bottom(pc))
			return;
		print_frame(pc, "");
		if (!on_stack(fp - 16, 16))
			return;
		pc = ((unsigned long *)fp)[-1];
		fp = ((unsigned long *)fp)[-2];
	}
}

static void scan_stack(unsigned long sp)
{
	int printed = 0;

	for (sp = ALIGN(sp, 8); on_stack(sp, 8) && printed < MAX_FRAMES; sp += 8) {
		unsigned long word = *(unsigned long *)sp;

		if (in_text(word)) {
			print_frame(word, "? ");
			printed++;
		}
	}
}

/**
 * dump_backtrace - print the calls that led here
 * @regs: a trapped kernel context to start from, or NULL for the caller
 *
 * Context: any.
 */
void noinline dump_backtrace(const struct pt_regs *regs)
{
	unsigned long fp = regs ? regs->s0 : (unsigned long)__builtin_frame_address(0);
	unsigned long sp = regs ? regs->sp : (unsigned long)__builtin_frame_address(0);

	pr_emerg("Call Trace:\n");
	if (regs)
		print_frame(regs->epc, "");
	if (!IS_ENABLED(CONFIG_FRAME_POINTER)) {
		scan_stack(sp);
		return;
	}
	/* After an overflow sp is below the stack; fp is still in it. */
	if (!regs) {
		walk_frames(((unsigned long *)fp)[-1], ((unsigned long *)fp)[-2]);
		return;
	}
	/*
	 * A leaf function may not have stored its ra, nor made a frame: then fp is its
	 * caller's, and ra says where in the caller.
	 */
	if (regs->ra != (on_stack(fp - 16, 16) ? ((unsigned long *)fp)[-1] : 0))
		walk_frames(regs->ra, fp);
	else
		walk_frames(((unsigned long *)fp)[-1], ((unsigned long *)fp)[-2]);
}

void dump_stack(void)
{
	dump_backtrace(NULL);
}
