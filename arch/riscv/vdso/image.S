/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * image.S - vdso.so, byte by byte, among the kernel's constants.
 */
	.section .rodata, "a"
	.globl vdso_image, vdso_image_end
	.balign 8
vdso_image:
	.incbin VDSO_SO
vdso_image_end:
