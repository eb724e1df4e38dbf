// SPDX-License-Identifier: GPL-2.0-only
/*
 * crashtest.c - CONFIG_CRASHTEST: ways to break the kernel, for the tests of what
 * happens then. `echo WORD >/proc/crashtest' as root.
 *
 * Small cousin of Linux's drivers/misc/lkdtm.
 */
#include <linux-lite/bug.h>
#include <linux-lite/crashtest.h>
#include <linux-lite/err.h>
#include <linux-lite/gfp.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/spinlock.h>
#include <linux-lite/string.h>

static const unsigned long rodata = 0xfeed;	/* volatile ones are not in .rodata */
static DEFINE_SPINLOCK(test_lock, RANK_DRIVER);

static volatile int stop_at = -1;	/* never reached; but the compiler can't know */

static int recurse(int depth)
{
	volatile char frame[512];

	if (depth == stop_at)
		return 0;
	frame[depth % sizeof(frame)] = depth;
	return recurse(depth + 1) + frame[depth % sizeof(frame)];
}

static void stack_overflow(void)
{
	pr_info("%d\n", recurse(0));
}

static void null_deref(void)
{
	volatile int *p = NULL;

	__asm__ __volatile__("" : "+r"(p));
	*p = 1;
}

static void write_rodata(void)
{
	volatile unsigned long *p = (volatile unsigned long *)&rodata;

	__asm__ __volatile__("" : "+r"(p));
	*p = 1;
}

static void exec_data(void)
{
	static u32 ret_insn = 0x00008067;	/* ret */
	void (*fn)(void) = (void (*)(void))&ret_insn;

	__asm__ __volatile__("" : "+r"(fn));
	fn();
}

static void hit_bug(void)
{
	BUG();
}

static void hit_warning(void)
{
	WARN_ON(true);
}

static void double_unlock(void)
{
	spin_lock(&test_lock);
	spin_unlock(&test_lock);
	spin_unlock(&test_lock);
}

static void wrong_order(void)
{
	static DEFINE_SPINLOCK(higher, RANK_WAITQ);

	spin_lock(&higher);
	spin_lock(&test_lock);
	spin_unlock(&test_lock);
	spin_unlock(&higher);
}

static void sleep_atomic(void)
{
	void *p;

	spin_lock(&test_lock);
	might_sleep();
	p = kmalloc(64, GFP_KERNEL);
	kfree(p);
	spin_unlock(&test_lock);
}

/*
 * An object of a cache "crashtest", for which the command line should have said
 * slab_debug=FZPU,crashtest: without that the later ones do harm, and nobody says anything.
 */
static noinline void slab_misuse(void (*fn)(struct kmem_cache *s, char *object))
{
	struct kmem_cache *s = kmem_cache_create("crashtest", 100, 0, SLAB_NO_MERGE, NULL);
	char *object = s ? kmem_cache_alloc(s, GFP_KERNEL) : NULL;

	if (object)
		fn(s, object);
	kmem_cache_destroy(s);
}

static void overrun(struct kmem_cache *s, char *object)
{
	memset(object, 'A', 101);
	kmem_cache_free(s, object);
}

static void use_after_free(struct kmem_cache *s, char *object)
{
	kmem_cache_free(s, object);
	memcpy(object + 16, "still mine", 10);
}

static void double_free(struct kmem_cache *s, char *object)
{
	kmem_cache_free(s, object);
	kmem_cache_free(s, object);
}

static void bad_free(struct kmem_cache *s, char *object)
{
	kmem_cache_free(s, object + 8);
	kmem_cache_free(s, object);
}

static void leak(struct kmem_cache *s, char *object)
{
}

static void slab_overrun(void)
{
	slab_misuse(overrun);
}

static void slab_use_after_free(void)
{
	slab_misuse(use_after_free);
}

static void slab_double_free(void)
{
	slab_misuse(double_free);
}

static void slab_bad_free(void)
{
	slab_misuse(bad_free);
}

static void slab_leak(void)
{
	slab_misuse(leak);
}

static void hang(void)
{
	local_irq_disable();
	for (;;)
		cpu_relax();
}

static void call_panic(void)
{
	panic("crashtest");
}

/* Three functions, so that a backtrace tells them apart. */
static noinline struct page *crashtest_alloc(unsigned int order)
{
	struct page *page = alloc_pages(GFP_KERNEL, order);

	barrier();
	return page;
}

static noinline void crashtest_free(struct page *page)
{
	__free_pages(page, 0);
	barrier();
}

static noinline void crashtest_free_again(struct page *page, unsigned int order)
{
	__free_pages(page, order);
	barrier();
}

static void double_free_page(void)
{
	struct page *page = crashtest_alloc(0);

	if (!page)
		return;
	crashtest_free(page);
	crashtest_free_again(page, 0);
}

static void wrong_order_free(void)
{
	struct page *page = crashtest_alloc(2);

	if (page)
		crashtest_free_again(page, 1);
}

/* On the stack, and in the middle of a page. */
static void wild_free(void)
{
	char local, *va = get_zeroed_page(GFP_KERNEL);

	free_page(&local);
	free_page(va + 16);
	free_page(va);
}

/* Take large blocks until there is none; and give them back. */
static void no_pages(void)
{
	struct page *all = NULL, *page;

	while ((page = alloc_pages(GFP_NOWAIT, MAX_ORDER)) != NULL) {
		page->private = (unsigned long)all;
		all = page;
	}
	while ((page = all) != NULL) {
		all = (struct page *)page->private;
		__free_pages(page, MAX_ORDER);
	}
}

static const struct {
	const char *word;
	void (*fn)(void);
} tests[] = {
	{ "stack-overflow", stack_overflow },
	{ "null-deref", null_deref },
	{ "write-rodata", write_rodata },
	{ "exec-data", exec_data },
	{ "bug", hit_bug },
	{ "warning", hit_warning },
	{ "double-unlock", double_unlock },
	{ "wrong-order", wrong_order },
	{ "sleep-atomic", sleep_atomic },
	{ "slab-overrun", slab_overrun },
	{ "slab-use-after-free", slab_use_after_free },
	{ "slab-double-free", slab_double_free },
	{ "slab-bad-free", slab_bad_free },
	{ "slab-leak", slab_leak },
	{ "hang", hang },
	{ "panic", call_panic },
	{ "double-free-page", double_free_page },
	{ "wrong-order-free", wrong_order_free },
	{ "wild-free", wild_free },
	{ "no-pages", no_pages },
};

/**
 * crashtest_run - break something
 * @word: what, see the table
 *
 * Context: task.
 * Return: 0 if it could be survived; -EINVAL: an unknown word.
 */
int crashtest_run(const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
		if (!strcmp(tests[i].word, word)) {
			pr_info("crashtest: %s\n", word);
			tests[i].fn();
			return 0;
		}
	}
	return -EINVAL;
}
