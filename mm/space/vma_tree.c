// SPDX-License-Identifier: GPL-2.0-only
/*
 * vma_tree.c - the areas of one address space, by address.
 *
 *                        [c  hole 4, max 9]
 *                        /               \
 *           [a  hole 2, max 9]      [d  hole 1, max 3]
 *                       \                     \
 *                [b  hole 9, max 9]     [e  hole 3, max 3]
 *
 *	0   |..a..|         |.b.|    |...c...| |.d.|   |.e.|          TASK_SIZE
 *	 <2>       <---9--->     <-4->        1      <3>    (no node's hole)
 *
 * Two questions are asked of it: which area covers, or follows, an address (each
 * fault: find_vma), and where is a hole of n bytes (each mmap). A red-black tree
 * answers the first in O(log n). For the second each node keeps the largest hole
 * that lies directly before any area of its subtree, so that a search turns away
 * from subtrees where nothing fits: O(log n) too.
 *
 *   T1  in order, the tree's areas are the list mm->mmap .. vm_next
 *   T2  hole(v) = vm_start_gap(v) - end of v's predecessor, at least 0
 *   T3  v->rb_subtree_gap = max of hole() over v's subtree
 *
 * Locking: mmap_lock, for writing to change. mm->vmacache is a hint, one word,
 * that readers overwrite without further locking: any area of this mm is a right
 * value, and it is cleared before an area leaves the tree, when no reader is
 * there.
 *
 * Linux used this design until 6.1 and then took a B-tree of ranges (the maple
 * tree) whose readers need no lock; see Documentation/space.md.
 */
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <linux-lite/rbtree_augmented.h>
#include <linux-lite/vma_tree.h>

/* T2. The predecessor is found through the list. */
static unsigned long vma_hole(struct vm_area_struct *vma)
{
	unsigned long from = vma->vm_prev ? vma->vm_prev->vm_end : 0;
	unsigned long to = vm_start_gap(vma);

	return to > from ? to - from : 0;
}

RB_DECLARE_CALLBACKS_MAX(static, vma_holes, struct vm_area_struct, vm_rb,
			 unsigned long, rb_subtree_gap, vma_hole);

static inline struct vm_area_struct *to_vma(struct rb_node *rb)
{
	return rb_entry_safe(rb, struct vm_area_struct, vm_rb);
}

/**
 * find_vma - the first area that ends above an address
 * @mm: address space
 * @addr: bytes, any value
 *
 * The area may begin above @addr: then @addr lies in the hole before it.
 *
 * Context: mmap_lock held.
 * Return: the area, or NULL when none ends above @addr.
 */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *best = READ_ONCE(mm->vmacache);
	struct rb_node *rb = mm->mm_rb.rb_node;

	if (best && best->vm_start <= addr && addr < best->vm_end)
		return best;
	best = NULL;
	while (rb) {
		struct vm_area_struct *vma = to_vma(rb);

		if (addr >= vma->vm_end) {
			rb = rb->rb_right;
			continue;
		}
		best = vma;
		if (addr >= vma->vm_start)
			break;
		rb = rb->rb_left;
	}
	if (best)
		WRITE_ONCE(mm->vmacache, best);
	return best;
}

struct vm_area_struct *vma_lookup(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = find_vma(mm, addr);

	return vma && vma->vm_start <= addr ? vma : NULL;
}

struct vm_area_struct *find_vma_intersection(struct mm_struct *mm, unsigned long start,
					     unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start);

	return vma && vma->vm_start < end ? vma : NULL;
}

/* The hole before @vma changed: restore T3 on its path to the root. */
static void hole_changed(struct vm_area_struct *vma)
{
	if (vma)
		vma_holes.propagate(&vma->vm_rb, NULL);
}

void vma_tree_insert(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct rb_node **link = &mm->mm_rb.rb_node, *parent = NULL;
	struct vm_area_struct *prev = NULL;

	while (*link) {
		struct vm_area_struct *v = to_vma(*link);

		parent = *link;
		VM_BUG_ON(vma->vm_start < v->vm_end && v->vm_start < vma->vm_end);
		if (vma->vm_start < v->vm_start) {
			link = &parent->rb_left;
		} else {
			prev = v;
			link = &parent->rb_right;
		}
	}
	vma->vm_prev = prev;
	vma->vm_next = prev ? prev->vm_next : mm->mmap;
	if (vma->vm_next)
		vma->vm_next->vm_prev = vma;
	*(prev ? &prev->vm_next : &mm->mmap) = vma;

	/*
	 * The successor's hole has shrunk. T3 must hold before the tree is turned: a
	 * rotation would bring single nodes up to date, and propagate, which stops
	 * where nothing changes, would then not reach those above them.
	 */
	hole_changed(vma->vm_next);
	rb_link_node(&vma->vm_rb, parent, link);
	vma->rb_subtree_gap = vma_hole(vma);
	vma_holes.propagate(parent, NULL);
	rb_insert_augmented(&vma->vm_rb, &mm->mm_rb, &vma_holes);
	mm->map_count++;
}

