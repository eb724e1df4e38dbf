// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtqueue_test.c - drivers/virtio/virtqueue.c, with a device of our own at the other end.
 *
 * The device reads what a real one reads, the three arrays, and knows nothing of struct
 * virtqueue. What a real one would call a physical address is our virtual one.
 */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include <asm/host.h>
#include <asm/processor.h>
#include <linux-lite/abi/errno.h>
#include <linux-lite/atomic.h>
#include <linux-lite/virtqueue.h>

#define ALIGNMENT	4096

static struct virtqueue vq;

/* ---- the device ---- */

static struct device {
	unsigned int num;
	struct vring_desc *desc;
	struct vring_avail *avail;
	struct vring_used *used;
	u16 last_avail;			/* taken so far */
} dev;

/* Does the driver offer a chain? Its head, or -1. */
static int dev_take(void)
{
	if (smp_load_acquire(&dev.avail->idx) == dev.last_avail)
		return -1;
	return dev.avail->ring[dev.last_avail++ % dev.num];
}

static void dev_finish(unsigned int head, u32 len)
{
	struct vring_used_elem *elem = &dev.used->ring[dev.used->idx % dev.num];

	elem->id = head;
	elem->len = len;
	smp_store_release(&dev.used->idx, (u16)(dev.used->idx + 1));
}

/* Write the sum of all bytes read, plus 1, into each byte to be written. */
static void dev_serve(unsigned int head)
{
	unsigned int i = head, sum = 1, nr = 0;
	u32 written = 0;

	for (;;) {
		struct vring_desc *d = &dev.desc[i];
		u8 *data = (u8 *)d->addr;

		test_assert(++nr <= dev.num);
		if (d->flags & VRING_DESC_F_WRITE) {
			memset(data, sum, d->len);
			written += d->len;
		} else {
			test_assert(written == 0);	/* what is read comes first */
			for (u32 k = 0; k < d->len; k++)
				sum += data[k];
		}
		if (!(d->flags & VRING_DESC_F_NEXT))
			break;
		i = d->next;
		test_assert(i < dev.num);
	}
	dev_finish(head, written);
}

