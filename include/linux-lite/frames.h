/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * frames.h - which frames of a zone are free: what every page allocator design can do.
 *
 * page_alloc.c (policy) and pcp.c (each hart's own lists) stand in front; behind them one
 * design, picked in menuconfig, keeps the zone's free frames. frames_alloc() is
 * buddy_alloc() of mm/frame/buddy.c when that is picked, and so on for each name below:
 *
 *   frames_index_size(zone)           bytes that frames_init() wants for its index
 *   frames_init(zone, index)          nothing is free yet; the zone keeps @index
 *   frames_alloc(zone, order, type)   one block of 2^order frames, aligned to its size
 *   frames_alloc_bulk(zone, order, type, nr, &chain)
 *                                     up to nr blocks, chained by pcp_next in front of *chain,
 *                                     with order and migratetype set; says how many
 *   frames_free(zone, page, order)    a block that is in no list and not in use
 *   frames_free_range(zone, start_pfn, end_pfn)
 *                                     many at once: boot
 *   frames_nr_free(zone, order)       free blocks of 2^order, for /proc. No lock: a snapshot
 *   frames_count_types(zone, &sums)   how these are spread over migrate types, and how many 2 MiB
 *                                     blocks are of each type, for /proc. No lock: a snapshot
 *   frames_may_have(zone, order)      could frames_alloc() find one? No lock: a hint, and no
 *                                     design says no while it has one
 *   frames_order_at(zone, pfn)        the order of the free block that holds a frame, or -1
 *   frames_block_type(zone, pfn)      the migrate type of the 2 MiB around a frame. No lock: a hint
 *   frames_emptiness(zone, pfn)       how empty the 2 MiB around a frame are, or 0: pages of
 *                                     emptier ones are better freed than reused. A hint
 *   frames_writes_pages               a constant: frames_free_range() takes whole pageblocks
 *                                     whose struct pages are not written yet
 *   frames_check(zone)                walk the invariants: 0, or the number of the broken one
 *
 * What they agree on: a block comes with state PGS_FREE_TAIL on all its frames, and goes back
 * with any state on its first one and PGS_FREE_TAIL on the others; zone->free_pages is the sum
 * of what is free. The functions are called under zone->lock with interrupts off (or at boot,
 * with one hart), where nothing else is said.
 *
 * Not behind this seam: compaction, isolation and ranges of frames (CONFIG_COMPACTION). They work
 * on the buddy allocator's pageblocks, and are not there with another design.
 *
 * Linux has one design and so no such seam; its names inside are __rmqueue() and
 * __free_one_page() in mm/page_alloc.c.
 */
#ifndef LINUX_LITE_FRAMES_H
#define LINUX_LITE_FRAMES_H

#if defined(CONFIG_FRAMES_FIRST_FIT)
#include <linux-lite/first_fit.h>
#define FRAMES(name)	first_fit_##name
#elif defined(CONFIG_FRAMES_FREE_LIST)
#include <linux-lite/free_list.h>
#define FRAMES(name)	free_list_##name
#else
#include <linux-lite/buddy.h>
#define FRAMES(name)	buddy_##name
#endif

#define frames_index_size	FRAMES(index_size)
#define frames_init		FRAMES(init)
#define frames_alloc		FRAMES(alloc)
#define frames_alloc_bulk	FRAMES(alloc_bulk)
#define frames_free		FRAMES(free)
#define frames_free_range	FRAMES(free_range)
#define frames_nr_free		FRAMES(nr_free)
#define frames_count_types	FRAMES(count_types)
#define frames_may_have		FRAMES(may_have)
#define frames_order_at		FRAMES(order_at)
#define frames_block_type	FRAMES(block_type)
#define frames_emptiness	FRAMES(emptiness)
#define frames_writes_pages	FRAMES(writes_pages)
#define frames_check		FRAMES(check)

#endif
