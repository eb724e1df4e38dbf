// SPDX-License-Identifier: GPL-2.0-only
/*
 * slab_debug_test.c - mm/slab/slab_debug.c, slab_report.c and slab_param.c: each way to misuse
 * an object is reported, in Linux's words, and does no further harm.
 */
#include "suite.h"
#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <asm/host.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/slab_debug.h>
#include <linux-lite/slab_design.h>

#ifdef CONFIG_SLAB_DEBUG	/* on the host: with each design that can */

/* ---- the log ------------------------------------------------------------------------- */

#define LINE	"============================================================================="

/* Is there one report, and does it begin with "BUG @what"? */
static void one_report(const char *what)
{
	const char *log = heard(), *first = strstr(log, LINE "\nBUG ");
	char expected[200];

	snprintf(expected, sizeof(expected), LINE "\nBUG %s\n------", what);
	ck_assert_msg(first && !strncmp(first, expected, strlen(expected)),
		      "expected \"BUG %s\", heard:\n%s", what, log);
	ck_assert_msg(!strstr(first + 1, LINE), "a second report:\n%s", log);
}

/* Pointers may be given to %016lx as they are: here they are as wide as a long. */
static void says(const char *fmt, ...)
{
	char expected[200];
	va_list args;

	va_start(args, fmt);
	vsnprintf(expected, sizeof(expected), fmt, args);
	va_end(args);
	ck_assert_msg(strstr(log_text, expected), "\"%s\" is not in:\n%s", expected, log_text);
}

static void is_silent(void)
{
	const char *log = heard();

	ck_assert_msg(!*log, "nothing was wrong, but:\n%s", log);
}

/* ---- the cache under test ---------------------------------------------------------------- */

static struct kmem_cache *cache;

static void boot_with(const char *slab_debug)
{
	host_boot(&(struct host_config){ .slab_debug = slab_debug });
}

static void boot(void)
{
	boot_with("FZPU,victim");
	cache = kmem_cache_create("victim", 40, 0, 0, NULL);
	ck_assert_uint_eq(cache->debug, SLAB_DEBUG_DEFAULT);
	ck_assert_uint_eq(cache->magazine_limit, 0);
}

/* What was found stays out, and the books are right. */
static void cache_is_sound(void)
{
	ck_assert_int_eq(slab_check(cache), 0);
}

START_TEST(proper_use_is_silent)
{
	unsigned char *o[300];

	listen();
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 300; i++) {
			o[i] = kmem_cache_alloc(cache, GFP_KERNEL);
			memset(o[i], i, 40);
		}
		for (int i = 0; i < 300; i++) {
			ck_assert_uint_eq(o[i][0], (unsigned char)i);
			ck_assert_uint_eq(o[i][39], (unsigned char)i);
			kmem_cache_free(cache, o[i]);
		}
		ck_assert_uint_le(cache->nr_empty, MAX_EMPTY_SLABS);
	}
	kmem_cache_shrink(cache);
	ck_assert_uint_eq(cache->nr_slabs, 0);
	kmem_cache_destroy(cache);
	is_silent();
}
END_TEST

START_TEST(fresh_objects_hold_poison_and_zalloc_zeroes)
{
	unsigned char *o = kmem_cache_alloc(cache, GFP_KERNEL);

	for (int i = 0; i < 39; i++)
		ck_assert_uint_eq(o[i], 0x6b);
	ck_assert_uint_eq(o[39], 0xa5);
	for (int i = 1; i <= 8; i++)
		ck_assert_uint_eq(o[-i], 0xcc);
	for (int i = 40; i < 48; i++)
		ck_assert_uint_eq(o[i], 0xcc);
	kmem_cache_free(cache, o);
	for (int i = 1; i <= 8; i++)
		ck_assert_uint_eq(o[-i], 0xbb);
	o = kmem_cache_zalloc(cache, GFP_KERNEL);
	for (int i = 0; i < 40; i++)
		ck_assert_uint_eq(o[i], 0);
}
END_TEST

