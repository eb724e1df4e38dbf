/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vmlinux.lds.S - where the pieces of the kernel go.
 *
 *	_text   _start   .head.text .text                     read, execute
 *	        _sinittext  .init.text                        read, execute; freed after boot
 *	_etext  _srodata    .rodata, __ex_table, parameters   read
 *	        _sdata      init_stack .data percpu           read, write
 *	        _sinitdata  .init.data                        read, write; freed after boot
 *	        __bss_start .bss                              read, write
 *	_end
 *
 * Functions come before .rodata, because the table of their names is in there,
 * and may not move them (scripts/link-vmlinux). Each line starts on a page of its own:
 * arch/riscv/mm/init.c maps it with just these rights.
 *
 * PHYS_LOAD_ADDR is the only physical address in the kernel, and only the ELF
 * headers contain it: a loader that reads them (QEMU) puts the image there, right
 * behind OpenSBI; one that puts it at another multiple of 2 MiB is fine as well.
 */
#include <asm/page.h>

#define PHYS_LOAD_ADDR	0x80200000
#define THREAD_SIZE	(PAGE_SIZE << CONFIG_THREAD_SIZE_ORDER)
#define AT_LOAD(section) AT(ADDR(section) - KERNEL_LINK_ADDR + PHYS_LOAD_ADDR)

OUTPUT_ARCH(riscv)
ENTRY(phys_entry)

PHDRS
{
	text PT_LOAD FLAGS(5);
	rodata PT_LOAD FLAGS(4);
	data PT_LOAD FLAGS(6);
}

SECTIONS
{
	. = KERNEL_LINK_ADDR;
	phys_entry = PHYS_LOAD_ADDR;
	_text = .;
	.text : AT_LOAD(.text) {
		KEEP(*(.head.text))
		*(.text .text.*)
	} :text
	. = ALIGN(PAGE_SIZE);
	_sinittext = .;
	.init.text : AT_LOAD(.init.text) {
		*(.init.text .init.text.*)
	} :text
	. = ALIGN(PAGE_SIZE);
	_einittext = .;
	_etext = .;

	_srodata = .;
	.rodata : AT_LOAD(.rodata) {
		*(.rodata .rodata.* .srodata .srodata.*)
		. = ALIGN(8);
		__start_kernel_params = .;
		KEEP(*(kernel_params))
		__stop_kernel_params = .;
		. = ALIGN(8);
		__start___ex_table = .;
		KEEP(*(__ex_table))
		__stop___ex_table = .;
	} :rodata

	. = ALIGN(THREAD_SIZE);
	_sdata = .;
	.data : AT_LOAD(.data) {
		KEEP(*(.data.init_stack))
		*(.data .data.* .sdata .sdata.*)
		. = ALIGN(64);
		__start_percpu = .;
		KEEP(*(percpu))
		. = ALIGN(64);
		__stop_percpu = .;
	} :data
	. = ALIGN(PAGE_SIZE);
	_sinitdata = .;
	.init.data : AT_LOAD(.init.data) {
		*(.init.data .init.data.*)
	} :data
	. = ALIGN(PAGE_SIZE);
	_einitdata = .;
	.bss : AT_LOAD(.bss) {
		__bss_start = .;
		*(.bss.page_aligned)
		*(.bss .bss.* .sbss .sbss.* COMMON)
		. = ALIGN(64);
		__bss_stop = .;
	} :data
	. = ALIGN(PAGE_SIZE);
	_end = .;

	/DISCARD/ : { *(.note.* .eh_frame .interp .dynamic) }
}