static void setup(unsigned int num)
{
	size_t size = virtqueue_bytes(num, ALIGNMENT);
	char *ring = aligned_alloc(ALIGNMENT, size);

	memset(ring, 0, size);
	ck_assert_int_eq(virtqueue_init(&vq, num, ring, ALIGNMENT,
					malloc(num * sizeof(struct vq_slot))), 0);
	dev = (struct device){
		.num = num,
		.desc = (void *)ring,
		.avail = (void *)(ring + 16 * num),
		.used = (void *)(ring + (16 * num + 6 + 2 * num + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT),
	};
	ck_assert_int_eq(virtqueue_check(&vq), 0);
}

static void teardown(void)
{
	ck_assert_int_eq(virtqueue_check(&vq), 0);
	free(vq.slots);
	free(vq.desc);
}

static struct vq_segment seg(void *p, u32 len)
{
	return (struct vq_segment){ (u64)p, len };
}

/* A token that is a number, and not NULL. */
static void *token(unsigned long i)
{
	return (void *)(i + 1);
}

/* ---- tests ---- */

START_TEST(the_layout_is_the_standards)
{
	/* Virtio 1.2, 2.7.2: 16 * num, 6 + 2 * num, 6 + 8 * num */
	ck_assert_uint_eq(virtqueue_bytes(8, 4096), 8192);
	ck_assert_uint_eq(virtqueue_bytes(128, 4096), 8192);
	ck_assert_uint_eq(virtqueue_bytes(256, 4096), 12288);
	ck_assert_uint_eq(virtqueue_bytes(8, 4), 128 + 24 + 72);
	ck_assert_int_eq(virtqueue_init(&vq, 0, NULL, 4, NULL), -EINVAL);
	ck_assert_int_eq(virtqueue_init(&vq, 24, NULL, 4, NULL), -EINVAL);
	ck_assert_int_eq(virtqueue_init(&vq, 65536, NULL, 4, NULL), -EINVAL);
	setup(256);
	ck_assert_ptr_eq(vq.avail, dev.avail);
	ck_assert_ptr_eq(vq.used, dev.used);
	teardown();
}
END_TEST

START_TEST(a_buffer_goes_there_and_back)
{
	u8 in[3] = { 1, 2, 3 }, more[2] = { 4, 5 }, out[4] = { 0 }, status = 0;
	struct vq_segment s[] = { seg(in, 3), seg(more, 2), seg(out, 4), seg(&status, 1) };
	u32 len = 77;

	setup(8);
	ck_assert_ptr_null(virtqueue_get(&vq, &len));
	ck_assert_int_eq(virtqueue_add(&vq, s, 2, 2, in), 0);
	ck_assert_uint_eq(vq.nr_free, 4);
	ck_assert_int_eq(virtqueue_check(&vq), 0);
	ck_assert_ptr_null(virtqueue_get(&vq, &len));
	dev_serve(dev_take());
	ck_assert_int_eq(dev_take(), -1);
	ck_assert_ptr_eq(virtqueue_get(&vq, &len), in);
	ck_assert_uint_eq(len, 5);
	ck_assert_uint_eq(out[0], 16);
	ck_assert_uint_eq(out[3], 16);
	ck_assert_uint_eq(status, 16);
	ck_assert_ptr_null(virtqueue_get(&vq, &len));
	ck_assert_uint_eq(vq.nr_free, 8);
	teardown();
}
END_TEST

START_TEST(no_more_than_there_are_descriptors)
{
	u8 byte[3];
	struct vq_segment s[] = { seg(byte, 1), seg(byte + 1, 1), seg(byte + 2, 1) };
	u32 len;

	setup(8);
	ck_assert_int_eq(virtqueue_add(&vq, s, 1, 2, token(0)), 0);
	ck_assert_int_eq(virtqueue_add(&vq, s, 1, 2, token(1)), 0);
	ck_assert_int_eq(virtqueue_add(&vq, s, 1, 2, token(2)), -ENOSPC);
	ck_assert_int_eq(virtqueue_check(&vq), 0);
	ck_assert_int_eq(virtqueue_add(&vq, s, 0, 2, token(3)), 0);
	ck_assert_uint_eq(vq.nr_free, 0);
	ck_assert_int_eq(virtqueue_add(&vq, s, 1, 0, token(4)), -ENOSPC);
	ck_assert_int_eq(virtqueue_check(&vq), 0);
	dev_serve(dev_take());
	ck_assert_ptr_eq(virtqueue_get(&vq, &len), token(0));
	ck_assert_int_eq(virtqueue_add(&vq, s, 1, 2, token(5)), 0);
	for (int head; (head = dev_take()) >= 0;)
		dev_serve(head);
	ck_assert_ptr_eq(virtqueue_get(&vq, &len), token(1));
	ck_assert_ptr_eq(virtqueue_get(&vq, &len), token(3));
	ck_assert_ptr_eq(virtqueue_get(&vq, &len), token(5));
	ck_assert_ptr_null(virtqueue_get(&vq, &len));
	teardown();
}
END_TEST

START_TEST(a_queue_of_one)
{
	u8 byte;
	struct vq_segment s = seg(&byte, 1);
	u32 len;

	setup(1);
	for (unsigned long i = 0; i < 70000; i++) {
		test_assert(virtqueue_add(&vq, &s, 0, 1, token(i)) == 0);
		test_assert(virtqueue_add(&vq, &s, 0, 1, token(i)) == -ENOSPC);
		dev_serve(dev_take());
		test_assert(virtqueue_get(&vq, &len) == token(i));
	}
	teardown();
}
END_TEST

/* 16-bit counts go around three times, with the ring full and empty at each of its places. */
START_TEST(indices_wrap)
{
	u8 byte[2];
	struct vq_segment s[] = { seg(byte, 1), seg(byte + 1, 1) };
	unsigned long in = 0, out = 0;
	u32 len;

	setup(8);
	for (unsigned int round = 0; in < 200000; round++) {
		for (unsigned int i = 0; i <= round % 4; i++)
			test_assert(virtqueue_add(&vq, s, 1, 1, token(in++)) == 0);
		if (round % 4 == 3)
			test_assert(virtqueue_add(&vq, s, 1, 1, token(in)) == -ENOSPC);
		for (int head; (head = dev_take()) >= 0;)
			dev_serve(head);
		while (out < in)
			test_assert(virtqueue_get(&vq, &len) == token(out++));
		test_assert(!virtqueue_get(&vq, &len) && dev_take() < 0);
		test_assert(virtqueue_check(&vq) == 0);
	}
	ck_assert_uint_eq((u16)in, vq.avail_idx);
	teardown();
}
END_TEST

/* Random chains, finished in random order; every token comes back once, data intact. */
START_TEST(completion_out_of_order)
{
	static u8 in[64][4], out[64][3];
	static u32 want[64];
	static int held[64];
	unsigned int nr_held = 0;
	bool busy[64] = { false };
	uint64_t rnd = test_seed();
	u32 len;

	setup(64);
	for (int step = 0; step < 300000; step++) {
		unsigned int i = test_random(&rnd) % 64, nr_out = test_random(&rnd) % 4;
		struct vq_segment s[4] = { seg(in[i], 4) };

		for (unsigned int k = 0; k < nr_out; k++)
			s[1 + k] = seg(&out[i][k], 1);
		if (!busy[i] && vq.nr_free >= 1 + nr_out) {
			for (int k = 0; k < 4; k++)
				in[i][k] = test_random(&rnd);
			want[i] = nr_out;
			test_assert(virtqueue_add(&vq, s, 1, nr_out, token(i)) == 0);
			busy[i] = true;
		}
		for (int head; test_random(&rnd) % 3 && (head = dev_take()) >= 0;)
			held[nr_held++] = head;
		if (nr_held && test_random(&rnd) % 2) {
			unsigned int pick = test_random(&rnd) % nr_held;

			dev_serve(held[pick]);
			held[pick] = held[--nr_held];
		}
		while (test_random(&rnd) % 2) {
			unsigned long t = (unsigned long)virtqueue_get(&vq, &len);
			u8 *data;

			if (!t--)
				break;
			test_assert(t < 64 && busy[t] && len == want[t]);
			busy[t] = false;
			data = in[t];
			for (u32 k = 0; k < len; k++)
				test_assert(out[t][k] == (u8)(1 + data[0] + data[1] + data[2] + data[3]));
		}
		if (step % 16 == 0)
			test_assert(virtqueue_check(&vq) == 0);
	}
	teardown();
}
END_TEST

START_TEST(a_busy_device_is_not_notified)
{
	setup(8);
	ck_assert(virtqueue_wants_notify(&vq));
	dev.used->flags = VRING_USED_F_NO_NOTIFY;
	ck_assert(!virtqueue_wants_notify(&vq));
	dev.used->flags = 0;
	ck_assert(virtqueue_wants_notify(&vq));
	teardown();
}
END_TEST

/* A device that writes nonsense: no access out of bounds (ASan), no token, only an error. */
START_TEST(a_broken_device_is_found_out)
{
	static const struct { u32 id; bool bad; } cases[] = {
		{ 0, false }, { 1, true }, { 2, true }, { 7, true }, { 8, true }, { 65536, true },
		{ 0xffffffff, true },
	};
	u8 byte[2];
	struct vq_segment s[] = { seg(byte, 1), seg(byte + 1, 1) };
	u32 len;

	setup(8);
	ck_assert_int_eq(virtqueue_add(&vq, s, 1, 1, token(0)), 0);
	/* Chain 0 has descriptors 0 and 1; our links don't hang on what the device sees. */
	memset(dev.desc, 0xff, 8 * sizeof(*dev.desc));
	dev_finish(cases[_i].id, 1);
	ck_assert_ptr_eq(virtqueue_get(&vq, &len), cases[_i].bad ? NULL : token(0));
	ck_assert(vq.broken == cases[_i].bad);
	ck_assert_ptr_null(virtqueue_get(&vq, &len));
	ck_assert_int_eq(virtqueue_add(&vq, s, 1, 1, token(1)), cases[_i].bad ? -EIO : 0);
	if (cases[_i].bad) {		/* a second thought comes too late */
		dev.used->ring[0].id = 0;
		ck_assert_ptr_null(virtqueue_get(&vq, &len));
	}
	teardown();
}
END_TEST

START_TEST(a_chain_used_twice_is_found_out)
{
	u8 byte;
	struct vq_segment s = seg(&byte, 1);
	u32 len;

	setup(8);
	ck_assert_int_eq(virtqueue_add(&vq, &s, 0, 1, token(0)), 0);
	dev_finish(0, 1);
	dev_finish(0, 1);
	ck_assert_ptr_eq(virtqueue_get(&vq, &len), token(0));
	ck_assert_ptr_null(virtqueue_get(&vq, &len));
	ck_assert(vq.broken);
	teardown();
}
END_TEST

START_TEST(check_sees_broken_invariants)
{
	u8 byte;
	struct vq_segment s = seg(&byte, 1);
	struct virtqueue good;

	setup(8);
	ck_assert_int_eq(virtqueue_add(&vq, &s, 0, 1, token(0)), 0);
	good = vq;
	vq.nr_free--;
	ck_assert_int_eq(virtqueue_check(&vq), 1);
	vq = good;
	vq.free_head = 0;
	ck_assert_int_eq(virtqueue_check(&vq), 2);
	vq = good;
	vq.last_used++;
	ck_assert_int_eq(virtqueue_check(&vq), 3);
	vq = good;
	vq.avail->idx++;
	ck_assert_int_eq(virtqueue_check(&vq), 4);
	vq.avail->idx--;
	teardown();
}
END_TEST

/* ---- two harts: the device runs beside the driver, and sleeps when it has no work ---- */

#define ROUNDS	100000u

static unsigned int bell;	/* rung so often */
static unsigned int bells_heard;

static void dev_life(void *unused)
{
	unsigned int served = 0;
	int head;

	while (served < ROUNDS) {
		__atomic_store_n(&dev.used->flags, VRING_USED_F_NO_NOTIFY, __ATOMIC_RELAXED);
		while ((head = dev_take()) >= 0) {
			dev_serve(head);
			served++;
		}
		__atomic_store_n(&dev.used->flags, 0, __ATOMIC_RELAXED);
		smp_mb();
		if (smp_load_acquire(&dev.avail->idx) != dev.last_avail || served == ROUNDS)
			continue;
		while (__atomic_load_n(&bell, __ATOMIC_ACQUIRE) == bells_heard)
			cpu_relax();
		bells_heard = __atomic_load_n(&bell, __ATOMIC_ACQUIRE);
	}
}

/* A bell that is not rung though it should be leaves both waiting: the test times out. */
START_TEST(device_on_another_hart)
{
	static u8 in[16], out[16];
	unsigned int added = 0, got = 0;
	u32 len;

	host_boot(&(struct host_config){ .harts = 2 });
	setup(16);
	host_run_on(1, dev_life, NULL);
	while (got < ROUNDS) {
		unsigned long t;

		/*
		 * Tokens are used again in order. One at a time is the hard case: the device
		 * runs out of work just when the next comes, and nobody rings a second time.
		 */
		if (added < ROUNDS && added - got < (added & 1024 ? 8 : 1)) {
			unsigned int i = added % 8;
			struct vq_segment s[] = { seg(&in[i], 1), seg(&out[i], 1) };

			in[i] = added;
			test_assert(virtqueue_add(&vq, s, 1, 1, token(i)) == 0);
			added++;
			if (virtqueue_wants_notify(&vq))
				__atomic_fetch_add(&bell, 1, __ATOMIC_RELEASE);
		}
		t = (unsigned long)virtqueue_get(&vq, &len);
		if (!t) {
			cpu_relax();		/* the device may want this processor */
			continue;
		}
		test_assert(t - 1 == got % 8 && len == 1);
		test_assert(out[t - 1] == (u8)(got + 1));
		got++;
	}
	host_join(1);
	teardown();
}
END_TEST

static Suite *virtqueue_suite(void)
{
	Suite *s = suite_create("virtqueue");
	TCase *tc = tcase_create("core");
	TCase *broken = tcase_create("broken");
	TCase *harts = tcase_create("two_harts");

	tcase_add_test(tc, the_layout_is_the_standards);
	tcase_add_test(tc, a_buffer_goes_there_and_back);
	tcase_add_test(tc, no_more_than_there_are_descriptors);
	tcase_add_test(tc, a_queue_of_one);
	tcase_add_test(tc, indices_wrap);
	tcase_add_test(tc, completion_out_of_order);
	tcase_add_test(tc, a_busy_device_is_not_notified);
	suite_add_tcase(s, tc);
	tcase_add_loop_test(broken, a_broken_device_is_found_out, 0, 7);
	tcase_add_test(broken, a_chain_used_twice_is_found_out);
	tcase_add_test(broken, check_sees_broken_invariants);
	suite_add_tcase(s, broken);
	tcase_add_test(harts, device_on_another_hart);
	suite_add_tcase(s, harts);
	return s;
}
REGISTER_SUITE(virtqueue_suite);
