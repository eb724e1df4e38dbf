// SPDX-License-Identifier: GPL-2.0-only
/*
 * space_test.c - address spaces against a dumb model (mm/space, mm/fault, mm/backing).
 *
 * The model is an array with one entry a page: mapped or not, which rights, and
 * the first word of its contents. Random calls change the real address space and
 * the model alike; simulated user loads and stores go through TLB, page tables
 * and handle_mm_fault() and must find what the model says, or the signal that it
 * foretells. After each step all invariants of the areas are walked.
 *
 * At the end every frame must be free again.
 */
#include <signal.h>
#include <string.h>
#include "suite.h"
#include <linux-lite/err.h>
#include <linux-lite/fault.h>
#include <linux-lite/gfp.h>
#include <linux-lite/mman.h>
#include <linux-lite/overcommit.h>
#include <linux-lite/vma_ops.h>
#include <asm/host.h>

#define BASE		0x10000000UL
#define NR_PAGES	200u

struct model_page {
	bool mapped;
	bool shared;
	unsigned int prot;
	uint64_t value;
};

struct model {
	struct mm_struct *mm;
	struct model_page page[NR_PAGES];
};

static uint64_t rnd;

static unsigned int below(unsigned int n)
{
	return test_random(&rnd) % n;
}

static unsigned long addr_of(unsigned int i)
{
	return BASE + (unsigned long)i * PAGE_SIZE;
}

/* Some pages, rather few than many. */
static void pick_range(unsigned int *first, unsigned int *nr)
{
	*first = below(NR_PAGES);
	*nr = 1 + below(below(4) ? 6 : 60);
	if (*first + *nr > NR_PAGES)
		*nr = NR_PAGES - *first;
}

static void op_mmap(struct model *m)
{
	static const unsigned int prots[] = { 0, 1, 3, 3, 3, 5, 7 };
	unsigned int first, nr, i, prot = prots[below(7)];
	bool shared = !below(5);
	struct mmap_request req = {
		.prot = prot,
		.flags = MAP_ANONYMOUS | MAP_FIXED | (shared ? MAP_SHARED : MAP_PRIVATE),
		.rlimit_as = ~0UL, .rlimit_data = ~0UL, .rlimit_memlock = ~0UL,
	};

	pick_range(&first, &nr);
	req.addr = addr_of(first);
	req.len_bytes = nr * PAGE_SIZE;
	ck_assert_uint_eq(do_mmap(m->mm, &req), req.addr);
	for (i = first; i < first + nr; i++)
		m->page[i] = (struct model_page){ .mapped = true, .shared = shared, .prot = prot };
}

static void op_munmap(struct model *m)
{
	unsigned int first, nr;

	pick_range(&first, &nr);
	ck_assert_int_eq(do_munmap(m->mm, addr_of(first), nr * PAGE_SIZE), 0);
	memset(&m->page[first], 0, nr * sizeof(m->page[0]));
}

static void op_mprotect(struct model *m)
{
	unsigned int first, nr, i, prot = below(8);
	int want = 0;

	pick_range(&first, &nr);
	for (i = first; i < first + nr && !want; i++) {
		if (m->page[i].mapped)
			m->page[i].prot = prot;
		else
			want = -ENOMEM;
	}
	ck_assert_int_eq(do_mprotect(m->mm, addr_of(first), nr * PAGE_SIZE, prot), want);
}

static void op_dontneed(struct model *m)
{
	unsigned int first, nr, i;
	int want = 0;

	pick_range(&first, &nr);
	for (i = first; i < first + nr; i++) {
		if (!m->page[i].mapped)
			want = -ENOMEM;
		else if (!m->page[i].shared)
			m->page[i].value = 0;
	}
	ck_assert_int_eq(do_madvise(m->mm, addr_of(first), nr * PAGE_SIZE, MADV_DONTNEED), want);
}

/* Move some pages that are one area elsewhere, over whatever is there. */
static void op_mremap(struct model *m)
{
	unsigned int from, to, nr, i;
	struct vm_area_struct *vma;

	pick_range(&from, &nr);
	to = below(NR_PAGES);
	if (to + nr > NR_PAGES || (from < to + nr && to < from + nr))
		return;
	vma = vma_lookup(m->mm, addr_of(from));
	if (!vma || vma->vm_end < addr_of(from + nr))
		return;
	ck_assert_uint_eq(do_mremap(m->mm, addr_of(from), nr * PAGE_SIZE, nr * PAGE_SIZE,
				    MREMAP_MAYMOVE | MREMAP_FIXED, addr_of(to), &no_mm_limits),
			  addr_of(to));
	for (i = 0; i < nr; i++) {
		m->page[to + i] = m->page[from + i];
		memset(&m->page[from + i], 0, sizeof(m->page[0]));
	}
}