START_TEST(write_behind_the_object)
{
	unsigned char *o = kmem_cache_alloc(cache, GFP_KERNEL);

	o[41] = 0x11;
	o[44] = 0x22;
	listen();
	kmem_cache_free(cache, o);
	one_report("victim (Not tainted): Right Redzone overwritten");
	says("0x%016lx-0x%016lx @offset=%u. First byte 0x11 instead of 0xcc", o + 41, o + 44, 8 + 41);
	says("Allocated in ");
	says("Object 0x%016lx @offset=8 fp=0x", o);
	says("Redzone  %016lx: cc cc cc cc cc cc cc cc ", (unsigned long)o - 8);
	says("Object   %016lx: 6b 6b 6b", (unsigned long)o);
	says("6b 6b a5                          kkkkkkk.");
	says("Redzone  %016lx: cc 11 cc cc 22 cc cc cc ", (unsigned long)o + 40);
	says("Padding  ");
	says("Call Trace:");
	says("FIX victim: Restoring Right Redzone 0x%016lx-0x%016lx=0xcc", o + 41, o + 44);
	says("FIX victim: Object at 0x%016lx not freed", o);
	for (int i = 40; i < 48; i++)
		ck_assert_uint_eq(o[i], 0xcc);
	cache_is_sound();
	/* It is not handed out again. */
	for (int i = 0; i < 100; i++)
		ck_assert_ptr_ne(kmem_cache_alloc(cache, GFP_KERNEL), o);
}
END_TEST

START_TEST(write_before_the_object)
{
	unsigned char *o = kmem_cache_alloc(cache, GFP_KERNEL);

	o[-1] = 0;
	listen();
	kmem_cache_free(cache, o);
	one_report("victim (Not tainted): Left Redzone overwritten");
	says("0x%016lx-0x%016lx @offset=7. First byte 0x0 instead of 0xcc", o - 1, o - 1);
	cache_is_sound();
}
END_TEST

START_TEST(write_to_the_padding)
{
	unsigned char *o = kmem_cache_alloc(cache, GFP_KERNEL);

	o[cache->size - cache->red_left - 1] = 0;
	listen();
	kmem_cache_free(cache, o);
	one_report("victim (Not tainted): Object padding overwritten");
	says("FIX victim: Object at 0x%016lx not freed", o);
	cache_is_sound();
}
END_TEST

/* The pages' rest, which belongs to no object, is mended; nobody is to blame. */
START_TEST(write_behind_the_last_object)
{
	unsigned char *o = kmem_cache_alloc(cache, GFP_KERNEL);
	struct page *page = virt_to_page(o);
	unsigned int used = page->objects * cache->size;
	unsigned char *rest = (unsigned char *)page_address(page) + used;

	ck_assert_uint_lt(used, PAGE_SIZE << page->order);
	rest[1] = 1;
	listen();
	kmem_cache_free(cache, o);
	heard();
	says("BUG victim (Not tainted): Padding overwritten. 0x%016lx-0x%016lx @offset=%u", rest + 1,
	     rest + 1, used + 1);
	ck_assert_uint_eq(rest[1], 0x5a);
	listen();
	ck_assert_ptr_eq(kmem_cache_alloc(cache, GFP_KERNEL), o);
	is_silent();
}
END_TEST

START_TEST(use_after_free_is_seen_at_the_next_allocation)
{
	unsigned char *o = kmem_cache_alloc(cache, GFP_KERNEL), *next;

	kmem_cache_free(cache, o);
	o[16] = 0x41;
	listen();
	next = kmem_cache_alloc(cache, GFP_KERNEL);
	one_report("victim (Not tainted): Poison overwritten");
	says("0x%016lx-0x%016lx @offset=24. First byte 0x41 instead of 0x6b", o + 16, o + 16);
	says("Allocated in ");
	says("Freed in ");
	says("FIX victim: Marking all objects used");
	ck_assert_ptr_nonnull(next);
	ck_assert_ptr_ne(virt_to_page(next), virt_to_page(o));
	cache_is_sound();
}
END_TEST

START_TEST(use_after_free_of_the_last_byte)
{
	unsigned char *o = kmem_cache_alloc(cache, GFP_KERNEL);

	kmem_cache_free(cache, o);
	o[39] = 0x6b;
	listen();
	kmem_cache_alloc(cache, GFP_KERNEL);
	one_report("victim (Not tainted): End Poison overwritten");
}
END_TEST

