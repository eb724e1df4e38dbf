// SPDX-License-Identifier: GPL-2.0-only
/*
 * access.c - loads, stores and fetches of simulated user code, and the kernel's
 * copies to and from user memory.
 *
 *	host_store --> mmu_translate --fault--> do_page_fault   arch/riscv/mm/fault.c,
 *	     ^              |                        |          the very file
 *	     |              ok                  handle_mm_fault
 *	     |              v                        |
 *	     |         the arena                     v
 *	     +----------- again <------------- mended, or a signal
 *
 * A fault that does not end shows as a count of repetitions: a real hart would
 * hang, here it is a bug with a message.
 */
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/signal.h>
#include <linux-lite/string.h>
#include <asm/csr.h>
#include <asm/traps.h>
#include <asm/uaccess.h>
#include "harts.h"

#define MOST_REPEATS	8

/* kernel/signal.c's, reduced to what a test wants to know. */
void force_sig_fault(int sig, int code, unsigned long addr)
{
	current->thread.fault_signo = sig;
	current->thread.fault_code = code;
	current->thread.fault_addr = addr;
}

void force_sig(int sig)
{
	force_sig_fault(sig, 0, 0);
}

/* A fault of "user code": arch/riscv/kernel/trap.c would log it and send the signal. */
void do_trap(struct pt_regs *regs, int sig, int code, unsigned long addr)
{
	force_sig_fault(sig, code, addr);
}

/* A user copy that cannot go on: the exception table would move the program counter. */
void kernel_fault(struct pt_regs *regs)
{
	regs->epc = 0;
}

/* The physical address behind one user byte, faulted in; or a signal number. */
static int reach(unsigned long va, enum mmu_access access, bool from_user, phys_addr_t *pa)
{
	int repeats = 0;

	current->thread.fault_signo = 0;
	for (;;) {
		unsigned long cause = mmu_translate(this_tlb(), va, access, pa);
		struct pt_regs regs = {
			.epc = 0x1000,
			.badaddr = va,
			.cause = cause,
			.status = from_user ? 0 : SR_SPP,
		};

		host_poll();
		if (!cause)
			return 0;
		this_hart()->faults++;
		do_page_fault(&regs);
		if (current->thread.fault_signo)
			return current->thread.fault_signo;
		if (!regs.epc)
			return SIGSEGV;
		if (++repeats > MOST_REPEATS)
			panic("fault at %#lx (cause %lu) is not mended", va, cause);
	}
}

/* Move bytes that lie in one page. */
static int access_page(unsigned long va, void *buf, size_t size, enum mmu_access access,
		       bool from_user)
{
	phys_addr_t pa;
	int sig = reach(va, access, from_user, &pa);

	if (sig)
		return sig;
	if (access == MMU_STORE)
		memcpy(__va(pa), buf, size);
	else
		memcpy(buf, __va(pa), size);
	return 0;
}

int host_load(unsigned long va, unsigned int size_bytes, u64 *value)
{
	*value = 0;
	BUG_ON(va & (size_bytes - 1));
	return access_page(va, value, size_bytes, MMU_LOAD, true);
}

int host_store(unsigned long va, unsigned int size_bytes, u64 value)
{
	BUG_ON(va & (size_bytes - 1));
	return access_page(va, &value, size_bytes, MMU_STORE, true);
}

int host_fetch(unsigned long va, u32 *insn)
{
	phys_addr_t pa;
	int sig;

	BUG_ON(va & 3);
	sig = reach(va, MMU_FETCH, true, &pa);
	*insn = sig ? 0 : icache_fetch(&this_hart()->icache, pa);
	return sig;
}

int host_fault_code(void)
{
	return current->thread.fault_code;
}

unsigned long host_fault_count(void)
{
	return this_hart()->faults;
}

unsigned long host_tlb_hits(void)
{
	return this_tlb()->hits;
}

/* The copy loop of all user copies: bytes not done. */
static size_t copy_user(unsigned long va, void *buf, size_t size, enum mmu_access access)
{
	if (!access_ok((void *)va, size))
		return size;
	while (size) {
		size_t n = min(size, PAGE_SIZE - (va & ~PAGE_MASK));

		if (access_page(va, buf, n, access, false))
			break;
		va += n;
		buf = (char *)buf + n;
		size -= n;
	}
	return size;
}

size_t copy_to_user(void __user *to, const void *from, size_t size_bytes)
{
	return copy_user((unsigned long)to, (void *)from, size_bytes, MMU_STORE);
}

size_t copy_from_user(void *to, const void __user *from, size_t size_bytes)
{
	size_t left = copy_user((unsigned long)from, to, size_bytes, MMU_LOAD);

	memset((char *)to + size_bytes - left, 0, left);
	return left;
}

size_t clear_user(void __user *to, size_t size_bytes)
{
	static const char zeroes[256];
	size_t left = size_bytes;

	while (left) {
		size_t n = min(left, sizeof(zeroes));
		size_t missed = copy_to_user((char *)to + (size_bytes - left), zeroes, n);

		left -= n - missed;
		if (missed)
			break;
	}
	return left;
}

long strnlen_user(const char __user *s, long size_bytes)
{
	long i;
	char c;

	for (i = 0; i < size_bytes; i++) {
		if (copy_from_user(&c, s + i, 1))
			return 0;
		if (!c)
			return i + 1;
	}
	return size_bytes + 1;
}

long strncpy_from_user(char *to, const char __user *from, long size_bytes)
{
	long i;

	for (i = 0; i < size_bytes; i++) {
		if (copy_from_user(&to[i], from + i, 1))
			return -EFAULT;
		if (!to[i])
			return i;
	}
	return size_bytes;
}
