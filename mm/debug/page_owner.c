// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_owner.c - CONFIG_PAGE_OWNER: where each page was allocated, and where it was freed.
 *
 * A leak of pages shows as a number that grows, and a double free is found at the second free,
 * when whoever freed it first is gone. With page_owner=on each frame has a record beside its
 * struct page:
 *
 *	vmemmap     | page | page | page | ...		64 bytes a frame
 *	record      | own  | own  | own  | ...		64 bytes a frame
 *	               |
 *	               +-- order, gfp, who, when, two numbers of the stack depot
 *
 *	alloc_pages -> set_page_owner     ALLOCATED, a backtrace
 *	free        -> reset_page_owner   FREED, another one; the first is kept
 *	split_page  -> split_page_owner   order 0 in each
 *	migration   -> copy_page_owner    the new frame was allocated where the old one was
 *
 * /proc/page_owner lists what is in use; a bad free's report (dump_page) has both backtraces.
 *
 *   I1  a record is written by who owns the frame at that moment, all frames of a block alike
 *   I2  readers have no lock and take a copy: it may be half of one and half of the next
 *       allocation, but each number in it means something by itself (stack_depot.c, I1)
 *
 * Cost when on: RAM / 64 for the records, 1 MiB for the depot, and a backtrace for each
 * allocation and each free: some thousand instructions. When off: a load and a branch.
 *
 * Small cousin of Linux's mm/page_owner.c and page_ext.c, which has /sys/kernel/debug/page_owner
 * for our /proc/page_owner; left out: the reason of a migration, memory cgroups.
 */
#include <linux-lite/flag_names.h>
#include <linux-lite/frames.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/kstrtox.h>
#include <linux-lite/memblock.h>
#include <linux-lite/page_owner.h>
#include <linux-lite/params.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/stack_depot.h>
#include <linux-lite/string.h>
#include <linux-lite/time.h>

#define DEPOT_BYTES	(1UL << 20)	/* some 8,000 backtraces */

enum owner_state { OWNER_NEVER, OWNER_ALLOCATED, OWNER_FREED };

struct page_owner {
	u64 ts_ns, free_ts_ns;		/* since boot */
	gfp_t gfp;
	u32 handle, free_handle;	/* of the stack depot; 0: none */
	u8 order;
	u8 state;			/* enum owner_state */
	pid_t pid, tgid, free_pid, free_tgid;
	char comm[TASK_COMM_LEN];
};

static_assert(sizeof(struct page_owner) == 64, "RAM / 64");

bool page_owner_on, page_owner_wanted;
static struct page_owner *owners;	/* of frame min_pfn and so on */

static int __init set_page_owner_param(char *value)
{
	return value ? kstrtobool(value, &page_owner_wanted) : -EINVAL;
}
early_param("page_owner", set_page_owner_param);

void __init page_owner_init(void)
{
	size_t size = (max_pfn - min_pfn) * sizeof(struct page_owner);
	void *depot;

	if (!page_owner_wanted)
		return;
	depot = memblock_alloc(DEPOT_BYTES, sizeof(u64));
	owners = memblock_alloc(size, sizeof(u64));
	if (!depot || !owners) {
		pr_warn("page_owner: no memory for %zu KiB of records: off\n", size >> 10);
		return;
	}
	stack_depot_init(depot, DEPOT_BYTES);
	page_owner_on = true;
	pr_info("page_owner is on: %zu KiB of records\n", size >> 10);
}

/* ---- the hooks ------------------------------------------------------------------------- */

static struct page_owner *owner_of(const struct page *page)
{
	return owners + (page_to_pfn(page) - min_pfn);
}

noinline void __set_page_owner(struct page *page, unsigned int order, gfp_t gfp)
{
	struct page_owner new = {
		.ts_ns = ktime_get_ns(), .gfp = gfp, .order = order, .state = OWNER_ALLOCATED,
		.handle = stack_depot_save_here(), .comm = "swapper",
	};
	struct page_owner *owner = owner_of(page);

	if (current) {
		new.pid = current->pid;
		new.tgid = current->tgid;
		strscpy(new.comm, current->comm, sizeof(new.comm));
	}
	for (unsigned int i = 0; i < 1u << order; i++) {
		/* Who had it before is of interest still. */
		new.free_handle = owner[i].free_handle;
		new.free_ts_ns = owner[i].free_ts_ns;
		new.free_pid = owner[i].free_pid;
		new.free_tgid = owner[i].free_tgid;
		owner[i] = new;
	}
}

