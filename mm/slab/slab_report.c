// SPDX-License-Identifier: GPL-2.0-only
/*
 * slab_report.c - what slab_debug.c has found, in Linux's words.
 *
 *	=============================================
 *	BUG dentry (Not tainted): Poison overwritten		slab_bug: cache, state, what
 *	---------------------------------------------
 *
 *	0x..9010-0x..9013 @offset=16. First byte 0x41 instead of 0x6b	where exactly
 *	Allocated in d_alloc+0x40/0x1a0 age=12 cpu=1 pid=41	whose it was: the first caller
 *	 kmem_cache_alloc+0x5c/0x80				that is no allocator, then all
 *	 d_alloc+0x40/0x1a0
 *	Freed in ... age=2 cpu=0 pid=42
 *	Slab 0x... objects=21 used=3 fp=0x... flags=0x80(slab|head)
 *	Object 0x... @offset=16 fp=0x...
 *
 *	Redzone  ...9008: bb bb bb bb bb bb bb bb		the bytes
 *	Object   ...9010: 41 41 41 41 6b 6b ...
 *	CPU: 0 PID: 42 Comm: sh Tainted: G    B			and who came across it,
 *	Call Trace: ...						perhaps long after the culprit
 *	FIX dentry: Restoring Poison 0x...-0x...=0x6b		what was done about it
 *
 * age= is in ticks of 10 ms. "Tainted: G    B": from the first report on the kernel's memory
 * cannot be trusted; each later report says so.
 *
 * Small cousin of the printing parts of Linux's mm/slub.c.
 */
#include <linux-lite/kallsyms.h>
#include <linux-lite/kernel.h>
#include <linux-lite/panic.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab_debug.h>
#include <linux-lite/stacktrace.h>
#include <linux-lite/string.h>
#include <linux-lite/time.h>
#include <linux-lite/vsprintf.h>

#define TICK_NS		10000000UL
#define ROW		16u

/* %p is not of a fixed width on the host. */
#define PTR		"0x%016lx"

static unsigned long num(const void *p)
{
	return (unsigned long)p;
}

static bool tainted;		/* a report was made; set once, read by reports only (a) */

bool slab_reported(void)
{
	return READ_ONCE(tainted);
}

static const char *print_tainted(void)
{
	return slab_reported() ? "Tainted: G    B" : "Not tainted";
}

static void slab_bug(const char *name, const char *fmt, va_list args)
{
	char text[100];

	vscnprintf(text, sizeof(text), fmt, args);
	pr_err("=============================================================================\n");
	pr_err("BUG %s (%s): %s\n", name, print_tainted(), text);
	pr_err("-----------------------------------------------------------------------------\n");
	pr_err("\n");
}

static __printf(2, 3) void slab_bug_in(const struct kmem_cache *s, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	slab_bug(s->name, fmt, args);
	va_end(args);
}

void slab_fix(const struct kmem_cache *s, const char *fmt, ...)
{
	char text[100];
	va_list args;

	va_start(args, fmt);
	vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	pr_err("FIX %s: %s\n", s->name, text);
}

/* The end of each report. */
static void dump_caller(void)
{
	pr_err("CPU: %u PID: %d Comm: %s %s\n", smp_processor_id(), current->pid, current->comm,
	       print_tainted());
	dump_stack();
	WRITE_ONCE(tainted, true);
}

/* "Object   ffffffd801234560: 6b 6b ...  kkkkkkkk", a line for 16 bytes. */
static void print_section(const char *title, const u8 *start, size_t nr)
{
	for (size_t at = 0; at < nr; at += ROW) {
		char hex[3 * ROW + 1], text[ROW + 1];
		size_t n = min(nr - at, (size_t)ROW);

		for (size_t i = 0; i < n; i++) {
			u8 c = start[at + i];

			scnprintf(hex + 3 * i, 4, "%02x ", c);
			text[i] = c >= ' ' && c <= '~' ? c : '.';
		}
		text[n] = '\0';
		pr_err("%s%016lx: %-48s %s\n", title, (unsigned long)(start + at), hex, text);
	}
}

/* ---- who ------------------------------------------------------------------------------- */

/* Is @addr in a function of slab.h's, which says nothing about who wanted the object? */
static bool in_allocator(unsigned long addr)
{
	static const char *const names[] = {
		"__kmem_cache_alloc", "kmem_cache_alloc", "kmem_cache_zalloc", "kmem_cache_free",
		"__kmalloc", "kmalloc", "kzalloc", "kcalloc", "krealloc", "kstrdup", "kfree",
	};
	const char *name = kallsyms_lookup(addr, NULL, NULL);

	for (size_t i = 0; name && i < ARRAY_SIZE(names); i++) {
		if (strstarts(name, names[i]))		/* kmem_cache_alloc_bulk, too */
			return true;
	}
	return false;
}

static void print_track(const char *what, const struct track *t)
{
	char name[KSYM_SYMBOL_LEN];
	unsigned int caller = 0;

	if (!t->when_ns)
		return;
	while (caller + 1 < t->nr && in_allocator(t->entries[caller]))
		caller++;
	sprint_symbol(name, t->nr ? t->entries[caller] : 0);
	pr_err("%s in %s age=%lu cpu=%u pid=%d\n", what, name,
	       (unsigned long)(arch_counter_ns() - t->when_ns) / TICK_NS, t->cpu, (int)t->pid);
	stack_trace_print(t->entries, t->nr, 0);
}

static void print_tracking(const struct kmem_cache *s, u8 *object)
{
	if (!(s->debug & SLAB_STORE_USER))
		return;
	print_track("Allocated", slab_track(s, object, TRACK_ALLOC));
	print_track("Freed", slab_track(s, object, TRACK_FREE));
}

