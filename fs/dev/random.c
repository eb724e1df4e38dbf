// SPDX-License-Identifier: GPL-2.0-only
/*
 * random.c - random bytes: a ChaCha20 generator with fast key erasure.
 *
 *	         key (32 bytes)
 *	          | ChaCha20, block 0..3
 *	   +------+---------------------------------------+
 *	   | new key | 224 bytes for whoever asks         |
 *	   +---------+------------------------------------+
 *
 * Each batch begins with the key of the next one, and the old key is gone: who
 * reads the kernel's memory today learns nothing about yesterday's numbers
 * (D. J. Bernstein, "Fast-key-erasure random-number generators", 2017). Bytes
 * handed out are wiped from the batch. Large requests get a stream of their
 * own from a key made here, so that the lock is not held for long.
 *
 * Seed comes from the device tree (/chosen/rng-seed, which QEMU fills from its
 * host) and from virtio-rng, and is mixed in by replacing the key with a
 * function of both. Until one of them came, only the clock is there: the
 * generator says so (random_ready), gives what it has and does not block. Linux
 * blocks getrandom(2) there, for want of a better answer; a machine with
 * neither device would wait for ever.
 */
#include <linux-lite/chacha20.h>
#include <linux-lite/devices.h>
#include <linux-lite/file.h>
#include <linux-lite/random.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/time.h>
#include <linux-lite/uio.h>
#include <asm/uaccess.h>

#define BATCH_BLOCKS	4
#define BATCH_SIZE	(BATCH_BLOCKS * CHACHA20_BLOCK_SIZE)

#define GRND_NONBLOCK	1
#define GRND_RANDOM	2
#define GRND_INSECURE	4

static DEFINE_SPINLOCK(random_lock, RANK_RANDOM);	/* interrupts off */
static u8 key[CHACHA20_KEY_SIZE];	/* random_lock */
static u8 batch[BATCH_SIZE];		/* random_lock */
static unsigned int batch_used = BATCH_SIZE;	/* bytes gone from it; random_lock */
static bool ready;

static const u8 zero_nonce[CHACHA20_NONCE_SIZE];

/** random_ready - has seed come that nobody can guess? Context: any. */
bool random_ready(void)
{
	return READ_ONCE(ready);
}

/* random_lock held. */
static void new_batch(void)
{
	struct chacha20 state;

	chacha20_init(&state, key, 0, zero_nonce);
	for (unsigned int i = 0; i < BATCH_BLOCKS; i++)
		chacha20_block(&state, batch + i * CHACHA20_BLOCK_SIZE);
	memcpy(key, batch, sizeof(key));
	memzero_explicit(batch, sizeof(key));
	memzero_explicit(&state, sizeof(state));
	batch_used = sizeof(key);
}

static void get_from_batch(u8 *buf, size_t n)
{
	unsigned long flags;

	spin_lock_irqsave(&random_lock, flags);
	if (BATCH_SIZE - batch_used < n)
		new_batch();
	memcpy(buf, batch + batch_used, n);
	memzero_explicit(batch + batch_used, n);
	batch_used += n;
	spin_unlock_irqrestore(&random_lock, flags);
}

/* A stream of its own, for requests of any size. */
static void stream_init(struct chacha20 *state)
{
	u8 own_key[CHACHA20_KEY_SIZE];

	get_from_batch(own_key, sizeof(own_key));
	chacha20_init(state, own_key, 0, zero_nonce);
	memzero_explicit(own_key, sizeof(own_key));
}

/**
 * get_random_bytes - fill memory with random bytes
 * @buf: @size_bytes bytes
 * @size_bytes: any number
 *
 * Context: any.
 */
