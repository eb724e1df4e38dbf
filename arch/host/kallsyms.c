// SPDX-License-Identifier: GPL-2.0-only
/*
 * kallsyms.c - the host port's table of function names: empty, so that kernel/kallsyms.c links.
 * Its unit test brings a table of its own, which takes the place of this one.
 */
#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

extern const u32 kallsyms_count, kallsyms_offsets[], kallsyms_name_off[];
extern const char kallsyms_names[], _text[], _etext[];

__weak const u32 kallsyms_count;
__weak const u32 kallsyms_offsets[1];
__weak const u32 kallsyms_name_off[1];
__weak const char kallsyms_names[1];
__weak const char _text[1];
__weak const char _etext[1];
