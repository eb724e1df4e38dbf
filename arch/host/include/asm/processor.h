/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/processor.h (host) - waiting.
 */
#ifndef ASM_HOST_PROCESSOR_H
#define ASM_HOST_PROCESSOR_H

/* Let the thread we wait for run: there may be fewer cores than harts. */
void cpu_relax(void);

static inline void wait_for_interrupt(void)
{
	cpu_relax();
}

#endif
