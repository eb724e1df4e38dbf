/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/pgtable.h - what one page-table entry of Sv39, Sv48 and Sv57 says.
 *
 *   63   62  61 60      54 53                    10 9   8 7 6 5 4 3 2 1 0
 *  +---+-------+----------+------------------------+-----+-+-+-+-+-+-+-+-+
 *  | N | PBMT  | reserved |  physical page number  | RSW |D|A|G|U|X|W|R|V|
 *  +---+-------+----------+------------------------+-----+-+-+-+-+-+-+-+-+
 *
 *   V=1, R=W=X=0   a pointer to the next level's table
 *   V=1, other     a leaf: 4 KiB at level 0, 2 MiB at 1, 1 GiB at 2, ...
 *   V=0, non-zero  not present, the rest is ours: a swap entry (backing/swap.h)
 *   0              nothing
 *
 * One entry type for all levels, and a walk indexed by level (level 0 holds the
 * 4 KiB leaves; the root is level pgtable_levels - 1). Linux folds five named
 * levels (pgd p4d pud pmd pte) onto the same thing.
 *
 * A and D are always set by us when an access is known, so hardware that updates
 * them and hardware that faults instead behave alike.
 *
 * Both ports use this file: arch/host walks the same bits in software.
 * Reference: RISC-V Privileged Specification, "Sv39: Page-Based 39-bit
 * Virtual-Memory System" and its neighbours.
 * Small cousin of Linux's arch/riscv/include/asm/pgtable{,-bits,-64}.h.
 */
#ifndef ASM_RISCV_PGTABLE_H
#define ASM_RISCV_PGTABLE_H

#include <linux-lite/compiler.h>
#include <asm/page.h>

#define _PAGE_PRESENT	(1UL << 0)
#define _PAGE_READ	(1UL << 1)
#define _PAGE_WRITE	(1UL << 2)
#define _PAGE_EXEC	(1UL << 3)
#define _PAGE_USER	(1UL << 4)
#define _PAGE_GLOBAL	(1UL << 5)
#define _PAGE_ACCESSED	(1UL << 6)
#define _PAGE_DIRTY	(1UL << 7)
#define _PAGE_SOFT0	(1UL << 8)	/* RSW: free for the kernel */
#define _PAGE_SOFT1	(1UL << 9)
#define _PAGE_SPECIAL	_PAGE_SOFT0	/* the frame is not counted: zero page, devices */

/*
 * A page mapped with PROT_NONE: V=0, so that every access faults, but the frame
 * is still there. Bit 5 tells it from a swap entry, which keeps that bit 0.
 */
#define _PAGE_PROT_NONE	_PAGE_GLOBAL

#define _PAGE_PFN_SHIFT	10
#define _PAGE_PFN_MASK	(((1UL << 44) - 1) << _PAGE_PFN_SHIFT)
#define _PAGE_LEAF	(_PAGE_READ | _PAGE_WRITE | _PAGE_EXEC)

#define PTRS_PER_TABLE	512
#define PGTABLE_LEVELS_MAX	5

typedef struct { unsigned long val; } pte_t;
typedef struct { unsigned long val; } pgprot_t;

#define __pte(x)	((pte_t){ (x) })
#define __pgprot(x)	((pgprot_t){ (x) })

/* A software entry of a user mapping; the write bit is granted by the fault code. */
#define PAGE_NONE_BITS	(_PAGE_PROT_NONE | _PAGE_ACCESSED)
#define _PAGE_BASE	(_PAGE_PRESENT | _PAGE_ACCESSED | _PAGE_USER)
#define PAGE_KERNEL	__pgprot(_PAGE_PRESENT | _PAGE_READ | _PAGE_WRITE | \
				 _PAGE_GLOBAL | _PAGE_ACCESSED | _PAGE_DIRTY)
#define PAGE_KERNEL_RO	__pgprot(_PAGE_PRESENT | _PAGE_READ | _PAGE_GLOBAL | _PAGE_ACCESSED)
#define PAGE_KERNEL_RX	__pgprot(_PAGE_PRESENT | _PAGE_READ | _PAGE_EXEC | \
				 _PAGE_GLOBAL | _PAGE_ACCESSED)

#if defined(PGTABLE_LEVELS_AT_BOOT)	/* the host port: each test chooses */
extern unsigned int pgtable_levels;
#elif defined(CONFIG_PGTABLE_SV39)
#define pgtable_levels	3u
#elif defined(CONFIG_PGTABLE_SV48)
#define pgtable_levels	4u
#elif defined(CONFIG_PGTABLE_SV57)
#define pgtable_levels	5u
#else
extern unsigned int pgtable_levels;	/* 3, 4 or 5: set once at boot */
#endif

/* Bytes that one entry of a level spans: 4 KiB, 2 MiB, 1 GiB, 512 GiB, 256 TiB. */
static inline unsigned int level_shift(unsigned int level)
{
	return PAGE_SHIFT + 9 * level;
}