void vma_tree_erase(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vm_area_struct *next = vma->vm_next;

	mm->vmacache = NULL;
	rb_erase_augmented(&vma->vm_rb, &mm->mm_rb, &vma_holes);
	*(vma->vm_prev ? &vma->vm_prev->vm_next : &mm->mmap) = next;
	if (next)
		next->vm_prev = vma->vm_prev;
	hole_changed(next);
	mm->map_count--;
}

void vma_tree_moved(struct mm_struct *mm, struct vm_area_struct *vma)
{
	mm->vmacache = NULL;
	hole_changed(vma);
	hole_changed(vma->vm_next);
}

/* Does the hole before @vma, cut to [low, high), have room? */
static bool hole_fits(struct vm_area_struct *vma, unsigned long len, unsigned long low,
		      unsigned long high, unsigned long *from, unsigned long *to)
{
	*from = max(vma->vm_prev ? vma->vm_prev->vm_end : 0, low);
	*to = min(vm_start_gap(vma), high);
	return *to > *from && *to - *from >= len;
}

/* The highest, or lowest, hole of a subtree; NULL if none fits. O(log n) turns. */
static struct vm_area_struct *find_hole(struct rb_node *rb, unsigned long len, unsigned long low,
					unsigned long high, bool highest)
{
	struct vm_area_struct *vma = to_vma(rb), *found;
	unsigned long from, to;

	if (!vma || vma->rb_subtree_gap < len)
		return NULL;
	/* Nothing of the left subtree lies above vm_start, nothing of the right below vm_end. */
	if (highest && vma->vm_end < high) {
		found = find_hole(rb->rb_right, len, low, high, highest);
		if (found)
			return found;
	}
	if (!highest && vma->vm_start > low) {
		found = find_hole(rb->rb_left, len, low, high, highest);
		if (found)
			return found;
	}
	if (hole_fits(vma, len, low, high, &from, &to))
		return vma;
	if (highest)
		return vma->vm_start > low ?
		       find_hole(rb->rb_left, len, low, high, highest) : NULL;
	return vma->vm_end < high ? find_hole(rb->rb_right, len, low, high, highest) : NULL;
}

/* The hole above the last area is before no node: it is looked at by itself. */
static unsigned long last_end(struct mm_struct *mm)
{
	struct vm_area_struct *last = to_vma(rb_last(&mm->mm_rb));

	return last ? last->vm_end : 0;
}

/**
 * vma_tree_gap_below - the highest hole of a size
 * @mm: address space
 * @len_bytes: a multiple of the page size, not 0
 * @low: lowest address wanted
 * @high: first address not wanted
 *
 * Return: where @len_bytes fit, as high as possible; 0 if nowhere.
 */
unsigned long vma_tree_gap_below(struct mm_struct *mm, unsigned long len_bytes,
				 unsigned long low, unsigned long high)
{
	unsigned long from = max(last_end(mm), low), to;
	struct vm_area_struct *vma;

	if (high > from && high - from >= len_bytes)
		return high - len_bytes;
	vma = find_hole(mm->mm_rb.rb_node, len_bytes, low, high, true);
	if (!vma)
		return 0;
	hole_fits(vma, len_bytes, low, high, &from, &to);
	return to - len_bytes;
}

unsigned long vma_tree_gap_above(struct mm_struct *mm, unsigned long len_bytes,
				 unsigned long low, unsigned long high)
{
	unsigned long from = max(last_end(mm), low), to;
	struct vm_area_struct *vma;

	vma = find_hole(mm->mm_rb.rb_node, len_bytes, low, high, false);
	if (vma) {
		hole_fits(vma, len_bytes, low, high, &from, &to);
		return from;
	}
	return high > from && high - from >= len_bytes ? from : 0;
}

/* T3 for one subtree; returns its true maximum. */
static unsigned long check_holes(struct rb_node *rb)
{
	struct vm_area_struct *vma = to_vma(rb);
	unsigned long most;

	if (!vma)
		return 0;
	most = max(check_holes(rb->rb_left), check_holes(rb->rb_right));
	most = max(most, vma_hole(vma));
	BUG_ON(vma->rb_subtree_gap != most);
	return most;
}

void vma_tree_check(struct mm_struct *mm)
{
	struct vm_area_struct *vma = mm->mmap, *prev = NULL;
	struct rb_node *rb;
	int count = 0;

	BUG_ON(rb_check(&mm->mm_rb) < 0);
	for (rb = rb_first(&mm->mm_rb); rb; rb = rb_next(rb)) {
		BUG_ON(to_vma(rb) != vma);				/* T1 */
		BUG_ON(vma->vm_prev != prev);
		BUG_ON(vma->vm_start >= vma->vm_end);			/* I1 */
		BUG_ON(!IS_ALIGNED(vma->vm_start | vma->vm_end, PAGE_SIZE));
		BUG_ON(vma->vm_end > mm->task_size);
		BUG_ON(prev && prev->vm_end > vma->vm_start);		/* I2 */
		BUG_ON(vma->vm_mm != mm);
		prev = vma;
		vma = vma->vm_next;
		count++;
	}
	BUG_ON(vma || count != mm->map_count);
	check_holes(mm->mm_rb.rb_node);
}
