// SPDX-License-Identifier: GPL-2.0-only
/*
 * chapters_test.c - pictures and exercises of the chapters on frames and objects (exercise.h).
 */
#include "exercise.h"
#include "one_zone.h"

#include <asm/host.h>
#include <linux-lite/kernel.h>
#include <linux-lite/memblock.h>
#include <linux-lite/pcp.h>
#include <linux-lite/slab.h>
#include <linux-lite/slab_def.h>
#include <linux-lite/vmalloc.h>
#include <linux-lite/vmap_area.h>

/* ---- memblock.md --------------------------------------------------------------------- */

/* 128 MiB at 2 GiB: firmware in front, a kernel, and memory behind it for an allocation to clear. */
static void small_machine(void)
{
	static char *ram;		/* static: reachable, so not a leak */

	ram = aligned_alloc(PAGE_SIZE, MiB(128));
	ck_assert_ptr_nonnull(ram);
	host_page_offset = (unsigned long)ram - 0x80000000UL;
	ck_assert_int_eq(memblock_add(0x80000000UL, MiB(128)), 0);
	ck_assert_int_eq(memblock_reserve(0x80000000UL, KiB(512)), 0);
	ck_assert_int_eq(memblock_reserve(0x80200000UL, MiB(8)), 0);
}

static unsigned int nr_reserved(void)
{
	phys_addr_t base, size;
	unsigned int n = 0;

	while (memblock_reserved_region(n, &base, &size))
		n++;
	return n;
}

START_TEST(memblock_1)
{
	small_machine();
	check_answer((long)memblock_phys_alloc(MiB(1), MiB(2)), 0x87e00000);
}
END_TEST

START_TEST(memblock_2)
{
	small_machine();
	memblock_phys_alloc(MiB(1), MiB(2));
	check_answer((long)memblock_phys_alloc(MiB(1), PAGE_SIZE), 0x87f00000);
}
END_TEST

START_TEST(memblock_3)
{
	small_machine();
	memblock_reserve(0x80100000UL, MiB(1));
	memblock_phys_free(0x80300000UL, MiB(1));
	check_answer(nr_reserved(), 3);
}
END_TEST

/* ---- buddy.md ------------------------------------------------------------------------ */

#ifdef CONFIG_FRAMES_BUDDY

#define NR_FRAMES		16u
#define CELL		4u		/* characters a frame */

/* Add a row to @at: blocks of one order that are free, or for order -1 frames in use. */
static char *draw_row(char *at, int order)
{
	char row[NR_FRAMES * CELL + 1];

	memset(row, ' ', sizeof(row));
	for (unsigned int i = 0; i < NR_FRAMES; i++) {
		int free = buddy_order_at(zone, START_PFN + i);
		unsigned int end = (i + (1u << (order < 0 ? 0 : order))) * CELL;

		if (order < 0 ? free >= 0 : free != order || i % (1u << order))
			continue;
		memset(row + i * CELL, order < 0 ? '#' : '=', end - i * CELL);
		row[i * CELL] = order < 0 ? ' ' : '[';
		row[end - 1] = order < 0 ? ' ' : ']';
	}
	row[NR_FRAMES * CELL] = '\0';
	for (size_t len = strlen(row); len && row[len - 1] == ' '; )
		row[--len] = '\0';
	if (!*row)
		return at;
	if (order < 0)
		return at + sprintf(at, "    in use   %s\n", row);
	return at + sprintf(at, "    order %d  %s\n", order, row);
}

static char *draw(char *at, const char *title)
{
	at += sprintf(at, "    %s\n", title);
	for (int order = MAX_ORDER; order >= -1; order--)
		at = draw_row(at, order);
	return at;
}

START_TEST(a_split_and_a_merge)
{
	char picture[4096], *at = picture;
	struct page *a, *b;

	make_zone(0, NR_FRAMES);
	at = draw(at, "all free");
	a = buddy_alloc(zone, 0, MIGRATE_MOVABLE);
	at = draw(at, "a = one frame");
	b = buddy_alloc(zone, 1, MIGRATE_MOVABLE);
	at = draw(at, "b = two frames");
	buddy_free(zone, a, 0);
	at = draw(at, "a freed");
	buddy_free(zone, b, 1);
	draw(at, "b freed");
	check_picture(picture, "Documentation/buddy.md");
}
END_TEST

START_TEST(buddy_1)
{
	long blocks = 0;

	make_zone(0, NR_FRAMES);
	buddy_alloc(zone, 0, MIGRATE_MOVABLE);
	buddy_alloc(zone, 0, MIGRATE_MOVABLE);
	for (unsigned int order = 0; order <= MAX_ORDER; order++)
		blocks += buddy_nr_free(zone, order);
	check_answer(blocks, 3);
}
END_TEST

START_TEST(buddy_2)
{
	make_zone(0, NR_FRAMES);
	buddy_alloc(zone, 0, MIGRATE_MOVABLE);
	buddy_alloc(zone, 2, MIGRATE_MOVABLE);
	check_answer((long)index_of(buddy_alloc(zone, 1, MIGRATE_MOVABLE)), 2);
}
END_TEST