static inline unsigned long level_size(unsigned int level)
{
	return 1UL << level_shift(level);
}

static inline unsigned int level_index(unsigned long addr, unsigned int level)
{
	return (addr >> level_shift(level)) & (PTRS_PER_TABLE - 1);
}

/*
 * The first address that user space cannot have, less one guard page so that an
 * access of the last bytes never runs into the hole.
 */
#define TASK_SIZE	((1UL << (PAGE_SHIFT + 9 * pgtable_levels - 1)) - PAGE_SIZE)
/* mmap and stack stay below 2^47 unless a program asks for more, as on Linux. */
#define DEFAULT_MAP_WINDOW \
	(TASK_SIZE < (1UL << 47) - PAGE_SIZE ? TASK_SIZE : (1UL << 47) - PAGE_SIZE)

static inline bool pte_none(pte_t e)	{ return e.val == 0; }
static inline bool pte_present(pte_t e)
{
	return e.val & (_PAGE_PRESENT | _PAGE_PROT_NONE);
}

static inline bool pte_table(pte_t e)
{
	return (e.val & (_PAGE_PRESENT | _PAGE_LEAF)) == _PAGE_PRESENT;
}

static inline bool pte_leaf(pte_t e)	{ return pte_present(e) && !pte_table(e); }
static inline bool pte_write(pte_t e)	{ return e.val & _PAGE_WRITE; }
static inline bool pte_exec(pte_t e)	{ return e.val & _PAGE_EXEC; }
static inline bool pte_user(pte_t e)	{ return e.val & _PAGE_USER; }
static inline bool pte_young(pte_t e)	{ return e.val & _PAGE_ACCESSED; }
static inline bool pte_dirty(pte_t e)	{ return e.val & _PAGE_DIRTY; }
static inline bool pte_special(pte_t e)	{ return e.val & _PAGE_SPECIAL; }
static inline bool pte_same(pte_t a, pte_t b)	{ return a.val == b.val; }

static inline pte_t pte_mkwrite(pte_t e)	{ return __pte(e.val | _PAGE_WRITE); }
static inline pte_t pte_wrprotect(pte_t e)	{ return __pte(e.val & ~_PAGE_WRITE); }
static inline pte_t pte_mkdirty(pte_t e)	{ return __pte(e.val | _PAGE_DIRTY); }
static inline pte_t pte_mkclean(pte_t e)	{ return __pte(e.val & ~_PAGE_DIRTY); }
static inline pte_t pte_mkyoung(pte_t e)	{ return __pte(e.val | _PAGE_ACCESSED); }
static inline pte_t pte_mkold(pte_t e)		{ return __pte(e.val & ~_PAGE_ACCESSED); }
static inline pte_t pte_mkspecial(pte_t e)	{ return __pte(e.val | _PAGE_SPECIAL); }

static inline unsigned long pte_pfn(pte_t e)
{
	return (e.val & _PAGE_PFN_MASK) >> _PAGE_PFN_SHIFT;
}

static inline pte_t pfn_pte(unsigned long pfn, pgprot_t prot)
{
	return __pte((pfn << _PAGE_PFN_SHIFT) | prot.val);
}

/* The same frame, A and D kept, with other rights. */
static inline pte_t pte_modify(pte_t e, pgprot_t prot)
{
	unsigned long keep = _PAGE_PFN_MASK | _PAGE_ACCESSED | _PAGE_DIRTY | _PAGE_SPECIAL;

	return __pte((e.val & keep) | (prot.val & ~_PAGE_PFN_MASK));
}

static inline pte_t table_pte(phys_addr_t table)
{
	return __pte(((table >> PAGE_SHIFT) << _PAGE_PFN_SHIFT) | _PAGE_PRESENT);
}

static inline pte_t *pte_to_table(pte_t e)
{
	return (pte_t *)__va(pte_pfn(e) << PAGE_SHIFT);
}

/* The hardware walker reads entries at any moment: whole words, one access. */
static inline pte_t ptep_get(pte_t *p)
{
	return __pte(__atomic_load_n(&p->val, __ATOMIC_RELAXED));
}

/* Publishes what was written to the frame or table before. */
static inline void set_pte(pte_t *p, pte_t e)
{
	__atomic_store_n(&p->val, e.val, __ATOMIC_RELEASE);
}

/* Atomic against the walker's own updates of A and D. */
static inline pte_t ptep_get_and_clear(pte_t *p)
{
	return __pte(__atomic_exchange_n(&p->val, 0, __ATOMIC_ACQ_REL));
}

static inline bool ptep_cmpxchg(pte_t *p, pte_t old, pte_t new)
{
	return __atomic_compare_exchange_n(&p->val, &old.val, new.val, false,
					   __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

/* The kernel's root; every process root starts as a copy of its upper half. */
extern pte_t *swapper_pg_dir;

#endif
