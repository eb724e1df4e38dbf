// SPDX-License-Identifier: GPL-2.0-only
/*
 * pipe.c - pipes: order, atomic small writes, full and empty, the ends' closing, poll
 */
#include "tap.h"
#include <limits.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/uio.h>

static int fds[2];
static volatile int sigpipes;

static void fresh(int flags)
{
	if (fds[0])
		close(fds[0]), close(fds[1]);
	need(pipe2(fds, flags) == 0);
}

static void on_sigpipe(unused int sig)
{
	sigpipes++;
}

static void test_basic(void)
{
	struct iovec iov[2] = { { (char *)"ab", 2 }, { (char *)"cde", 3 } };
	char buf[16] = "";
	struct stat st;
	int n;

	fresh(0);
	is(write(fds[1], "hello", 5), 5, "write");
	is(read(fds[0], buf, 2), 2, "read less than there is");
	is(ioctl(fds[0], FIONREAD, &n), 0, "FIONREAD");
	is(n, 3, "tells how much is left");
	is(read(fds[0], buf + 2, 14), 3, "read gives what there is");
	ok(!strcmp(buf, "hello"), "in order");
	is(writev(fds[1], iov, 2), 5, "writev");
	is(read(fds[0], buf, 16), 5, "is read as one");
	is(fstat(fds[0], &st), 0, "fstat");
	ok(S_ISFIFO(st.st_mode), "says FIFO");
	fails(lseek(fds[0], 0, SEEK_SET), ESPIPE, "a pipe can't seek");
	fails(pread(fds[0], buf, 1, 0), ESPIPE, "nor pread");
	fails(write(fds[0], "x", 1), EBADF, "the reading end can't be written");
	fails(read(fds[1], buf, 1), EBADF, "the writing end can't be read");
}

static void test_ends(void)
{
	char c;

	fresh(0);
	need(write(fds[1], "x", 1) == 1);
	close(fds[1]);
	is(read(fds[0], &c, 1), 1, "no writer any more: what is in the pipe can be read");
	is(read(fds[0], &c, 1), 0, "then it is the end of the file");
	fds[1] = dup(0);
	fresh(0);
	close(fds[0]);
	signal(SIGPIPE, on_sigpipe);
	fails(write(fds[1], "x", 1), EPIPE, "no reader: EPIPE");
	is(sigpipes, 1, "and SIGPIPE");
	fds[0] = dup(0);
}

static void test_nonblock(void)
{
	static char block[PAGE];
	int n = 0;

	fresh(O_NONBLOCK);
	fails(read(fds[0], block, 1), EAGAIN, "O_NONBLOCK: an empty pipe");
	while (write(fds[1], block, PAGE) == PAGE)
		n++;
	is(n * PAGE, 65536, "a pipe holds 64 KiB");
	fails(write(fds[1], "x", 1), EAGAIN, "O_NONBLOCK: a full pipe");
	is(read(fds[0], block, 100), 100, "a little room");
	fails(write(fds[1], block, PAGE), EAGAIN, "a write of up to PIPE_BUF bytes is whole or not at all");
	is(read(fds[0], block, PAGE - 100), PAGE - 100, "a page of room");
	is(write(fds[1], block, PAGE), PAGE, "and it fits");
	is(fcntl(fds[1], F_GETFL) & (O_NONBLOCK | O_ACCMODE), O_NONBLOCK | O_WRONLY, "F_GETFL");
	is(fcntl(fds[1], F_GETFD), 0, "no FD_CLOEXEC");
	fresh(O_CLOEXEC);
	is(fcntl(fds[1], F_GETFD), FD_CLOEXEC, "O_CLOEXEC");
	fails(pipe2(fds, 0x40000000), EINVAL, "unknown flags");
	fails(syscall(SYS_pipe2, 8, 0), EFAULT, "bad pointer");
}

/* A write larger than the pipe goes on as the reader makes room. */
static void test_big(void)
{
	enum { SIZE = 1 << 20 };
	unsigned char *out = malloc(SIZE), buf[10000];
	long total = 0, bad = 0;
	int status;
	ssize_t n;
	pid_t pid;

	for (int i = 0; i < SIZE; i++)
		out[i] = i * 7 + (i >> 10);
	fresh(0);
	pid = fork();
	if (pid == 0) {
		close(fds[0]);
		_exit(write(fds[1], out, SIZE) != SIZE);
	}
	close(fds[1]);
	while ((n = read(fds[0], buf, sizeof(buf))) > 0) {
		bad += memcmp(buf, out + total, n) != 0;
		total += n;
	}
	is(total, SIZE, "1 MiB in one write");
	is(bad, 0, "every byte in its place");
	waitpid(pid, &status, 0);
	is(status, 0, "the write returned the whole length");
	fds[1] = dup(0);
	free(out);
}

/* Four writers with records of 1000 bytes (below PIPE_BUF): records never mix. */
static void test_atomic(void)
{
	char record[1000];
	int bad = 0, seen[4] = { 0 };

	fresh(0);
	for (int w = 0; w < 4; w++) {
		if (fork() == 0) {
			memset(record, 'a' + w, sizeof(record));
			for (int i = 0; i < 200; i++)
				if (write(fds[1], record, sizeof(record)) != sizeof(record))
					_exit(1);
			_exit(0);
		}
	}
	for (int i = 0; i < 800; i++) {
		size_t got = 0;

		while (got < sizeof(record))
			got += read(fds[0], record + got, sizeof(record) - got);
		for (unsigned int j = 1; j < sizeof(record); j++)
			bad += record[j] != record[0];
		seen[record[0] & 3]++;
	}
	while (wait(NULL) > 0)
		;
	is(bad, 0, "800 records of four writers, none torn");
	ok(seen[0] == 200 && seen[1] == 200 && seen[2] == 200 && seen[3] == 200, "and none lost");
}

static void test_poll(void)
{
	struct timespec ts = { 0, 30000000 };
	struct pollfd p[2];
	long start;
	char c;

	fresh(0);
	p[0] = (struct pollfd){ .fd = fds[0], .events = POLLIN };
	p[1] = (struct pollfd){ .fd = fds[1], .events = POLLOUT };
	is(poll(p, 2, 0), 1, "an empty pipe: one of two is ready");
	ok(p[0].revents == 0 && p[1].revents == POLLOUT, "the writing end");
	start = now_ns();
	is(ppoll(p, 1, &ts, NULL), 0, "ppoll: nothing to read in 30 ms");
	ok(now_ns() - start >= 30000000, "not before its time");
	need(write(fds[1], "x", 1) == 1);
	is(poll(p, 1, 1000), 1, "something to read");
	is(p[0].revents, POLLIN, "POLLIN");
	need(read(fds[0], &c, 1) == 1);
	if (fork() == 0) {
		sleep_ms(50);
		_exit(write(fds[1], "y", 1) != 1);
	}
	is(poll(p, 1, 5000), 1, "poll sleeps until something comes");
	wait(NULL);
	need(read(fds[0], &c, 1) == 1);
	close(fds[1]);
	is(poll(p, 1, 0), 1, "all writers gone");
	is(p[0].revents, POLLHUP, "POLLHUP");
	p[0].fd = 999;
	is(poll(p, 1, 0), 1, "a closed descriptor counts");
	is(p[0].revents, POLLNVAL, "POLLNVAL");
	p[0].fd = -1;
	is(poll(p, 1, 0), 0, "a negative one is passed over");
	fds[1] = dup(0);
}

int main(void)
{
	test_basic();
	test_ends();
	test_nonblock();
	test_big();
	test_atomic();
	test_poll();
	return done_testing();
}
