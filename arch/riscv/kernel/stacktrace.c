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
#include <linux-lite/stacktrace.h>
#include <asm/ptrace.h>
#include <asm/sections.h>
#include <asm/traps.h>

#define MAX_LINES	64

/* Lines for the log, or addresses for stack_trace_save(). */
struct trace {
	unsigned long last_pc;
	unsigned int repeated, lines;
	unsigned long *store;		/* NULL: print */
	unsigned int skip, size, nr;	/* leave out; room; there are */
};

static void walk_trapped(struct trace *t, const struct pt_regs *regs);

static bool in_text(unsigned long pc)
{
	return pc >= (unsigned long)_text && pc < (unsigned long)_etext;
}

/* Are [addr, addr + size) words of current's stack? */
static bool on_stack(unsigned long addr, unsigned long size)
{
	unsigned long stack = (unsigned long)current->stack;

	return addr >= stack && addr <= stack + THREAD_SIZE - size && (addr & 7) == 0;
}

static bool is_full(const struct trace *t)
{
	return t->store ? t->nr == t->size : t->lines == MAX_LINES;
}

static void store_frame(struct trace *t, unsigned long pc)
{
	if (t->skip)
		t->skip--;
	else
		t->store[t->nr++] = pc;
}

/*
 * One line a function; the same line again and again, as in a recursion without
 * end, is counted. @pc of a caller is where the call returns to, which may be behind
 * the function's last instruction: so look one byte before it (@back).
 */
static void print_frame(struct trace *t, unsigned long pc, unsigned int back, const char *mark)
{
	unsigned long offset, size;
	const char *name;

	if (t->store) {
		store_frame(t, pc);
		return;
	}
	if (pc == t->last_pc) {
		t->repeated++;
		return;
	}
	if (t->repeated)
		pr_emerg("  ... and %u times more\n", t->repeated);
	t->repeated = 0;
	t->last_pc = pc;
	t->lines++;
	name = kallsyms_lookup(pc - back, &offset, &size);
	if (name)
		pr_emerg("[<%016lx>] %s%s+%#lx/%#lx\n", pc, mark, name, offset + back, size);
	else
		pr_emerg("[<%016lx>] %s\n", pc, mark);
}

/* Is @pc where a call from entry.S returns to, and nothing of the kernel is above? */
static bool is_bottom(unsigned long pc)
{
	return pc == (unsigned long)ret_from_syscall || pc == (unsigned long)ret_from_user_trap;
}

static void walk_frames(struct trace *t, unsigned long pc, unsigned long fp)
{
	unsigned long frame = 0;	/* of the function before: what pc returned from */

	while (in_text(pc) && !is_full(t)) {
		if (pc == (unsigned long)ret_from_kernel_trap) {
			const struct pt_regs *regs = (const struct pt_regs *)frame;

			if (!on_stack(frame, sizeof(*regs)))
				return;
			if (!t->store)
				pr_emerg("--- trap, cause %ld ---\n", regs->cause);
			walk_trapped(t, regs);
			return;
		}
		if (is_bottom(pc))
			return;
		print_frame(t, pc, 1, "");
		if (!on_stack(fp - 16, 16) || fp <= frame)	/* callers' frames are above */
			return;
		frame = fp;
		pc = ((unsigned long *)fp)[-1];
		fp = ((unsigned long *)fp)[-2];
	}
}

/* Is the return address @ra in the function of @pc itself? Then it is an old one. */
static bool same_function(unsigned long pc, unsigned long ra)
{
	unsigned long pc_offset, ra_offset;

	if (!kallsyms_lookup(pc, &pc_offset, NULL) || !kallsyms_lookup(ra, &ra_offset, NULL))
		return false;
	return pc - pc_offset == ra - ra_offset;
}

/*
 * Go on in what a trap interrupted. Its function may have been a leaf, which keeps
 * its return address in ra: without any frame (fp is the caller's), or with a frame
 * that has nothing but the caller's fp at its top.
 */
static void walk_trapped(struct trace *t, const struct pt_regs *regs)
{
	unsigned long fp = regs->s0, top;

	print_frame(t, regs->epc, 0, "");
	if (!on_stack(fp - 16, 16)) {
		walk_frames(t, regs->ra, fp);
		return;
	}
	top = ((unsigned long *)fp)[-1];
	if (!in_text(top))
		walk_frames(t, regs->ra, top);
	else if (top != regs->ra && !same_function(regs->epc, regs->ra))
		walk_frames(t, regs->ra, fp);
	else
		walk_frames(t, top, ((unsigned long *)fp)[-2]);
}

static void scan_stack(struct trace *t, unsigned long sp)
{
	for (sp = ALIGN(sp, 8); on_stack(sp, 8) && !is_full(t); sp += 8) {
		unsigned long word = *(unsigned long *)sp;

		if (in_text(word))
			print_frame(t, word, 1, "? ");
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
	unsigned long here = (unsigned long)__builtin_frame_address(0);
	struct trace t = { 0 };

	pr_emerg("Call Trace:\n");
	if (!IS_ENABLED(CONFIG_FRAME_POINTER)) {
		if (regs)
			print_frame(&t, regs->epc, 0, "");
		scan_stack(&t, regs ? regs->sp : here);
	} else if (regs) {
		walk_trapped(&t, regs);
	} else {
		walk_frames(&t, ((unsigned long *)here)[-1], ((unsigned long *)here)[-2]);
	}
	if (t.repeated)
		pr_emerg("  ... and %u times more\n", t.repeated);
}

void dump_stack(void)
{
	dump_backtrace(NULL);
}

unsigned int noinline stack_trace_save(unsigned long *store, unsigned int size, unsigned int skip)
{
	unsigned long here = (unsigned long)__builtin_frame_address(0);
	struct trace t = { .store = store, .size = size, .skip = skip };

	if (IS_ENABLED(CONFIG_FRAME_POINTER))
		walk_frames(&t, ((unsigned long *)here)[-1], ((unsigned long *)here)[-2]);
	else
		scan_stack(&t, here);
	return t.nr;
}
