// SPDX-License-Identifier: GPL-2.0-only
/*
 * gunzip_mem.c - unpack a gzip file in memory to memory of unknown size.
 *
 * The output goes to virtually contiguous memory that doubles when it is full:
 * it starts at four times the input, so it seldom has to. Each doubling copies,
 * and for that moment there are both; the initramfs that is unpacked this way
 * is in memory three times over at worst, before the first program runs.
 */
#include <linux-lite/err.h>
#include <linux-lite/gunzip_mem.h>
#include <linux-lite/inflate.h>
#include <linux-lite/kernel.h>
#include <linux-lite/string.h>
#include <linux-lite/vmalloc.h>

struct output {
	char *buf;
	size_t len, room;
};

static int output_write(void *ctx, const void *data, size_t len)
{
	struct output *out = ctx;

	if (out->room - out->len < len) {
		size_t room = max(out->room * 2, out->len + len);
		char *larger = vmalloc(room);

		if (!larger)
			return -ENOMEM;
		memcpy(larger, out->buf, out->len);
		vfree(out->buf);
		out->buf = larger;
		out->room = room;
	}
	memcpy(out->buf + out->len, data, len);
	out->len += len;
	return 0;
}

int gunzip_to_memory(const void *in, size_t size, void **unpacked, size_t *unpacked_size,
		     size_t *used)
{
	struct output out = { .room = max(4 * size, (size_t)PAGE_SIZE) };
	struct inflate *inf = vmalloc(sizeof(*inf));
	int err = -ENOMEM;

	out.buf = vmalloc(out.room);
	if (inf && out.buf)
		err = gunzip(inf, in, size, output_write, &out, used);
	vfree(inf);
	if (err) {
		vfree(out.buf);
		return err;
	}
	*unpacked = out.buf;
	*unpacked_size = out.len;
	return 0;
}

void gunzip_free(void *unpacked)
{
	vfree(unpacked);
}
