// SPDX-License-Identifier: GPL-2.0-only
/*
 * tlbflush_test.c - after each change of an address space no hart believes the old one.
 *
 * Hart 1 is a second thread of the process under test. It makes one user access when asked, and
 * so its TLB remembers the page as it was; hart 0 changes something; then hart 1 is asked again:
 *
 *	hart 0                          hart 1
 *	ask(load, addr) --------------> TLB: addr -> frame A
 *	munmap, mprotect, fork, ...     (says nothing, does nothing)
 *	ask(load, addr) --------------> must see what is true now
 *
 * The simulated TLB forgets nothing that it is not told to (arch/host/tlb.c), so whoever leaves
 * out a flush fails here each time. One hart is not enough to see that: its own entry is
 * forgotten by update_mmu_cache() and by each switch of address spaces.
 */
#include <signal.h>
#include "suite.h"
#include <asm/host.h>
#include <asm/processor.h>
#include <linux-lite/err.h>
#include <linux-lite/mman.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/pagemap.h>

#define BASE	0x10000000UL
#define PAGES	1024UL		/* two leaf tables */

enum what { LOAD, STORE, FETCH, END };

/* What hart 1 is asked, and its answer. Whose turn it is: (a). */
static struct {
	bool asked;		/* hart 0 sets it, hart 1 clears it (a) */
	enum what what;
	unsigned long addr;
	u64 value;
	u32 insn;
	int signal;
} mailbox;

static struct mm_struct *mm;

static void wait_for(bool asked)
{
	while (__atomic_load_n(&mailbox.asked, __ATOMIC_ACQUIRE) != asked)
		cpu_relax();
}

static void hart1(void *unused)
{
	enum what what;

	host_use_mm(mm);
	do {
		wait_for(true);
		what = mailbox.what;
		if (what == LOAD)
			mailbox.signal = host_load(mailbox.addr, 8, &mailbox.value);
		else if (what == STORE)
			mailbox.signal = host_store(mailbox.addr, 8, mailbox.value);
		else if (what == FETCH)
			mailbox.signal = host_fetch(mailbox.addr, &mailbox.insn);
		__atomic_store_n(&mailbox.asked, false, __ATOMIC_RELEASE);
	} while (what != END);
}

/* Return: the signal that hart 1 got, or 0; a load's value in mailbox.value. */
static int ask(enum what what, unsigned long addr, u64 value)
{
	mailbox.what = what;
	mailbox.addr = addr;
	mailbox.value = value;
	__atomic_store_n(&mailbox.asked, true, __ATOMIC_RELEASE);
	wait_for(false);
	return mailbox.signal;
}

static u64 seen_by_hart1(unsigned long addr)
{
	ck_assert_int_eq(ask(LOAD, addr, 0), 0);
	return mailbox.value;
}

static void map(unsigned long addr, unsigned long pages, unsigned long flags)
{
	struct mmap_request req = {
		.addr = addr, .len_bytes = pages * PAGE_SIZE,
		.prot = PROT_READ | PROT_WRITE | PROT_EXEC,
		.flags = MAP_ANONYMOUS | MAP_FIXED | flags,
		.rlimit_as = ~0UL, .rlimit_data = ~0UL, .rlimit_memlock = ~0UL,
	};

	ck_assert_uint_eq(do_mmap(mm, &req), addr);
}

/* Two harts in one address space of two leaf tables; hart 1 has stored 1 to the first page. */
static void boot(int levels)
{
	host_boot(&(struct host_config){ .levels = levels, .harts = 2, .tlb_entries = 65536 });
	mm = mm_alloc();
	ck_assert_ptr_nonnull(mm);
	map(BASE, PAGES, MAP_PRIVATE);
	host_use_mm(mm);
	host_run_on(1, hart1, NULL);
	ck_assert_int_eq(ask(STORE, BASE, 1), 0);
}

static void end(void)
{
	ask(END, 0, 0);
	host_join(1);
	host_use_mm(NULL);
	mmput(mm);
}

START_TEST(munmap_takes_pages_away)
{
	boot(_i);
	ck_assert_int_eq(do_munmap(mm, BASE, PAGE_SIZE), 0);
	ck_assert_int_eq(ask(LOAD, BASE, 0), SIGSEGV);
	end();
}
END_TEST

START_TEST(munmap_takes_tables_away)
{
	boot(_i);
	/* All of both leaf tables: hart 1 remembers pointers to tables, too. */
	ck_assert_int_eq(do_munmap(mm, BASE, PAGES * PAGE_SIZE), 0);
	ck_assert_int_eq(ask(LOAD, BASE, 0), SIGSEGV);
	map(BASE, PAGES, MAP_PRIVATE);
	ck_assert_int_eq(host_store(BASE + PAGE_SIZE, 8, 7), 0);
	ck_assert_uint_eq(seen_by_hart1(BASE + PAGE_SIZE), 7);
	ck_assert_uint_eq(seen_by_hart1(BASE), 0);
	end();
}
END_TEST

START_TEST(mmap_over_something)
{
	boot(_i);
	map(BASE, 1, MAP_PRIVATE);
	ck_assert_uint_eq(seen_by_hart1(BASE), 0);
	end();
}
END_TEST

