/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * shmem.h - shared anonymous memory. mm/backing/shmem.c.
 */
#ifndef LINUX_LITE_SHMEM_H
#define LINUX_LITE_SHMEM_H

struct vm_area_struct;

/**
 * shmem_zero_setup - give a new shared anonymous area its object
 * @vma: not linked yet; vm_mapping, vm_ops, vm_pgoff and name are set
 *
 * Return: 0 or -ENOMEM.
 */
int shmem_zero_setup(struct vm_area_struct *vma);

#endif