/* ---- what ------------------------------------------------------------------------------ */

static unsigned long offset_of(const struct page *page, const u8 *p)
{
	return p - (const u8 *)page_address(page);
}

static void print_slab_info(const struct page *page)
{
	pr_err("Slab " PTR " objects=%u used=%u fp=" PTR " flags=0x%x(slab%s)\n", num(page),
	       page->objects, page->inuse, num(page->freelist), page->flags,
	       test_page_flag(page, PG_head) ? "|head" : "");
}

static void print_object(const struct kmem_cache *s, const struct page *page, u8 *object)
{
	const u8 *start = page_address(page), *end = object + s->object_size;
	u32 pad = slab_padding_offset(s), size = s->size - s->red_left;

	pr_err("Object " PTR " @offset=%lu fp=" PTR "\n", num(object), offset_of(page, object),
	       num(slab_link(s, object)));
	pr_err("\n");
	if (s->debug & SLAB_RED_ZONE)
		print_section("Redzone  ", object - s->red_left, s->red_left);
	else if (object > start + 16)
		print_section("Bytes b4 ", object - 16, 16);
	print_section("Object   ", object, min(s->object_size, (u32)PAGE_SIZE));
	if (s->debug & SLAB_RED_ZONE)
		print_section("Redzone  ", end, slab_red_end(s) - s->object_size);
	if (pad < size)
		print_section("Padding  ", object + pad, size - pad);
}

static void print_trailer(const struct kmem_cache *s, const struct page *page, u8 *object)
{
	print_tracking(s, object);
	print_slab_info(page);
	print_object(s, page, object);
	dump_caller();
}

/**
 * object_err - report a damaged or misused object
 * @s: its cache
 * @page: its slab
 * @object: where it begins
 * @reason: what is wrong
 */
void object_err(struct kmem_cache *s, const struct page *page, u8 *object, const char *reason)
{
	slab_bug_in(s, "%s", reason);
	print_trailer(s, page, object);
}

/* The same of a slab, when there is no object to show. */
void slab_err(struct kmem_cache *s, const struct page *page, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	slab_bug(s->name, fmt, args);
	va_end(args);
	print_slab_info(page);
	dump_caller();
}

/* [@fault, @end) should have @value; who calls this puts it there. */
void slab_report_bytes(struct kmem_cache *s, const struct page *page, u8 *object,
		       const char *what, u8 *fault, u8 *end, u8 value)
{
	slab_bug_in(s, "%s overwritten", what);
	pr_err(PTR "-" PTR " @offset=%lu. First byte 0x%x instead of 0x%x\n", num(fault),
	       num(end - 1), offset_of(page, fault), *fault, value);
	print_trailer(s, page, object);
	slab_fix(s, "Restoring %s " PTR "-" PTR "=0x%x", what, num(fault), num(end - 1), value);
}

/* The same behind the last object. */
void slab_report_padding(struct kmem_cache *s, const struct page *page, u8 *fault, u8 *end)
{
	slab_err(s, page, "Padding overwritten. " PTR "-" PTR " @offset=%lu", num(fault),
		 num(end - 1), offset_of(page, fault));
	print_section("Padding  ", fault, end - fault);
	slab_fix(s, "Restoring slab padding " PTR "-" PTR "=0x%x", num(fault), num(end - 1),
		 POISON_INUSE);
}

/* kmem_cache_free(@s, @object), but it is of @from; NULL: of none. */
void slab_report_wrong_cache(struct kmem_cache *s, struct kmem_cache *from, void *object)
{
	if (from)
		slab_bug_in(s, "Wrong slab cache. %s but object is from %s", s->name, from->name);
	else
		slab_bug_in(s, "Attempt to free object(" PTR ") outside of slab", num(object));
	dump_caller();
}

/* slab_debug=T */
void slab_trace(const struct kmem_cache *s, const struct page *page, u8 *object, bool alloc)
{
	pr_info("TRACE %s %s " PTR " inuse=%u fp=" PTR "\n", s->name, alloc ? "alloc" : "free",
		num(object), page->inuse, num(page->freelist));
	if (!alloc)
		print_section("Object   ", object, s->object_size);
	dump_stack();
}

/* ---- leaks ----------------------------------------------------------------------------- */

static bool is_free(const struct kmem_cache *s, const struct page *page, const u8 *object)
{
	const void *free = page->freelist;

	while (free && free != object)
		free = slab_link(s, free);
	return free;
}

static void list_used_objects(struct kmem_cache *s, const struct page *page)
{
	u8 *object = (u8 *)page_address(page) + s->red_left;

	slab_err(s, page, "Objects remaining in %s on __kmem_cache_shutdown()", s->name);
	for (u32 i = 0; i < page->objects; i++, object += s->size) {
		if (is_free(s, page, object))
			continue;
		pr_err("Object " PTR " @offset=%lu\n", num(object), offset_of(page, object));
		print_tracking(s, object);
	}
}

/**
 * slab_report_leaks - list the objects of a cache that nobody freed
 * @s: the cache, debugged or not; nobody uses it
 *
 * Context: any.
 */
void slab_report_leaks(struct kmem_cache *s)
{
	const struct page *page;
	unsigned long flags;

	spin_lock_irqsave(&s->lock, flags);
	list_for_each_entry(page, &s->partial, slab_list)
		list_used_objects(s, page);
	list_for_each_entry(page, &s->full, slab_list)
		list_used_objects(s, page);
	spin_unlock_irqrestore(&s->lock, flags);
}
