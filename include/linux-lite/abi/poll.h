/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * abi/poll.h - poll(2), select(2), epoll(7), eventfd(2).
 */
#ifndef LINUX_LITE_ABI_POLL_H
#define LINUX_LITE_ABI_POLL_H

#include <linux-lite/types.h>

#define POLLIN		0x0001
#define POLLPRI		0x0002
#define POLLOUT		0x0004
#define POLLERR		0x0008
#define POLLHUP		0x0010
#define POLLNVAL	0x0020
#define POLLRDNORM	0x0040
#define POLLRDBAND	0x0080
#define POLLWRNORM	0x0100
#define POLLWRBAND	0x0200
#define POLLRDHUP	0x2000

struct pollfd {
	int fd;
	short events;
	short revents;
};

#define FD_SETSIZE	1024

#define EFD_SEMAPHORE	1
#define EFD_CLOEXEC	02000000
#define EFD_NONBLOCK	00004000

#endif
