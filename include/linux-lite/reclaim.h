/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reclaim.h - the floor that makes memory when there is none. mm/reclaim/reclaim.c.
 */
#ifndef LINUX_LITE_RECLAIM_H
#define LINUX_LITE_RECLAIM_H

void reclaim_init(void);
void drop_slab(void);

#endif