void get_random_bytes(void *buf, size_t size_bytes)
{
	u8 block[CHACHA20_BLOCK_SIZE];
	struct chacha20 state;
	u8 *to = buf;

	if (size_bytes <= CHACHA20_BLOCK_SIZE) {
		get_from_batch(to, size_bytes);
		return;
	}
	stream_init(&state);
	while (size_bytes) {
		size_t n = min(size_bytes, sizeof(block));

		chacha20_block(&state, block);
		memcpy(to, block, n);
		to += n;
		size_bytes -= n;
	}
	memzero_explicit(block, sizeof(block));
	memzero_explicit(&state, sizeof(state));
}

/** get_random_long - 64 random bits. Context: any. */
unsigned long get_random_long(void)
{
	unsigned long x;

	get_from_batch((u8 *)&x, sizeof(x));
	return x;
}

/**
 * add_random_seed - stir seed into the generator
 * @buf: @size_bytes bytes of it
 * @size_bytes: any number
 * @trusted: an attacker does not know at least 32 bytes of it
 *
 * For each 32 bytes: xor them into the key, then let the key become ChaCha20's
 * output under it. Nothing that was in the key is lost, whatever the seed is.
 *
 * Context: any.
 */
void add_random_seed(const void *buf, size_t size_bytes, bool trusted)
{
	const u8 *from = buf;
	unsigned long flags;
	u64 now = ktime_get_ns();

	spin_lock_irqsave(&random_lock, flags);
	for (unsigned int i = 0; i < sizeof(now); i++)
		key[i] ^= now >> (8 * i);
	do {
		size_t n = min(size_bytes, sizeof(key));

		for (size_t i = 0; i < n; i++)
			key[i] ^= from[i];
		new_batch();
		from += n;
		size_bytes -= n;
	} while (size_bytes);
	if (trusted)
		WRITE_ONCE(ready, true);
	spin_unlock_irqrestore(&random_lock, flags);
}

/* Fill what a reader gave. Bytes, or -EFAULT. */
static ssize_t random_to_iter(struct iov_iter *to)
{
	u8 block[CHACHA20_BLOCK_SIZE];
	struct chacha20 state;
	ssize_t done = 0;

	if (iov_iter_count(to) > sizeof(block))
		stream_init(&state);
	while (iov_iter_count(to)) {
		size_t n = min(iov_iter_count(to), sizeof(block)), copied;

		if (!done && n < sizeof(block))
			get_from_batch(block, n);
		else
			chacha20_block(&state, block);
		copied = copy_to_iter(block, n, to);
		done += copied;
		if (copied < n) {
			done = done ? done : -EFAULT;
			break;
		}
		if (done % PAGE_SIZE == 0) {
			if (signal_pending(current))
				break;
			cond_resched();
		}
	}
	memzero_explicit(block, sizeof(block));
	return done;
}

static ssize_t random_read(struct file *file, struct iov_iter *to, loff_t *pos)
{
	return random_to_iter(to);
}

/* Anybody may stir; it can only help. */
static ssize_t random_write(struct file *file, struct iov_iter *from, loff_t *pos)
{
	u8 buf[64];
	ssize_t done = 0;

	while (iov_iter_count(from)) {
		size_t n = copy_from_iter(buf, sizeof(buf), from);

		if (!n)
			return done ? done : -EFAULT;
		add_random_seed(buf, n, false);
		done += n;
	}
	return done;
}

const struct file_operations random_fops = {
	.read_iter = random_read,
	.write_iter = random_write,
	.llseek = noop_llseek,
};

SYSCALL_DEFINE3(getrandom, char __user *, buf, size_t, count, unsigned int, flags)
{
	struct iovec iov = { buf, min(count, MAX_RW_COUNT) };
	struct iov_iter iter;

	if (flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE) ||
	    (flags & (GRND_INSECURE | GRND_RANDOM)) == (GRND_INSECURE | GRND_RANDOM))
		return -EINVAL;
	if (!access_ok(buf, count))
		return -EFAULT;
	iov_iter_init(&iter, &iov, iov.iov_len);
	return random_to_iter(&iter);
}
