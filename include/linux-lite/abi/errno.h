/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * abi/errno.h - Linux's error numbers (asm-generic), those that are used here.
 *
 * ERESTART* never reach user space: the signal code turns them into EINTR or
 * restarts the call (kernel/signal.c).
 */
#ifndef LINUX_LITE_ABI_ERRNO_H
#define LINUX_LITE_ABI_ERRNO_H

#define EPERM 1
#define ENOENT 2
#define ESRCH 3
#define EINTR 4
#define EIO 5
#define ENXIO 6
#define E2BIG 7
#define ENOEXEC 8
#define EBADF 9
#define ECHILD 10
#define EAGAIN 11
#define ENOMEM 12
#define EACCES 13
#define EFAULT 14
#define ENOTBLK 15
#define EBUSY 16
#define EEXIST 17
#define EXDEV 18
#define ENODEV 19
#define ENOTDIR 20
#define EISDIR 21
#define EINVAL 22
#define ENFILE 23
#define EMFILE 24
#define ENOTTY 25
#define ETXTBSY 26
#define EFBIG 27
#define ENOSPC 28
#define ESPIPE 29
#define EROFS 30
#define EMLINK 31
#define EPIPE 32
#define EDOM 33
#define ERANGE 34
#define EDEADLK 35
#define ENAMETOOLONG 36
#define ENOSYS 38
#define ENOTEMPTY 39
#define ELOOP 40
#define ENODATA 61
#define ETIME 62
#define EOVERFLOW 75
#define ELIBBAD 80
#define EILSEQ 84
#define EOPNOTSUPP 95
#ifndef ENOTSUP		/* libc spells it as EOPNOTSUPP */
#define ENOTSUP EOPNOTSUPP
#endif
#define EAFNOSUPPORT 97
#define ETIMEDOUT 110
#define ECANCELED 125
#define EWOULDBLOCK EAGAIN

#define ERESTARTSYS 512			/* restart when SA_RESTART */
#define ERESTARTNOINTR 513		/* always restart */
#define ERESTARTNOHAND 514		/* restart when no handler ran */
#define ERESTART_RESTARTBLOCK 516	/* restart through sys_restart_syscall */

#endif