START_TEST(mprotect_takes_rights_away)
{
	boot(_i);
	ck_assert_int_eq(ask(FETCH, BASE, 0), 0);
	ck_assert_int_eq(do_mprotect(mm, BASE, PAGE_SIZE, PROT_READ), 0);
	ck_assert_int_eq(ask(STORE, BASE, 2), SIGSEGV);
	ck_assert_int_eq(ask(FETCH, BASE, 0), SIGSEGV);
	ck_assert_uint_eq(seen_by_hart1(BASE), 1);
	ck_assert_int_eq(do_mprotect(mm, BASE, PAGE_SIZE, PROT_NONE), 0);
	ck_assert_int_eq(ask(LOAD, BASE, 0), SIGSEGV);
	end();
}
END_TEST

START_TEST(dontneed_throws_away)
{
	boot(_i);
	ck_assert_int_eq(do_madvise(mm, BASE, PAGE_SIZE, MADV_DONTNEED), 0);
	ck_assert_uint_eq(seen_by_hart1(BASE), 0);
	end();
}
END_TEST

START_TEST(mremap_moves)
{
	unsigned long to = BASE + 4 * PAGES * PAGE_SIZE;

	boot(_i);
	ck_assert_uint_eq(do_mremap(mm, BASE, PAGE_SIZE, PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_FIXED,
				    to, &no_mm_limits), to);
	ck_assert_int_eq(ask(LOAD, BASE, 0), SIGSEGV);
	ck_assert_uint_eq(seen_by_hart1(to), 1);
	end();
}
END_TEST

START_TEST(fork_takes_the_right_to_write)
{
	struct mm_struct *child;
	u64 value;

	boot(_i);
	child = dup_mm(mm);
	ck_assert_ptr_nonnull(child);
	ck_assert_int_eq(ask(STORE, BASE, 2), 0);	/* must fault, and get a copy */
	host_use_mm(child);
	ck_assert_int_eq(host_load(BASE, 8, &value), 0);
	ck_assert_uint_eq(value, 1);
	host_use_mm(mm);
	mmput(child);
	end();
}
END_TEST

START_TEST(a_copy_is_seen_by_all_threads)
{
	struct mm_struct *child;

	boot(_i);
	child = dup_mm(mm);
	ck_assert_ptr_nonnull(child);
	ck_assert_uint_eq(seen_by_hart1(BASE), 1);	/* remembers the frame shared with the child */
	ck_assert_int_eq(host_store(BASE, 8, 2), 0);
	ck_assert_uint_eq(seen_by_hart1(BASE), 2);
	mmput(child);
	end();
}
END_TEST

START_TEST(the_zero_page_is_replaced_for_all_threads)
{
	boot(_i);
	ck_assert_uint_eq(seen_by_hart1(BASE + PAGE_SIZE), 0);
	ck_assert_int_eq(host_store(BASE + PAGE_SIZE, 8, 2), 0);
	ck_assert_uint_eq(seen_by_hart1(BASE + PAGE_SIZE), 2);
	end();
}
END_TEST

START_TEST(truncation_takes_pages_away)
{
	struct address_space *mapping;

	boot(_i);
	map(BASE, 4, MAP_SHARED);
	ck_assert_int_eq(ask(STORE, BASE + PAGE_SIZE, 3), 0);
	mapping = vma_lookup(mm, BASE)->vm_mapping;
	truncate_pagecache(mapping, PAGE_SIZE);
	ck_assert_int_eq(ask(LOAD, BASE + PAGE_SIZE, 0), SIGBUS);
	end();
}
END_TEST

/* "Not there" may be remembered as well: whoever maps need not tell, but the access must go on. */
START_TEST(what_was_not_there_is_found_later)
{
	boot(_i);
	ck_assert_int_eq(do_mprotect(mm, BASE, PAGE_SIZE, PROT_NONE), 0);
	ck_assert_int_eq(ask(LOAD, BASE, 0), SIGSEGV);
	ck_assert_int_eq(do_mprotect(mm, BASE, PAGE_SIZE, PROT_READ | PROT_WRITE), 0);
	ck_assert_uint_eq(seen_by_hart1(BASE), 1);
	ck_assert_int_eq(host_store(BASE, 8, 5), 0);
	ck_assert_int_eq(ask(STORE, BASE, 6), 0);
	end();
}
END_TEST

static Suite *tlbflush_suite(void)
{
	Suite *s = suite_create("tlbflush");
	TCase *tc = tcase_create("two_harts");

	if (CONFIG_NR_CPUS > 1) {
		tcase_add_loop_test(tc, munmap_takes_pages_away, 3, 6);
		tcase_add_loop_test(tc, munmap_takes_tables_away, 3, 6);
		tcase_add_loop_test(tc, mmap_over_something, 3, 6);
		tcase_add_loop_test(tc, mprotect_takes_rights_away, 3, 6);
		tcase_add_loop_test(tc, dontneed_throws_away, 3, 6);
		tcase_add_loop_test(tc, mremap_moves, 3, 6);
		tcase_add_loop_test(tc, fork_takes_the_right_to_write, 3, 6);
		tcase_add_loop_test(tc, a_copy_is_seen_by_all_threads, 3, 6);
		tcase_add_loop_test(tc, the_zero_page_is_replaced_for_all_threads, 3, 6);
		tcase_add_loop_test(tc, truncation_takes_pages_away, 3, 6);
		tcase_add_loop_test(tc, what_was_not_there_is_found_later, 3, 6);
	}
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(tlbflush_suite);
