/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * slab_debug.h - caches that watch their users: mm/slab/slab_debug.c, slab_report.c and
 * slab_param.c. For mm/slab and its tests; the theory is in slab_debug.c.
 *
 * Without CONFIG_SLAB_DEBUG no cache is debugged, and nothing of this is left.
 */
#ifndef LINUX_LITE_SLAB_DEBUG_H
#define LINUX_LITE_SLAB_DEBUG_H

#include <linux-lite/page.h>
#include <linux-lite/slab_def.h>

#define SLAB_DEBUG_FLAGS	(SLAB_CONSISTENCY_CHECKS | SLAB_RED_ZONE | SLAB_POISON | \
				 SLAB_STORE_USER | SLAB_TRACE)
/* What slab_debug without letters means. */
#define SLAB_DEBUG_DEFAULT	(SLAB_DEBUG_FLAGS & ~SLAB_TRACE)

/* Linux's bytes (include/linux/poison.h): known to who has ever read an oops. */
#define SLUB_RED_INACTIVE	0xbb	/* red zones of a free object */
#define SLUB_RED_ACTIVE		0xcc	/* and of one in use */
#define POISON_INUSE		0x5a	/* 'Z': padding */
#define POISON_FREE		0x6b	/* 'k': a free object */
#define POISON_END		0xa5	/* and its last byte */

#define TRACK_DEPTH		12

/* Who allocated an object, or freed it. */
struct track {
	u64 when_ns;			/* 0: nobody yet */
	u32 pid;
	u16 cpu, nr;			/* nr: of entries */
	unsigned long entries[TRACK_DEPTH];
};

enum track_item { TRACK_ALLOC, TRACK_FREE, NR_TRACKS };

#ifdef CONFIG_SLAB_DEBUG

static inline bool slab_debugged(const struct kmem_cache *s)
{
	return unlikely(s->debug != 0);
}

/* slab_param.c: what the creator of a cache, Kconfig and the command line ask for. */
unsigned int slab_debug_flags(const char *name, unsigned int flags);
bool slab_debug_keeps_order(void);		/* slab_debug=O */
/* The value of slab_debug=, or NULL; before the first cache is created. */
void slab_debug_setup(const char *value);

/* slab_debug.c. Of a debugged cache (slab_debugged()) only, but for the first. */
void slab_debug_layout(struct kmem_cache *s);
void slab_debug_new_slab(const struct kmem_cache *s, struct page *page);
void slab_debug_free_slab(struct kmem_cache *s, struct page *page);
void *slab_debug_alloc(struct kmem_cache *s, gfp_t gfp);
void slab_debug_free(struct kmem_cache *s, void *object);

/* slab_report.c. s->lock held, but for slab_report_leaks(). */
void slab_err(struct kmem_cache *s, const struct page *page, const char *fmt, ...) __printf(3, 4);
void object_err(struct kmem_cache *s, const struct page *page, u8 *object, const char *reason);
void slab_fix(const struct kmem_cache *s, const char *fmt, ...) __printf(2, 3);
void slab_report_bytes(struct kmem_cache *s, const struct page *page, u8 *object,
		       const char *what, u8 *fault, u8 *end, u8 value);
void slab_report_padding(struct kmem_cache *s, const struct page *page, u8 *fault, u8 *end);
void slab_report_wrong_cache(struct kmem_cache *s, struct kmem_cache *from, void *object);
void slab_trace(const struct kmem_cache *s, const struct page *page, u8 *object, bool alloc);
void slab_report_leaks(struct kmem_cache *s);
/* Was there ever a report? For tests. Context: any. */
bool slab_reported(void);

#else

static inline bool slab_reported(void)
{
	return false;
}

static inline bool slab_debugged(const struct kmem_cache *s)
{
	return false;
}

static inline unsigned int slab_debug_flags(const char *name, unsigned int flags)
{
	return 0;
}

static inline void slab_debug_setup(const char *value)
{
}

static inline void slab_debug_layout(struct kmem_cache *s)
{
}

static inline void slab_debug_new_slab(const struct kmem_cache *s, struct page *page)
{
}

static inline void slab_debug_free_slab(struct kmem_cache *s, struct page *page)
{
}

static inline void *slab_debug_alloc(struct kmem_cache *s, gfp_t gfp)
{
	return NULL;
}

static inline void slab_debug_free(struct kmem_cache *s, void *object)
{
}

static inline void slab_report_leaks(struct kmem_cache *s)
{
}

#endif

/* ---- the layout of a debugged object: slab_debug.c draws it ----------------------------- */

/* The end of the right red zone, or of what stands there without one. */
static inline u32 slab_red_end(const struct kmem_cache *s)
{
	return s->link_offset ? s->link_offset : ALIGN(s->object_size, sizeof(void *));
}

static inline u32 slab_track_offset(const struct kmem_cache *s)
{
	return slab_red_end(s) + (s->link_offset ? sizeof(void *) : 0);
}

/* Where the padding begins; its end is the next object's left red zone. */
static inline u32 slab_padding_offset(const struct kmem_cache *s)
{
	return slab_track_offset(s) +
	       (s->debug & SLAB_STORE_USER ? NR_TRACKS * sizeof(struct track) : 0);
}

static inline struct track *slab_track(const struct kmem_cache *s, u8 *object,
				       enum track_item item)
{
	return (struct track *)(object + slab_track_offset(s)) + item;
}

static inline void *slab_link(const struct kmem_cache *s, const void *object)
{
	return *(void **)((const u8 *)object + s->link_offset);
}

#endif
