/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/thread.h (host) - the signal that the task's last fault raised.
 */
#ifndef ASM_HOST_THREAD_H
#define ASM_HOST_THREAD_H

struct thread_struct {
	int fault_signo, fault_code;	/* force_sig_fault() leaves them; 0: none */
	unsigned long fault_addr;
};

#endif