/* What an access must do: 0, or a signal. */
static int model_access(const struct model_page *p, unsigned int need)
{
	unsigned int have = p->prot & PROT_WRITE ? p->prot | PROT_READ : p->prot;

	return p->mapped && (have & need) ? 0 : SIGSEGV;
}

static void op_store(struct model *m)
{
	unsigned int i = below(NR_PAGES);
	uint64_t value = test_random(&rnd);
	int want = model_access(&m->page[i], PROT_WRITE);

	ck_assert_int_eq(host_store(addr_of(i), 8, value), want);
	if (!want)
		m->page[i].value = value;
	else
		ck_assert_int_eq(host_fault_code(),
				 m->page[i].mapped ? SEGV_ACCERR : SEGV_MAPERR);
}

static void check_load(struct model *m, unsigned int i)
{
	uint64_t value;
	int want = model_access(&m->page[i], PROT_READ);

	test_assert(host_load(addr_of(i), 8, &value) == want);
	if (!want)
		test_assert(value == m->page[i].value);
}

static void op_fetch(struct model *m)
{
	unsigned int i = below(NR_PAGES);
	u32 insn;

	ck_assert_int_eq(host_fetch(addr_of(i), &insn), model_access(&m->page[i], PROT_EXEC));
}

/* fork; then one of the two goes on, after the other has scribbled over everything. */
static void op_fork(struct model *m)
{
	struct mm_struct *child = dup_mm(m->mm), *gone = m->mm;
	unsigned int i;

	ck_assert_ptr_nonnull(child);
	if (below(2)) {
		gone = child;
		child = m->mm;
	}
	host_use_mm(gone);
	for (i = 0; i < NR_PAGES; i++)
		if (!m->page[i].shared && !model_access(&m->page[i], PROT_WRITE) && below(2))
			ck_assert_int_eq(host_store(addr_of(i), 8, ~0UL), 0);
	host_use_mm(child);
	if (below(2)) {
		mmput(gone);
		gone = NULL;
	}
	for (i = 0; i < NR_PAGES; i++)
		check_load(m, i);
	if (gone)
		mmput(gone);
	m->mm = child;
}

static void random_life(unsigned int levels, bool hw_ad, unsigned int tlb_entries,
			unsigned int steps)
{
	static struct model m;
	unsigned long free_before;
	unsigned int step;

	host_boot(&(struct host_config){
		.levels = levels, .hw_ad = hw_ad, .tlb_entries = tlb_entries });
	/* The first round takes the pages that caches keep; the second must give all back. */
	rnd = test_seed();
	for (free_before = 0;; free_before = nr_free_pages()) {
		memset(&m, 0, sizeof(m));
		m.mm = mm_alloc();
		host_use_mm(m.mm);
		for (step = 0; step < steps; step++) {
			static void (*const ops[])(struct model *) = {
				op_mmap, op_munmap, op_mprotect, op_dontneed, op_mremap, op_fetch,
				op_store, op_store, op_store, op_store, op_store, op_store,
			};

			if (!below(50))
				op_fork(&m);
			else
				ops[below(sizeof(ops) / sizeof(ops[0]))](&m);
			check_load(&m, below(NR_PAGES));
			if (!(step % 8))
				vma_check(m.mm);
		}
		for (step = 0; step < NR_PAGES; step++)
			check_load(&m, step);
		host_use_mm(NULL);
		mmput(m.mm);
		ck_assert_uint_eq(vm_committed(), 0);
		if (free_before)
			break;
	}
	/* Slabs may have come and gone; user pages and tables would be hundreds. */
	ck_assert_uint_ge(nr_free_pages() + 40, free_before);
}

START_TEST(random_life_sv39) { random_life(3, false, 4096, 6000); } END_TEST
START_TEST(random_life_sv48) { random_life(4, true, 4096, 3000); } END_TEST
START_TEST(random_life_sv57) { random_life(5, false, 4096, 3000); } END_TEST
START_TEST(random_life_small_tlb) { random_life(3, true, 8, 3000); } END_TEST

static unsigned long map_anon(struct mm_struct *mm, unsigned long addr, unsigned long pages,
			      unsigned long flags)
{
	struct mmap_request req = {
		.addr = addr, .len_bytes = pages * PAGE_SIZE, .prot = PROT_READ | PROT_WRITE,
		.flags = MAP_ANONYMOUS | flags,
		.rlimit_as = ~0UL, .rlimit_data = ~0UL, .rlimit_memlock = ~0UL,
	};

	return do_mmap(mm, &req);
}