noinline void __reset_page_owner(struct page *page, unsigned int order)
{
	struct page_owner *owner = owner_of(page);
	u32 handle = stack_depot_save_here();
	u64 now = ktime_get_ns();

	for (unsigned int i = 0; i < 1u << order; i++) {
		owner[i].state = OWNER_FREED;
		owner[i].free_handle = handle;
		owner[i].free_ts_ns = now;
		owner[i].free_pid = current ? current->pid : 0;
		owner[i].free_tgid = current ? current->tgid : 0;
	}
}

void __split_page_owner(struct page *page, unsigned int order)
{
	struct page_owner *owner = owner_of(page);

	for (unsigned int i = 0; i < 1u << order; i++)
		owner[i].order = 0;
}

/* Who freed the new frame before stays known. */
void __copy_page_owner(struct page *dst, const struct page *src)
{
	const struct page_owner *from = owner_of(src);
	struct page_owner *to = owner_of(dst);

	to->ts_ns = from->ts_ns;
	to->gfp = from->gfp;
	to->handle = from->handle;
	to->pid = from->pid;
	to->tgid = from->tgid;
	memcpy(to->comm, from->comm, sizeof(to->comm));
}

/* ---- what is known --------------------------------------------------------------------- */

int page_owner_type(unsigned long pfn)
{
	const struct page_owner *owner = owners + (pfn - min_pfn);

	if (!page_owner_on || READ_ONCE(owner->state) != OWNER_ALLOCATED)
		return -1;
	return gfp_migratetype(READ_ONCE(owner->gfp));
}

/* I2: @o is a copy. */
static void show_owner(struct seq_file *m, unsigned long pfn, struct page_owner *o)
{
	const struct page *page = pfn_to_page(pfn);
	char names[FLAG_NAMES_LEN];

	o->comm[TASK_COMM_LEN - 1] = '\0';
	seq_printf(m, "Page allocated via order %u, mask %#x(%s), pid %d, tgid %d (%s), "
		   "ts %lu ns\n", o->order, o->gfp, gfp_names(o->gfp, names), o->pid, o->tgid,
		   o->comm, o->ts_ns);
	seq_printf(m, "PFN 0x%lx type %s Block %lu type %s Flags %s\n", pfn,
		   migratetype_names[gfp_migratetype(o->gfp)], pfn >> pageblock_order,
		   migratetype_names[frames_block_type(page_zone(page), pfn)],
		   page_flag_names(page, names));
	stack_depot_show(m, o->handle);
	seq_putc(m, '\n');
}

bool page_owner_show(struct seq_file *m, unsigned long *pfn)
{
	for (unsigned long at = max(*pfn, min_pfn); at < max_pfn; at++) {
		struct page_owner copy = owners[at - min_pfn];

		if (copy.state != OWNER_ALLOCATED || at & ((1UL << copy.order) - 1))
			continue;		/* free, or not the first of its block */
		show_owner(m, at, &copy);
		*pfn = at + 1;
		return true;
	}
	*pfn = max_pfn;
	return false;
}

static void print_stack(u32 handle, const char *missing)
{
	if (handle)
		stack_depot_print(handle);
	else
		pr_alert("page_owner %s stack trace missing\n", missing);
}

void __dump_page_owner(const struct page *page)
{
	struct page_owner o = *owner_of(page);
	char names[FLAG_NAMES_LEN];

	if (o.state == OWNER_NEVER) {
		pr_alert("page_owner info is not present (never set?)\n");
		return;
	}
	pr_alert("page_owner tracks the page as %s\n",
		 o.state == OWNER_ALLOCATED ? "allocated" : "freed");
	pr_alert("page last allocated via order %u, migratetype %s, gfp_mask %#x(%s), pid %d, "
		 "tgid %d (%s), ts %lu, free_ts %lu\n", o.order,
		 migratetype_names[gfp_migratetype(o.gfp)], o.gfp, gfp_names(o.gfp, names), o.pid,
		 o.tgid, o.comm, o.ts_ns, o.free_ts_ns);
	print_stack(o.handle, "allocation");
	if (o.free_handle)
		pr_alert("page last free pid %d tgid %d stack trace:\n", o.free_pid, o.free_tgid);
	print_stack(o.free_handle, "free");
}