/* Nobody allocates it any more: it is seen when the slab goes. */
START_TEST(use_after_free_is_seen_when_the_slab_goes)
{
	unsigned char *o = kmem_cache_alloc(cache, GFP_KERNEL);

	kmem_cache_free(cache, o);
	o[0] = 0;
	listen();
	kmem_cache_shrink(cache);
	one_report("victim (Not tainted): Poison overwritten");
	ck_assert_uint_eq(cache->nr_slabs, 0);
}
END_TEST

START_TEST(double_free)
{
	unsigned char *o = kmem_cache_alloc(cache, GFP_KERNEL);

	kmem_cache_free(cache, kmem_cache_alloc(cache, GFP_KERNEL));
	kmem_cache_free(cache, o);
	listen();
	kmem_cache_free(cache, o);
	one_report("victim (Not tainted): Object already free");
	says("Allocated in ");
	says("Freed in ");
	says("FIX victim: Object at 0x%016lx not freed", o);
	cache_is_sound();
	/* It was free, and stays so: once. */
	ck_assert_ptr_eq(kmem_cache_alloc(cache, GFP_KERNEL), o);
	ck_assert_ptr_ne(kmem_cache_alloc(cache, GFP_KERNEL), o);
}
END_TEST

START_TEST(second_report_says_tainted)
{
	void *o = kmem_cache_alloc(cache, GFP_KERNEL);

	kmem_cache_free(cache, o);
	listen();
	kmem_cache_free(cache, o);
	one_report("victim (Not tainted): Object already free");
	listen();
	kmem_cache_free(cache, o);
	one_report("victim (Tainted: G    B): Object already free");
}
END_TEST

START_TEST(free_of_the_middle_of_an_object)
{
	unsigned char *o = kmem_cache_alloc(cache, GFP_KERNEL);

	listen();
	kmem_cache_free(cache, o + 8);
	heard();
	says("BUG victim (Not tainted): Invalid object pointer 0x%016lx\n", o + 8);
	says("FIX victim: Object at 0x%016lx not freed", o + 8);
	cache_is_sound();
	listen();
	kmem_cache_free(cache, o);
	is_silent();
}
END_TEST

START_TEST(free_of_what_is_no_object)
{
	void *page = (void *)__get_free_pages(GFP_KERNEL, 0);
	char on_the_stack;
	const void *wild[] = { page, &on_the_stack, (void *)0x4711 };

	for (unsigned int i = 0; i < 3; i++) {
		listen();
		kmem_cache_free(cache, (void *)wild[i]);
		heard();
		says("): Attempt to free object(0x%016lx) outside of slab\n", wild[i]);
	}
	cache_is_sound();
}
END_TEST

/* It goes home to the cache that it is of. */
START_TEST(free_to_the_wrong_cache)
{
	struct kmem_cache *other = kmem_cache_create("other", 40, 0, SLAB_RED_ZONE, NULL);
	void *o = kmem_cache_alloc(other, GFP_KERNEL);

	listen();
	kmem_cache_free(cache, o);
	one_report("victim (Not tainted): Wrong slab cache. victim but object is from other");
	ck_assert_uint_eq(other->nr_inuse, 0);
	cache_is_sound();
}
END_TEST

