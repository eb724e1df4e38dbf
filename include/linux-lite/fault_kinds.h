/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fault_kinds.h - the kinds of fault that handle_mm_fault() chooses from. Used by
 * mm/fault only.
 *
 * Each is called with the entry unlocked: vmf->pte points into a leaf table that
 * cannot go away (mmap_lock), vmf->orig_pte is what was read from it. Each takes
 * vmf->ptl for its change, looks whether the entry is still orig_pte, and if it
 * is not, lets go and reports FAULT_DONE: somebody else has mended it, or the
 * access faults again.
 */
#ifndef LINUX_LITE_FAULT_KINDS_H
#define LINUX_LITE_FAULT_KINDS_H

#include <linux-lite/fault.h>

/* First touch of anonymous memory. mm/fault/anon.c */
enum fault_result do_anonymous_page(struct vm_fault *vmf);
/* A write to a present entry without the write bit. mm/fault/cow.c */
enum fault_result do_wp_page(struct vm_fault *vmf);
/* First touch of a page of an object. mm/fault/file.c */
enum fault_result do_fault(struct vm_fault *vmf);

#endif
