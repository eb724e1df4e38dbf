// SPDX-License-Identifier: GPL-2.0-only
/*
 * stack_depot.c - each different backtrace is stored once.
 *
 * A machine has hundreds of thousands of pages, but they come from some hundreds of places. So
 * who wants to note where a page came from stores the backtrace here and keeps a number:
 *
 *	bucket[hash]                     pool, in words of 8 bytes
 *	+---+    +------------------+------------------+----------------------
 *	|   |--->| next hash nr pc.. | next hash nr pc.. | free ...
 *	+---+    +------------------+------------------+----------------------
 *	|   |      handle = the record's place           used
 *
 *   I1  a record never changes and never goes: a handle is good for ever, and a chain can be
 *       walked without the lock
 *   I2  a bucket's head is stored last, with release, after its record is written
 *
 * Locks: depot_lock for adding. It ranks behind zone->lock: pages are allocated under nearly
 * any lock, and nothing is taken under this one.
 *
 * Memory is given at boot and not grown: growing would need pages, whose backtraces... When it
 * is full, new backtraces get the number 0, "none", and old ones are still found.
 *
 * Small cousin of Linux's lib/stackdepot.c, which allocates as it grows and can drop records.
 */
#include <linux-lite/kallsyms.h>
#include <linux-lite/kernel.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/spinlock.h>
#include <linux-lite/stack_depot.h>
#include <linux-lite/stacktrace.h>
#include <linux-lite/string.h>

#define NR_BUCKETS	1024u

struct stack_record {
	u32 next;			/* handle, or 0 */
	u32 hash;
	u64 nr;				/* entries */
	unsigned long entries[];
};

static DEFINE_SPINLOCK(depot_lock, RANK_STACK_DEPOT);
static u64 *pool;			/* the buckets come first, then records */
static u32 pool_words, used;		/* in words; (depot_lock), read without */

static struct stack_record *record_of(u32 handle)
{
	return (struct stack_record *)(pool + handle);
}

static u32 *bucket_of(u32 hash)
{
	return (u32 *)pool + hash % NR_BUCKETS;
}

void stack_depot_init(void *memory, size_t size_bytes)
{
	pool = memory;
	pool_words = size_bytes / sizeof(u64);
	used = NR_BUCKETS * sizeof(u32) / sizeof(u64);
}

/* FNV-1a, a word at a time: return addresses differ in their low bits. */
static u32 hash_of(const unsigned long *entries, unsigned int nr)
{
	u64 hash = 0xcbf29ce484222325;

	for (unsigned int i = 0; i < nr; i++)
		hash = (hash ^ entries[i]) * 0x100000001b3;
	return hash ^ hash >> 32;
}

static u32 find(u32 hash, const unsigned long *entries, unsigned int nr)
{
	u32 handle = smp_load_acquire(bucket_of(hash));

	while (handle) {
		const struct stack_record *r = record_of(handle);

		if (r->hash == hash && r->nr == nr &&
		    !memcmp(r->entries, entries, nr * sizeof(*entries)))
			break;
		handle = r->next;
	}
	return handle;
}

/* depot_lock held. Return: 0 if there is no room. */
static u32 append(u32 hash, const unsigned long *entries, unsigned int nr)
{
	u32 words = sizeof(struct stack_record) / sizeof(u64) + nr, handle = used;

	if (words > pool_words - used)
		return 0;
	*record_of(handle) = (struct stack_record){ *bucket_of(hash), hash, nr };
	memcpy(record_of(handle)->entries, entries, nr * sizeof(*entries));
	WRITE_ONCE(used, used + words);
	smp_store_release(bucket_of(hash), handle);		/* I2 */
	return handle;
}

noinline u32 stack_depot_save_here(void)
{
	unsigned long entries[STACK_DEPOT_DEPTH], flags;
	unsigned int nr = stack_trace_save(entries, STACK_DEPOT_DEPTH, 2);
	u32 hash = hash_of(entries, nr), handle = find(hash, entries, nr);

	if (handle)
		return handle;
	spin_lock_irqsave(&depot_lock, flags);
	handle = find(hash, entries, nr);
	if (!handle)
		handle = append(hash, entries, nr);
	spin_unlock_irqrestore(&depot_lock, flags);
	return handle;
}

unsigned int stack_depot_fetch(u32 handle, const unsigned long **entries)
{
	*entries = NULL;
	if (!handle || handle >= READ_ONCE(used))
		return 0;
	*entries = record_of(handle)->entries;
	return min(record_of(handle)->nr, (u64)STACK_DEPOT_DEPTH);
}

void stack_depot_print(u32 handle)
{
	const unsigned long *entries;
	unsigned int nr = stack_depot_fetch(handle, &entries);

	stack_trace_print(entries, nr, 0);
}

void stack_depot_show(struct seq_file *m, u32 handle)
{
	const unsigned long *entries;
	unsigned int nr = stack_depot_fetch(handle, &entries);
	char name[KSYM_SYMBOL_LEN];

	for (unsigned int i = 0; i < nr; i++) {
		sprint_symbol(name, entries[i]);
		seq_printf(m, " %s\n", name);
	}
}