START_TEST(neighbours_become_one_area)
{
	struct mm_struct *mm;

	host_boot(NULL);
	mm = mm_alloc();
	map_anon(mm, BASE, 4, MAP_PRIVATE | MAP_FIXED);
	map_anon(mm, BASE + 8 * PAGE_SIZE, 4, MAP_PRIVATE | MAP_FIXED);
	ck_assert_int_eq(mm->map_count, 2);
	map_anon(mm, BASE + 4 * PAGE_SIZE, 4, MAP_PRIVATE | MAP_FIXED);
	ck_assert_int_eq(mm->map_count, 1);
	ck_assert_uint_eq(mm->mmap->vm_end, BASE + 12 * PAGE_SIZE);
	do_mprotect(mm, BASE + PAGE_SIZE, PAGE_SIZE, PROT_READ);
	ck_assert_int_eq(mm->map_count, 3);
	do_mprotect(mm, BASE + PAGE_SIZE, PAGE_SIZE, PROT_READ | PROT_WRITE);
	ck_assert_int_eq(mm->map_count, 1);
	vma_check(mm);
	mmput(mm);
}
END_TEST

START_TEST(bad_requests_get_linux_errnos)
{
	struct mm_struct *mm;

	host_boot(NULL);
	mm = mm_alloc();
	arch_pick_mmap_layout(mm, 8 << 20, 0);
	ck_assert_int_eq((int)map_anon(mm, 0, 0, MAP_PRIVATE), -EINVAL);
	ck_assert_int_eq((int)map_anon(mm, 0, 1, 0), -EINVAL);
	ck_assert_int_eq((int)map_anon(mm, 1, 1, MAP_PRIVATE | MAP_FIXED), -EINVAL);
	ck_assert_int_eq((int)map_anon(mm, 0, 1, MAP_SHARED | MAP_GROWSDOWN), -EINVAL);
	ck_assert_int_eq((int)map_anon(mm, 0, 1, MAP_PRIVATE | MAP_FIXED), -EPERM);
	ck_assert_int_eq((int)map_anon(mm, TASK_SIZE, 1, MAP_PRIVATE | MAP_FIXED), -ENOMEM);
	ck_assert_int_eq((int)map_anon(mm, 0, TASK_SIZE / PAGE_SIZE + 1, MAP_PRIVATE), -ENOMEM);
	map_anon(mm, BASE, 2, MAP_PRIVATE | MAP_FIXED);
	ck_assert_int_eq((int)map_anon(mm, BASE + PAGE_SIZE, 4,
				       MAP_PRIVATE | MAP_FIXED_NOREPLACE), -EEXIST);
	ck_assert_int_eq(do_munmap(mm, BASE + 1, PAGE_SIZE), -EINVAL);
	ck_assert_int_eq(do_munmap(mm, BASE, 0), -EINVAL);
	ck_assert_int_eq(do_mprotect(mm, BASE, 5 * PAGE_SIZE, PROT_READ), -ENOMEM);
	ck_assert_int_eq(do_mprotect(mm, BASE, PAGE_SIZE, 0x100), -EINVAL);
	ck_assert_int_eq(do_madvise(mm, BASE, PAGE_SIZE, 12345), -EINVAL);
	ck_assert_int_eq(do_madvise(mm, BASE, 3 * PAGE_SIZE, MADV_NORMAL), -ENOMEM);
	ck_assert_int_eq((int)do_mremap(mm, BASE, PAGE_SIZE, 0, 0, 0, &no_mm_limits), -EINVAL);
	ck_assert_int_eq((int)do_mremap(mm, BASE + 9 * PAGE_SIZE, PAGE_SIZE, PAGE_SIZE, 0, 0,
					&no_mm_limits), -EFAULT);
	mmput(mm);
}
END_TEST

START_TEST(highest_hole_is_taken_first)
{
	struct mm_struct *mm;
	unsigned long a, b, c;

	host_boot(NULL);
	mm = mm_alloc();
	arch_pick_mmap_layout(mm, 8 << 20, 0);
	a = map_anon(mm, 0, 4, MAP_PRIVATE);
	ck_assert_uint_eq(a + 4 * PAGE_SIZE, mm->mmap_base);
	b = map_anon(mm, 0, 4, MAP_SHARED);
	ck_assert_uint_eq(b + 4 * PAGE_SIZE, a);
	c = map_anon(mm, 0, 4, MAP_PRIVATE);
	do_munmap(mm, b, 4 * PAGE_SIZE);
	ck_assert_uint_eq(map_anon(mm, 0, 5, MAP_PRIVATE) + 5 * PAGE_SIZE, c);
	ck_assert_uint_eq(map_anon(mm, 0, 3, MAP_SHARED), b + PAGE_SIZE);
	mmput(mm);
}
END_TEST

