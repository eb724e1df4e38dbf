// SPDX-License-Identifier: GPL-2.0-only
/*
 * kallsyms.c - the kernel knows its own function names.
 *
 * A backtrace of bare addresses is of little use to a person. So the kernel is linked
 * twice: scripts/link-vmlinux lists the functions of the first link (`nm -n`), and
 * scripts/kallsyms makes of that list the table that the second link takes in:
 *
 *	kallsyms_offsets    0     36    120   ...   address - _text, rising
 *	                    |     |     |
 *	kallsyms_name_off   0     7     20    ...   where the name begins in
 *	                    |     |     |
 *	kallsyms_names     "_start\0start_kernel\0panic\0..."
 *
 * I1  The three arrays have kallsyms_count entries, and offsets rise strictly.
 * I2  An entry's function ends where the next one begins; the last ends at _etext.
 *
 * Everything is constant: no lock, any context.
 */
#include <linux-lite/kallsyms.h>
#include <linux-lite/kernel.h>
#include <linux-lite/vsprintf.h>

/* In the table that the linker adds. */
extern const u32 kallsyms_count;
extern const u32 kallsyms_offsets[], kallsyms_name_off[];
extern const char kallsyms_names[];
/* The linker script's. */
extern const char _text[], _etext[];

/* The last entry whose offset is at most @offset. The caller knows that there is one. */
static u32 find_entry(u32 offset)
{
	u32 low = 0, high = kallsyms_count;

	while (high - low > 1) {
		u32 mid = low + (high - low) / 2;

		if (kallsyms_offsets[mid] <= offset)
			low = mid;
		else
			high = mid;
	}
	return low;
}

const char *kallsyms_lookup(unsigned long addr, unsigned long *offset, unsigned long *size)
{
	unsigned long text = (unsigned long)_text, etext = (unsigned long)_etext, end;
	u32 i;

	if (addr < text || addr >= etext)
		return NULL;
	if (kallsyms_count == 0 || addr - text < kallsyms_offsets[0])
		return NULL;
	i = find_entry(addr - text);
	end = i + 1 < kallsyms_count ? kallsyms_offsets[i + 1] : etext - text;
	if (offset)
		*offset = addr - text - kallsyms_offsets[i];
	if (size)
		*size = end - kallsyms_offsets[i];
	return &kallsyms_names[kallsyms_name_off[i]];
}

int sprint_symbol(char *buf, unsigned long addr)
{
	unsigned long offset, size;
	const char *name = kallsyms_lookup(addr, &offset, &size);

	if (!name)
		return scnprintf(buf, KSYM_SYMBOL_LEN, "0x%lx", addr);
	return scnprintf(buf, KSYM_SYMBOL_LEN, "%s+0x%lx/0x%lx", name, offset, size);
}
