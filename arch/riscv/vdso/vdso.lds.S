/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vdso.lds.S - a shared object that is one page, mapped read and execute, and ready as it is:
 * nothing in it has to be relocated, and nobody runs a dynamic linker over it.
 */
#include <asm/vdso.h>

OUTPUT_ARCH(riscv)

PHDRS
{
	text PT_LOAD FLAGS(5) FILEHDR PHDRS;
	dynamic PT_DYNAMIC FLAGS(4);
}

SECTIONS
{
	. = SIZEOF_HEADERS;
	.hash : { *(.hash) } :text
	.gnu.hash : { *(.gnu.hash) }
	.dynsym : { *(.dynsym) }
	.dynstr : { *(.dynstr) }
	.gnu.version : { *(.gnu.version) }
	.gnu.version_d : { *(.gnu.version_d) }
	.dynamic : { *(.dynamic) } :text :dynamic
	.rodata : { *(.rodata .rodata.* .srodata .srodata.*) } :text
	.got : { *(.got .got.plt) }	/* the linker's own first word, of no use here */

	. = VDSO_SIGRETURN;
	.text : { *(.text.sigreturn) *(.text .text.*) } :text

	. = VDSO_DATA;
	vdso_data = .;

	/* Data could not be changed, and nobody would fill in a table of addresses. */
	/DISCARD/ : { *(.note.* .eh_frame .comment .riscv.attributes) }
	.data : { *(.data .data.* .sdata .sdata.* .bss .bss.* .sbss .sbss.*) }
	.rela.dyn : { *(.rela.*) }
	ASSERT(SIZEOF(.data) + SIZEOF(.rela.dyn) == 0, "the vDSO has data or relocations")
}

VERSION
{
	LINUX_4.15 {
	global:
		__vdso_rt_sigreturn;
		__vdso_clock_gettime;
		__vdso_gettimeofday;
		__vdso_getcpu;
		__vdso_flush_icache;
	local: *;
	};
}