START_TEST(stack_grows_but_keeps_its_distance)
{
	struct mm_struct *mm;
	unsigned long top = 0x20000000UL;
	uint64_t value;

	host_boot(NULL);
	mm = mm_alloc();
	setup_stack_vma(mm, top, 2 * PAGE_SIZE, VM_READ | VM_WRITE);
	map_anon(mm, top - 600 * PAGE_SIZE, 1, MAP_PRIVATE | MAP_FIXED);
	host_use_mm(mm);
	ck_assert_int_eq(host_store(top - 40 * PAGE_SIZE, 8, 7), 0);
	ck_assert_int_eq(host_load(top - 40 * PAGE_SIZE, 8, &value), 0);
	ck_assert_uint_eq(value, 7);
	ck_assert_uint_eq(mm->stack_vm, 40);
	/* 600 pages below lies another area: 256 pages before it nothing may grow. */
	ck_assert_int_eq(host_store(top - 400 * PAGE_SIZE, 8, 7), SIGSEGV);
	vma_check(mm);
	host_use_mm(NULL);
	mmput(mm);
}
END_TEST

START_TEST(refused_fixed_mmap_keeps_what_is_there)
{
	struct mmap_request req = {
		.addr = BASE, .len_bytes = 4 * PAGE_SIZE, .prot = PROT_READ | PROT_WRITE,
		.flags = MAP_ANONYMOUS | MAP_PRIVATE | MAP_FIXED,
		.rlimit_as = 4 * PAGE_SIZE, .rlimit_data = ~0UL, .rlimit_memlock = ~0UL,
	};
	struct mm_struct *mm;

	host_boot(NULL);
	mm = mm_alloc();
	map_anon(mm, BASE, 4, MAP_PRIVATE | MAP_FIXED);
	ck_assert_uint_eq(do_mmap(mm, &req), BASE);	/* as much as goes */
	req.len_bytes += PAGE_SIZE;
	ck_assert_int_eq((int)do_mmap(mm, &req), -ENOMEM);
	req.flags |= MAP_LOCKED;
	req.rlimit_as = ~0UL;
	req.rlimit_memlock = PAGE_SIZE;
	ck_assert_int_eq((int)do_mmap(mm, &req), -EAGAIN);
	ck_assert_uint_eq(mm->total_vm, 4);
	vma_check(mm);
	mmput(mm);
}
END_TEST

START_TEST(mlockall_joins_areas)
{
	struct mm_struct *mm;

	host_boot(NULL);
	mm = mm_alloc();
	map_anon(mm, BASE, 8, MAP_PRIVATE | MAP_FIXED);
	ck_assert_int_eq(do_mlock(mm, BASE + PAGE_SIZE, PAGE_SIZE, true, ~0UL), 0);
	ck_assert_int_eq(mm->map_count, 3);
	ck_assert_int_eq(do_mlockall(mm, MCL_CURRENT, ~0UL), 0);
	ck_assert_int_eq(mm->map_count, 1);
	vma_check(mm);
	mmput(mm);
}
END_TEST

/* However many share it, and however little of it: it is there once, and promised once. */
START_TEST(shared_memory_is_promised_once)
{
	struct mm_struct *mm, *child;

	host_boot(NULL);
	mm = mm_alloc();
	ck_assert_ptr_nonnull(mm);
	map_anon(mm, BASE, 10, MAP_SHARED | MAP_FIXED);
	ck_assert_uint_eq(vm_committed(), 10);
	child = dup_mm(mm);
	ck_assert_ptr_nonnull(child);
	ck_assert_uint_eq(vm_committed(), 10);
	ck_assert_int_eq(do_munmap(mm, addr_of(1), 3 * PAGE_SIZE), 0);
	ck_assert_uint_eq(vm_committed(), 10);
	mmput(mm);
	ck_assert_uint_eq(vm_committed(), 10);
	mmput(child);
	ck_assert_uint_eq(vm_committed(), 0);
}
END_TEST

static Suite *space_suite(void)
{
	Suite *s = suite_create("space");
	TCase *tc = tcase_create("calls");

	tcase_add_test(tc, neighbours_become_one_area);
	tcase_add_test(tc, bad_requests_get_linux_errnos);
	tcase_add_test(tc, highest_hole_is_taken_first);
	tcase_add_test(tc, stack_grows_but_keeps_its_distance);
	tcase_add_test(tc, refused_fixed_mmap_keeps_what_is_there);
	tcase_add_test(tc, mlockall_joins_areas);
	tcase_add_test(tc, shared_memory_is_promised_once);
	suite_add_tcase(s, tc);
	tc = tcase_create("random");
	tcase_add_test(tc, random_life_sv39);
	tcase_add_test(tc, random_life_sv48);
	tcase_add_test(tc, random_life_sv57);
	tcase_add_test(tc, random_life_small_tlb);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(space_suite);