START_TEST(a_damaged_link_is_not_followed)
{
	unsigned char *o[3];

	for (int i = 0; i < 3; i++)
		o[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	for (int i = 0; i < 3; i++)
		kmem_cache_free(cache, o[i]);
	*(unsigned long *)(o[2] + cache->link_offset) = 0x4711;
	listen();
	ck_assert_ptr_nonnull(kmem_cache_alloc(cache, GFP_KERNEL));
	one_report("victim (Not tainted): Freepointer corrupt");
	cache_is_sound();
}
END_TEST

START_TEST(a_damaged_list_is_cut)
{
	unsigned char *o[4];

	for (int i = 0; i < 4; i++)
		o[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	kmem_cache_free(cache, o[1]);
	kmem_cache_free(cache, o[2]);		/* the list: o[2], o[1], ... */
	*(unsigned long *)(o[1] + cache->link_offset) = (unsigned long)o[1] + 1;
	listen();
	kmem_cache_free(cache, o[3]);
	one_report("victim (Not tainted): Freechain corrupt");
	says("FIX victim: Freelist cut after 2 objects");
	cache_is_sound();
	ck_assert_ptr_eq(kmem_cache_alloc(cache, GFP_KERNEL), o[3]);
	ck_assert_ptr_eq(kmem_cache_alloc(cache, GFP_KERNEL), o[2]);
	ck_assert_ptr_eq(kmem_cache_alloc(cache, GFP_KERNEL), o[1]);
	ck_assert_ptr_ne(virt_to_page(kmem_cache_alloc(cache, GFP_KERNEL)), virt_to_page(o[0]));
}
END_TEST

START_TEST(a_list_that_bites_its_tail_is_cut)
{
	unsigned char *o[3];

	for (int i = 0; i < 3; i++)
		o[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	kmem_cache_free(cache, o[0]);
	kmem_cache_free(cache, o[1]);
	*(void **)(o[0] + cache->link_offset) = o[1];
	listen();
	kmem_cache_free(cache, o[2]);
	one_report("victim (Not tainted): Freechain corrupt");
}
END_TEST

START_TEST(leaks_are_listed_with_who_allocated_them)
{
	unsigned char *o[3];

	for (int i = 0; i < 3; i++)
		o[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	kmem_cache_free(cache, o[1]);
	listen();
	kmem_cache_destroy(cache);
	one_report("victim (Not tainted): Objects remaining in victim on __kmem_cache_shutdown()");
	says("objects=%u used=2 fp=0x%016lx", virt_to_page(o[0])->objects, o[1]);
	says("Object 0x%016lx @offset=8\nAllocated in ", o[0]);
	says("Object 0x%016lx @offset=%u\nAllocated in ", o[2], 8 + 2 * cache->size);
	ck_assert_ptr_null(strstr(log_text, "Freed in"));
	says("kmem_cache_destroy victim: Slab cache still has objects");
	listen();
	kmem_cache_free(cache, o[0]);
	kmem_cache_free(cache, o[2]);
	kmem_cache_destroy(cache);
	is_silent();
}
END_TEST

START_TEST(leaks_of_plain_caches_are_listed_too)
{
	struct kmem_cache *plain = kmem_cache_create("plain", 100, 0, 0, NULL);
	void *o = kmem_cache_alloc(plain, GFP_KERNEL);

	listen();
	kmem_cache_destroy(plain);
	one_report("plain (Not tainted): Objects remaining in plain on __kmem_cache_shutdown()");
	says("Object 0x%016lx @offset=%lu\n", o, (unsigned long)o % PAGE_SIZE);
	ck_assert_ptr_null(strstr(log_text, "Allocated in"));
}
END_TEST

START_TEST(leaks_that_fill_their_slab_are_listed)
{
	struct kmem_cache *plain = kmem_cache_create("plain", PAGE_SIZE << SLAB_MAX_ORDER, 0, 0, NULL);
	void *o = kmem_cache_alloc(plain, GFP_KERNEL);

	ck_assert_uint_eq(virt_to_page(o)->objects, 1);
	listen();
	kmem_cache_destroy(plain);
	one_report("plain (Not tainted): Objects remaining in plain on __kmem_cache_shutdown()");
	says("Object 0x%016lx @offset=0\n", o);
}
END_TEST

static void construct(void *object)
{
	memset(object, 0x77, 40);
}

START_TEST(constructed_objects_are_not_poisoned)
{
	struct kmem_cache *s = kmem_cache_create("ctor", 40, 0, SLAB_DEBUG_DEFAULT, construct);
	unsigned char *o;

	listen();
	for (int round = 0; round < 3; round++) {
		o = kmem_cache_alloc(s, GFP_KERNEL);
		for (int i = 0; i < 40; i++)
			ck_assert_uint_eq(o[i], 0x77);
		kmem_cache_free(s, o);
	}
	kmem_cache_destroy(s);
	is_silent();
}
END_TEST

/* All sorts of sizes and alignments, each with all flags and with some. */
START_TEST(layouts_keep_promises)
{
	static const unsigned int sizes[] = { 1, 7, 8, 24, 40, 63, 64, 100, 1000, 4096, 20000 };
	static const unsigned int flags[] = {
		SLAB_DEBUG_DEFAULT, SLAB_RED_ZONE, SLAB_POISON, SLAB_STORE_USER,
		SLAB_CONSISTENCY_CHECKS, SLAB_CONSISTENCY_CHECKS | SLAB_RED_ZONE,
		SLAB_CONSISTENCY_CHECKS | SLAB_POISON,
	};
	unsigned int size = sizes[_i], align = size == 64 || size == 4096 ? size : 0;
	unsigned char *o[40];

	listen();
	for (unsigned int f = 0; f < sizeof(flags) / sizeof(flags[0]); f++) {
		struct kmem_cache *s = kmem_cache_create("layout", size, align, flags[f], NULL);

		ck_assert_ptr_nonnull(s);
		ck_assert_uint_eq(s->debug, flags[f]);
		for (int i = 0; i < 40; i++) {
			o[i] = kmem_cache_alloc(s, GFP_KERNEL);
			ck_assert_ptr_nonnull(o[i]);
			ck_assert_uint_eq((uintptr_t)o[i] % (align ? align : 8), 0);
			memset(o[i], i, size);
		}
		for (int i = 0; i < 40; i++) {
			ck_assert_uint_eq(o[i][0], i);
			ck_assert_uint_eq(o[i][size - 1], i);
			kmem_cache_free(s, o[i]);
		}
		ck_assert_int_eq(slab_check(s), 0);
		kmem_cache_destroy(s);
	}
	is_silent();
}
END_TEST

/* One byte too many, in caches whose objects end at a word and that do not. */
START_TEST(each_size_has_a_right_red_zone)
{
	struct kmem_cache *s;
	unsigned char *o;

	for (unsigned int size = 1; size <= 32; size++) {
		s = kmem_cache_create("zoned", size, 0, SLAB_DEBUG_DEFAULT, NULL);
		o = kmem_cache_alloc(s, GFP_KERNEL);
		o[size] = 0;
		listen();
		kmem_cache_free(s, o);
		heard();
		says("Right Redzone overwritten");
		ck_assert_int_eq(slab_check(s), 0);
	}
}
END_TEST

/* ---- kmalloc ----------------------------------------------------------------------------- */

START_TEST(kmalloc_under_watch)
{
	struct kmem_cache *plain;
	char *p, *big;
	void *o[100];

	boot_with("FZPU,kmalloc-*");
	listen();
	for (unsigned int size = 1; size <= 8192; size = size * 5 / 4 + 1) {
		p = kmalloc(size, GFP_KERNEL);
		ck_assert_ptr_nonnull(p);
		ck_assert_uint_ge(ksize(p), size);
		memset(p, 0x33, ksize(p));
		p = krealloc(p, 2 * size, GFP_KERNEL);
		ck_assert_int_eq(p[size - 1], 0x33);
		kfree(p);
	}
	for (unsigned int size = 8; size <= 4096; size *= 2) {
		p = kmalloc(size, GFP_KERNEL);
		ck_assert_uint_eq((uintptr_t)p % size, 0);
		kfree(p);
	}
	big = kmalloc(100000, GFP_KERNEL);
	kfree(big);
	/* A plain cache's magazines are objects of watched caches. */
	plain = kmem_cache_create("plain", 100, 0, 0, NULL);
	ck_assert_int_eq(kmem_cache_alloc_bulk(plain, GFP_KERNEL, 100, o), 100);
	kmem_cache_free_bulk(plain, 100, o);
	kmem_cache_destroy(plain);
	for (unsigned int size = 8; size <= 8192; size += 8)
		kmem_cache_shrink(kmalloc_cache_of(size));
	is_silent();

	p = kmalloc(64, GFP_KERNEL);
	p[64] = 1;
	listen();
	kfree(p);
	one_report("kmalloc-64 (Not tainted): Right Redzone overwritten");
	p = kmalloc(64, GFP_KERNEL);
	listen();
	kfree(p + 4);
	heard();
	says("BUG kmalloc-64 (Tainted: G    B): Invalid object pointer 0x%016lx", p + 4);
}
END_TEST

START_TEST(bulk_under_watch)
{
	void *o[100];

	listen();
	ck_assert_int_eq(kmem_cache_alloc_bulk(cache, GFP_KERNEL | __GFP_ZERO, 100, o), 100);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(((char *)o[i])[39], 0);
	kmem_cache_free_bulk(cache, 100, o);
	ck_assert_uint_eq(cache->nr_inuse, 0);
	is_silent();
}
END_TEST

/* ---- slab_debug= ------------------------------------------------------------------------- */

#define F	SLAB_CONSISTENCY_CHECKS
#define Z	SLAB_RED_ZONE
#define P	SLAB_POISON
#define U	SLAB_STORE_USER
#define ALL	SLAB_DEBUG_DEFAULT

static const struct {
	const char *value, *name;
	unsigned int flags;
} params[] = {
	{ NULL, "dentry", ALL }, { "", "dentry", ALL }, { "FZPU", "dentry", ALL },
	{ "fz", "dentry", F | Z }, { "-", "dentry", 0 }, { "T", "dentry", SLAB_TRACE },
	{ "FA", "dentry", F }, { "F-P", "dentry", P }, { "F?Z", "dentry", F | Z },
	{ "FZ,dentry", "dentry", F | Z }, { "FZ,dentry", "inode", 0 },
	{ ",dentry", "dentry", ALL }, { ",dentry", "inode", 0 },
	{ "P,inode,dentry", "dentry", P }, { "P,inode,dentry", "inode", P },
	{ "P,inode,dentry", "dentries", 0 }, { "P,dentries", "dentry", 0 },
	{ "P,inode,dentry", "inode2", 0 }, { "P,inode,dentry", "dentry2", 0 },
	{ "Z,kmalloc-*", "kmalloc-64", Z }, { "Z,kmalloc-*", "kmalloc", 0 },
	{ "Z,kmalloc-*,dentry", "dentry", Z }, { "Z,*", "anything", Z },
	{ "FZ;PU,dentry", "dentry", P | U }, { "FZ;PU,dentry", "inode", F | Z },
	{ "PU,dentry;FZ", "dentry", P | U }, { "PU,dentry;FZ", "inode", F | Z },
	{ "F,a;Z,b;;P,c;", "a", F }, { "F,a;Z,b;;P,c;", "b", Z }, { "F,a;Z,b;;P,c;", "c", P },
	{ "F,a;Z,b;;P,c;", "d", 0 }, { "F,a*;Z,ab", "ab", F },
	{ "FZPU;-,dentry", "dentry", 0 }, { "FZPU;-,dentry", "inode", ALL },
};

START_TEST(words_of_the_command_line)
{
	listen();
	slab_debug_setup("-");
	slab_debug_setup(params[_i].value);
	ck_assert_uint_eq(slab_debug_flags(params[_i].name, 0), params[_i].flags);
	ck_assert_uint_eq(slab_debug_flags(params[_i].name, Z | SLAB_HWCACHE_ALIGN),
			  params[_i].flags | Z);
	heard();
	ck_assert_int_eq(!!strstr(log_text, "slab_debug option '?' unknown. skipped"),
			 params[_i].value && strchr(params[_i].value, '?'));
}
END_TEST

START_TEST(letter_o_spares_caches_that_would_need_larger_slabs)
{
	struct kmem_cache *s;

	boot_with("FZPUO");
	s = kmem_cache_create("page", 4096, 0, 0, NULL);
	ck_assert_uint_eq(s->debug, F);
	ck_assert_uint_eq(s->size, 4096);
	s = kmem_cache_create("small", 100, 0, 0, NULL);
	ck_assert_uint_eq(s->debug, ALL);
}
END_TEST

START_TEST(letter_t_tells_each_call)
{
	struct kmem_cache *s;
	void *o;

	boot_with("-");
	setenv("LINUX_LITE_LOG", "1", 1);
	s = kmem_cache_create("told", 24, 0, SLAB_TRACE, NULL);
	listen();
	o = kmem_cache_alloc(s, GFP_KERNEL);
	kmem_cache_free(s, o);
	heard();
	says("TRACE told alloc 0x%016lx inuse=1 fp=0x", o);
	says("TRACE told free 0x%016lx inuse=1 fp=0x", o);
}
END_TEST

/* ---- two harts --------------------------------------------------------------------------- */

enum { ROUNDS = 3000, SHARED = 64 };
static void *shared[SHARED];

/* Swap what is in the slots for new objects: half of them were allocated by the other hart. */
static void swap_objects(void *unused)
{
	uint64_t rng = test_seed() + (uintptr_t)unused;

	for (int i = 0; i < ROUNDS; i++) {
		void *new = kmem_cache_alloc(cache, GFP_KERNEL), *old;

		memset(new, i, 40);
		old = __atomic_exchange_n(&shared[test_random(&rng) % SHARED], new,
					  __ATOMIC_ACQ_REL);
		if (old)
			kmem_cache_free(cache, old);
		if (i % 500 == 0)
			kmem_cache_shrink(cache);
	}
}

START_TEST(two_harts_under_watch)
{
	host_boot(&(struct host_config){ .harts = 2, .slab_debug = "FZPU" });
	cache = kmem_cache_create("victim", 40, 0, 0, NULL);
	listen();
	host_run_on(1, swap_objects, (void *)1);
	swap_objects(NULL);
	host_join(1);
	for (int i = 0; i < SHARED; i++) {
		if (shared[i])
			kmem_cache_free(cache, shared[i]);
	}
	ck_assert_uint_eq(cache->nr_inuse, 0);
	cache_is_sound();
	kmem_cache_destroy(cache);
	is_silent();
}
END_TEST

static Suite *slab_debug_suite(void)
{
	Suite *s = suite_create("slab_debug");
	TCase *reports = tcase_create("reports");
	TCase *others = tcase_create("others");

	tcase_add_checked_fixture(reports, boot, NULL);
	tcase_add_test(reports, proper_use_is_silent);
	tcase_add_test(reports, fresh_objects_hold_poison_and_zalloc_zeroes);
	tcase_add_test(reports, write_behind_the_object);
	tcase_add_test(reports, write_before_the_object);
	tcase_add_test(reports, write_to_the_padding);
	tcase_add_test(reports, write_behind_the_last_object);
	tcase_add_test(reports, use_after_free_is_seen_at_the_next_allocation);
	tcase_add_test(reports, use_after_free_of_the_last_byte);
	tcase_add_test(reports, use_after_free_is_seen_when_the_slab_goes);
	tcase_add_test(reports, double_free);
	tcase_add_test(reports, second_report_says_tainted);
	tcase_add_test(reports, free_of_the_middle_of_an_object);
	tcase_add_test(reports, free_of_what_is_no_object);
	tcase_add_test(reports, free_to_the_wrong_cache);
	tcase_add_test(reports, a_damaged_link_is_not_followed);
	tcase_add_test(reports, a_damaged_list_is_cut);
	tcase_add_test(reports, a_list_that_bites_its_tail_is_cut);
	tcase_add_test(reports, leaks_are_listed_with_who_allocated_them);
	tcase_add_test(reports, leaks_of_plain_caches_are_listed_too);
	tcase_add_test(reports, leaks_that_fill_their_slab_are_listed);
	tcase_add_test(reports, constructed_objects_are_not_poisoned);
	tcase_add_loop_test(reports, layouts_keep_promises, 0, MAX_ORDER > 0 ? 11 : 9);
	tcase_add_test(reports, each_size_has_a_right_red_zone);
	tcase_add_test(reports, bulk_under_watch);
	suite_add_tcase(s, reports);
	if (MAX_ORDER > 0)
		tcase_add_test(others, kmalloc_under_watch);
	tcase_add_loop_test(others, words_of_the_command_line, 0,
			    (int)(sizeof(params) / sizeof(params[0])));
	tcase_add_test(others, letter_o_spares_caches_that_would_need_larger_slabs);
	tcase_add_test(others, letter_t_tells_each_call);
	suite_add_tcase(s, others);
	others = tcase_create("two_harts");
	tcase_add_test(others, two_harts_under_watch);
	suite_add_tcase(s, others);
	return s;
}
REGISTER_SUITE(slab_debug_suite);

#endif