/* Every second frame stays in use. */
START_TEST(buddy_3)
{
	struct page *frame[1024];
	long in_use = 0;

	make_zone(0, 1024);
	for (int i = 0; i < 1024; i++)
		frame[i] = buddy_alloc(zone, 0, MIGRATE_MOVABLE);
	for (int i = 0; i < 1024; i++) {
		if (index_of(frame[i]) % 2)
			buddy_free(zone, frame[i], 0);
		else
			in_use++;
	}
	ck_assert_ptr_null(buddy_alloc(zone, 1, MIGRATE_MOVABLE));
	check_answer(in_use, 512);
}
END_TEST

/* The most blocks that a request of one frame can leave of whole memory. */
START_TEST(buddy_4)
{
	long blocks = 0;

	make_zone(0, 1024);
	buddy_alloc(zone, 0, MIGRATE_MOVABLE);
	for (unsigned int order = 0; order <= MAX_ORDER; order++)
		blocks += buddy_nr_free(zone, order);
	check_answer(blocks, 10);
}
END_TEST

#endif

/* ---- pcp.md -------------------------------------------------------------------------- */

#ifdef CONFIG_PCP

static unsigned long on_lists(void)
{
	return pcp_stat(0, ZONE_DMA32).pages;
}

/* A machine of 64 MiB, whose lists are empty. */
static void boot_drained(void)
{
	host_boot(&(struct host_config){ .ram_bytes = MiB(64) });
	drain_all_pages();
}

START_TEST(pcp_1)
{
	boot_drained();
	alloc_page(GFP_KERNEL);
	check_answer((long)on_lists(), 14);
}
END_TEST

START_TEST(pcp_2)
{
	struct page *page;

	boot_drained();
	page = alloc_page(GFP_KERNEL);
	for (int i = 0; i < 1000; i++) {
		__free_page(page);
		page = alloc_page(GFP_KERNEL);
	}
	check_answer((long)on_lists(), 14);
}
END_TEST

START_TEST(pcp_3)
{
	boot_drained();
	alloc_page(GFP_KERNEL);
	alloc_page(GFP_HIGHUSER_MOVABLE);
	check_answer((long)on_lists(), 28);
}
END_TEST

#endif

/* ---- kmalloc.md ---------------------------------------------------------------------- */

#ifndef CONFIG_SLOB		/* which has neither classes nor slabs */

START_TEST(kmalloc_1)
{
	host_boot(NULL);
	check_answer((long)ksize(kmalloc(100, GFP_KERNEL)), 112);
}
END_TEST

START_TEST(kmalloc_2)
{
	host_boot(NULL);
	check_answer((long)ksize(kmalloc(8193, GFP_KERNEL)), 16384);
}
END_TEST

/* Bytes wasted a hundred bytes asked for, over all sizes from 65 to 128. */
START_TEST(kmalloc_3)
{
	unsigned long asked = 0, got = 0;

	host_boot(NULL);
	for (unsigned int size = 65; size <= 128; size++) {
		asked += size;
		got += kmalloc_cache_of(size)->object_size;
	}
	check_answer((long)((got - asked) * 100 / asked), 7);
}
END_TEST

/* ---- slab.md ------------------------------------------------------------------------- */

START_TEST(slab_1)
{
	host_boot(NULL);
	check_answer(kmem_cache_create("exercise", 700, 0, 0, NULL)->objects_per_slab, 11);
}
END_TEST

#endif

/* ---- vmalloc.md ---------------------------------------------------------------------- */

START_TEST(vmalloc_1)
{
	unsigned long before;

	host_boot(NULL);
	before = vmap_area_used_bytes();
	vmalloc(1);
	check_answer((long)(vmap_area_used_bytes() - before), 8192);
}
END_TEST

START_TEST(vmalloc_2)
{
	char *first, *second;

	host_boot(NULL);
	first = vmalloc(3 * PAGE_SIZE);
	vfree(first);
	second = vmalloc(3 * PAGE_SIZE);
	check_answer(second - first, 16384);
}
END_TEST

START_TEST(vmalloc_3)
{
	char *first, *second;

	host_boot(NULL);
	first = vmalloc(3 * PAGE_SIZE);
	vfree(first);
	vm_unmap_aliases();
	second = vmalloc(PAGE_SIZE);
	check_answer(second - first, 0);
}
END_TEST

static Suite *chapters_suite(void)
{
	Suite *s = suite_create("exercises");
	TCase *tc = tcase_create("chapters");

	tcase_add_test(tc, memblock_1);
	tcase_add_test(tc, memblock_2);
	tcase_add_test(tc, memblock_3);
#ifdef CONFIG_FRAMES_BUDDY
	tcase_add_test(tc, a_split_and_a_merge);
	tcase_add_test(tc, buddy_1);
	tcase_add_test(tc, buddy_2);
	tcase_add_test(tc, buddy_3);
	tcase_add_test(tc, buddy_4);
#endif
#ifdef CONFIG_PCP
	tcase_add_test(tc, pcp_1);
	tcase_add_test(tc, pcp_2);
	tcase_add_test(tc, pcp_3);
#endif
#ifndef CONFIG_SLOB
	tcase_add_test(tc, kmalloc_1);
	if (MAX_ORDER > 0)
		tcase_add_test(tc, kmalloc_2);
	tcase_add_test(tc, kmalloc_3);
	if (MAX_ORDER > 0)
		tcase_add_test(tc, slab_1);
#endif
	tcase_add_test(tc, vmalloc_1);
	tcase_add_test(tc, vmalloc_2);
	tcase_add_test(tc, vmalloc_3);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(chapters_suite);
