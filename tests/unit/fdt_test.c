// SPDX-License-Identifier: GPL-2.0-only
/*
 * fdt_test.c - lib/fdt*.c on a hand-made tree and on those of QEMU's virt machine, whole, cut off
 * at every byte, and with flipped bits.  Blobs lie in heap blocks of exactly their size, so that
 * AddressSanitizer sees a read beyond the end.
 */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux-lite/fdt.h>

/* ---- a small writer of blobs ---- */

#define STRUCT_AT	88	/* header 40, reservations 3 * 16 */
#define STRINGS_SIZE	512

static unsigned char blob[4096];
static char strings[STRINGS_SIZE];
static u32 blob_size, strings_used;

static void be32(unsigned char *p, u32 v)
{
	p[0] = v >> 24;
	p[1] = v >> 16;
	p[2] = v >> 8;
	p[3] = v;
}

static void word(u32 v)
{
	be32(blob + blob_size, v);
	blob_size += 4;
}

static void bytes(const void *p, u32 n)
{
	memcpy(blob + blob_size, p, n);
	blob_size = (blob_size + n + 3) & ~3U;
}

static void begin(const char *name)
{
	word(1);
	bytes(name, strlen(name) + 1);
}

static void end(void)
{
	word(2);
}

static void prop(const char *name, const void *value, u32 len)
{
	word(3);
	word(len);
	word(strings_used);
	strcpy(strings + strings_used, name);
	strings_used += strlen(name) + 1;
	bytes(value, len);
}

#define prop_string(name, s) prop(name, s, sizeof(s))

/* prop_cells("reg", 1, 2, 3) */
#define prop_cells(name, ...) do {						\
	u32 _v[] = { __VA_ARGS__ };						\
	unsigned char _b[sizeof(_v)];						\
	for (size_t _i = 0; _i < sizeof(_v) / 4; _i++)				\
		be32(_b + 4 * _i, _v[_i]);					\
	prop(name, _b, sizeof(_b));						\
} while (0)

static void start(void)
{
	memset(blob, 0, sizeof(blob));
	memset(strings, 0, sizeof(strings));
	strings_used = 0;
	blob_size = STRUCT_AT;
	be32(blob + 44, 0x80000000);	/* reservations: (0x80000000, 0x40000), (5, 0), end */
	be32(blob + 52, 0x40000);
	be32(blob + 60, 5);
}

static void finish(void)
{
	u32 struct_size, strings_at;

	word(9);
	struct_size = blob_size - STRUCT_AT;
	strings_at = blob_size;
	bytes(strings, strings_used);
	be32(blob, 0xd00dfeed);
	be32(blob + 4, blob_size);
	be32(blob + 8, STRUCT_AT);
	be32(blob + 12, strings_at);
	be32(blob + 16, 40);
	be32(blob + 20, 17);
	be32(blob + 24, 16);
	be32(blob + 28, 3);
	be32(blob + 32, strings_used);
	be32(blob + 36, struct_size);
}

static void write_soc(void)
{
	begin("soc");
	prop_cells("#address-cells", 2);
	prop_cells("#size-cells", 2);
	prop_string("compatible", "simple-bus");
	prop("ranges", "", 0);
	begin("plic@c000000");
	prop_cells("phandle", 9);
	prop_cells("#interrupt-cells", 1);
	end();
	begin("gpio@1");
	prop_cells("phandle", 10);
	prop_cells("#interrupt-cells", 2);
	prop_string("status", "disabled");
	end();
	begin("serial@10000000");
	prop("compatible", "ns16550a\0snps,uart", 19);
	prop_cells("reg", 0, 0x10000000, 0, 0x100, 1, 2, 3, 4);
	prop_cells("interrupts", 10, 11);
	prop_string("status", "okay");
	end();
	begin("rtc@101000");
	prop_cells("reg", 0, 0x101000, 0, 0x1000);
	prop_cells("interrupts-extended", 9, 7, 10, 8, 4, 9, 6);
	end();
	begin("bridge@30000000");
	prop_cells("#address-cells", 1);
	prop_cells("#size-cells", 1);
	prop_cells("ranges", 0x100, 0, 0x30000000, 0x100, 0x1000, 0, 0x40000000, 0x200);
	begin("leaf@1080");
	prop_cells("reg", 0x1080, 0x10);
	end();
	begin("leaf@2000");
	prop_cells("reg", 0x2000, 0x10);
	end();
	end();
	end();
}

static void write_tree(void)
{
	start();
	begin("");
	prop_cells("#address-cells", 2);
	prop_cells("#size-cells", 2);
	prop_cells("interrupt-parent", 9);
	begin("aliases");
	prop_string("serial0", "/soc/serial@10000000");
	end();
	begin("chosen");
	prop_string("bootargs", "quiet panic=1");
	prop_cells("linux,initrd-start", 0, 0x84000000);
	prop_cells("linux,initrd-end", 0x84101001);
	end();
	word(4);
	begin("cpus");
	prop_cells("#address-cells", 1);
	prop_cells("#size-cells", 0);
	begin("cpu@0");
	prop_string("device_type", "cpu");
	prop_cells("reg", 0);
	end();
	begin("cpu@3");
	prop_string("device_type", "cpu");
	prop_cells("reg", 3);
	end();
	end();
	begin("memory@80000000");
	prop_string("device_type", "memory");
	prop_cells("reg", 0, 0x80000000, 0, 0x8000000, 1, 0, 2, 0);
	end();
	write_soc();
	end();
	finish();
}

/* ---- the hand-made tree ---- */

static struct fdt fdt;

static void setup(void)
{
	write_tree();
	ck_assert_int_eq(fdt_init(&fdt, blob, blob_size), 0);
}

START_TEST(paths_and_names)
{
	int soc = fdt_path(&fdt, "/soc"), serial = fdt_path(&fdt, "/soc/serial@10000000");

	ck_assert_int_eq(fdt_path(&fdt, "/"), fdt_root(&fdt));
	ck_assert_str_eq(fdt_node_name(&fdt, fdt_root(&fdt)), "");
	ck_assert_int_gt(soc, 0);
	ck_assert_str_eq(fdt_node_name(&fdt, serial), "serial@10000000");
	ck_assert_int_eq(fdt_path(&fdt, "/soc/serial"), serial);
	ck_assert_int_eq(fdt_path(&fdt, "/soc//serial/"), serial);
	ck_assert_int_eq(fdt_path(&fdt, "serial0"), serial);
	ck_assert_int_eq(fdt_path(&fdt, "/soc/serial@1"), -ENOENT);
	ck_assert_int_eq(fdt_path(&fdt, "/soc/seria"), -ENOENT);
	ck_assert_int_eq(fdt_path(&fdt, "/serial"), -ENOENT);
	ck_assert_int_eq(fdt_path(&fdt, "serial1"), -ENOENT);
	ck_assert_int_eq(fdt_parent(&fdt, serial), soc);
	ck_assert_int_eq(fdt_parent(&fdt, soc), fdt_root(&fdt));
	ck_assert_int_eq(fdt_parent(&fdt, fdt_root(&fdt)), -ENOENT);
	ck_assert_int_eq(fdt_parent(&fdt, soc + 4), -EINVAL);
	ck_assert_ptr_null(fdt_node_name(&fdt, -1));
	ck_assert_ptr_null(fdt_node_name(&fdt, soc + 1));
}
END_TEST

START_TEST(children_in_order)
{
	static const char *const want[] = { "aliases", "chosen", "cpus", "memory@80000000", "soc" };
	int node, i = 0, all = 0;

	fdt_for_each_child(&fdt, node, fdt_root(&fdt))
		ck_assert_str_eq(fdt_node_name(&fdt, node), want[i++]);
	ck_assert_int_eq(i, 5);
	ck_assert_int_eq(fdt_first_child(&fdt, fdt_path(&fdt, "/chosen")), -ENOENT);
	for (node = fdt_root(&fdt); node >= 0; node = fdt_next_node(&fdt, node, NULL))
		all++;
	ck_assert_int_eq(all, 15);
}
END_TEST

START_TEST(properties)
{
	int chosen = fdt_path(&fdt, "/chosen");
	u64 wide;
	u32 v, len;

	ck_assert_str_eq(fdt_read_string(&fdt, chosen, "bootargs"), "quiet panic=1");
	ck_assert_ptr_nonnull(fdt_getprop(&fdt, chosen, "bootargs", &len));
	ck_assert_uint_eq(len, 14);
	ck_assert_ptr_null(fdt_getprop(&fdt, chosen, "reg", NULL));
	ck_assert_int_eq(fdt_read_u64(&fdt, chosen, "linux,initrd-start", &wide), 0);
	ck_assert_uint_eq(wide, 0x84000000);
	ck_assert_int_eq(fdt_read_u64(&fdt, chosen, "linux,initrd-end", &wide), 0);
	ck_assert_uint_eq(wide, 0x84101001);
	ck_assert_int_eq(fdt_read_u64(&fdt, chosen, "bootargs", &wide), -EINVAL);
	ck_assert_int_eq(fdt_read_u32(&fdt, chosen, "linux,initrd-start", &v), -EINVAL);
	ck_assert_int_eq(fdt_read_u32(&fdt, chosen, "nothing", &v), -ENOENT);
	ck_assert_ptr_null(fdt_read_string(&fdt, chosen, "linux,initrd-end"));
	ck_assert_uint_eq(fdt.boot_cpuid, 3);
}
END_TEST

START_TEST(searches)
{
	int cpu = fdt_find_device_type(&fdt, -1, "cpu"), serial = fdt_path(&fdt, "serial0");

	ck_assert_int_eq(fdt_find_compatible(&fdt, -1, "ns16550a"), serial);
	ck_assert_int_eq(fdt_find_compatible(&fdt, -1, "snps,uart"), serial);
	ck_assert_int_eq(fdt_find_compatible(&fdt, -1, "ns16550"), -ENOENT);
	ck_assert_int_eq(fdt_find_compatible(&fdt, -1, "uart"), -ENOENT);
	ck_assert_int_eq(fdt_find_compatible(&fdt, serial, "ns16550a"), -ENOENT);
	ck_assert_int_eq(cpu, fdt_path(&fdt, "/cpus/cpu@0"));
	ck_assert_int_eq(fdt_find_device_type(&fdt, cpu, "cpu"), fdt_path(&fdt, "/cpus/cpu@3"));
	ck_assert_int_eq(fdt_find_phandle(&fdt, 10), fdt_path(&fdt, "/soc/gpio"));
	ck_assert_int_eq(fdt_find_phandle(&fdt, 11), -ENOENT);
	ck_assert(fdt_is_available(&fdt, cpu));
	ck_assert(fdt_is_available(&fdt, serial));
	ck_assert(!fdt_is_available(&fdt, fdt_path(&fdt, "/soc/gpio")));
}
END_TEST

START_TEST(reg_by_the_parents_cells)
{
	int memory = fdt_find_device_type(&fdt, -1, "memory");
	u64 addr, size;

	ck_assert_int_eq(fdt_reg(&fdt, memory, 0, &addr, &size), 0);
	ck_assert(addr == 0x80000000 && size == 0x8000000);
	ck_assert_int_eq(fdt_reg(&fdt, memory, 1, &addr, &size), 0);
	ck_assert(addr == 0x100000000 && size == 0x200000000);
	ck_assert_int_eq(fdt_reg(&fdt, memory, 2, &addr, &size), -ENOENT);
	ck_assert_int_eq(fdt_reg(&fdt, memory, ~0U, &addr, &size), -ENOENT);
	ck_assert_int_eq(fdt_reg(&fdt, fdt_path(&fdt, "/cpus/cpu@3"), 0, &addr, &size), 0);
	ck_assert(addr == 3 && size == 0);
	ck_assert_int_eq(fdt_reg(&fdt, fdt_path(&fdt, "/chosen"), 0, &addr, NULL), -ENOENT);
}
END_TEST

START_TEST(translation_through_buses)
{
	u64 phys = 1;

	ck_assert_int_eq(fdt_translate(&fdt, fdt_path(&fdt, "serial0"), 0x10000000, &phys), 0);
	ck_assert_uint_eq(phys, 0x10000000);
	ck_assert_int_eq(fdt_translate(&fdt, fdt_path(&fdt, "/soc/bridge/leaf@1080"), 0x1080,
				       &phys), 0);
	ck_assert_uint_eq(phys, 0x40000080);
	ck_assert_int_eq(fdt_translate(&fdt, fdt_path(&fdt, "/soc/bridge/leaf@2000"), 0x2000,
				       &phys), -ENXIO);
	ck_assert_int_eq(fdt_translate(&fdt, fdt_path(&fdt, "/cpus/cpu@3"), 3, &phys), -ENXIO);
	ck_assert_int_eq(fdt_translate(&fdt, fdt_path(&fdt, "/memory"), 5, &phys), 0);
	ck_assert_uint_eq(phys, 5);
}
END_TEST

START_TEST(interrupts)
{
	int serial = fdt_path(&fdt, "serial0"), rtc = fdt_path(&fdt, "/soc/rtc");
	struct fdt_irq irq;

	ck_assert_int_eq(fdt_irq(&fdt, serial, 1, &irq), 0);
	ck_assert(irq.controller == fdt_path(&fdt, "/soc/plic"));
	ck_assert(irq.nr_cells == 1 && irq.cells[0] == 11);
	ck_assert_int_eq(fdt_irq(&fdt, serial, 2, &irq), -ENOENT);
	ck_assert_int_eq(fdt_irq(&fdt, rtc, 1, &irq), 0);
	ck_assert(irq.controller == fdt_path(&fdt, "/soc/gpio"));
	ck_assert(irq.nr_cells == 2 && irq.cells[0] == 8 && irq.cells[1] == 4);
	ck_assert_int_eq(fdt_irq(&fdt, rtc, 2, &irq), 0);
	ck_assert(irq.nr_cells == 1 && irq.cells[0] == 6);
	ck_assert_int_eq(fdt_irq(&fdt, rtc, 3, &irq), -ENOENT);
	ck_assert_int_eq(fdt_irq(&fdt, fdt_path(&fdt, "/chosen"), 0, &irq), -ENOENT);
}
END_TEST

START_TEST(reservations)
{
	u64 addr, size;

	ck_assert_int_eq(fdt_reserved(&fdt, 0, &addr, &size), 0);
	ck_assert(addr == 0x80000000 && size == 0x40000);
	ck_assert_int_eq(fdt_reserved(&fdt, 1, &addr, &size), 0);
	ck_assert(addr == 5 && size == 0);
	ck_assert_int_eq(fdt_reserved(&fdt, 2, &addr, &size), -ENOENT);
}
END_TEST

/* ---- broken blobs ---- */

/* Call everything on every node; only the sanitizer judges. */
static void use_all(const struct fdt *f)
{
	u64 addr, size, phys;
	struct fdt_irq irq;

	for (int node = fdt_root(f); node >= 0; node = fdt_next_node(f, node, NULL)) {
		fdt_node_name(f, node);
		fdt_next_sibling(f, node);
		fdt_is_compatible(f, node, "ns16550a");
		fdt_is_available(f, node);
		for (unsigned int i = 0; i < 4 && !fdt_reg(f, node, i, &addr, &size); i++)
			fdt_translate(f, node, addr, &phys);
		for (unsigned int i = 0; i < 4; i++)
			fdt_irq(f, node, i, &irq);
	}
	fdt_path(f, "/soc/serial");
	fdt_path(f, "serial0");
	for (unsigned int i = 0; !fdt_reserved(f, i, &addr, &size); )
		i++;
}

/* Return: whether the first @size bytes of @data were taken for a sound tree. */
static bool try_blob(const unsigned char *data, size_t size)
{
	unsigned char *copy = malloc(size);
	struct fdt f;
	bool sound;

	memcpy(copy, data, size);
	sound = fdt_init(&f, copy, size) == 0;
	if (sound)
		use_all(&f);
	free(copy);
	return sound;
}

static void break_it(const unsigned char *data, size_t size, int rounds)
{
	uint64_t rnd = test_seed();
	unsigned char *broken = malloc(size);
	int sound = 0;

	test_assert(try_blob(data, size));
	for (size_t n = 0; n < size; n += rounds > 2000 ? 1 : 1 + test_random(&rnd) % 16)
		test_assert(!try_blob(data, n));
	for (int round = 0; round < rounds; round++) {
		memcpy(broken, data, size);
		for (int flips = 1 + test_random(&rnd) % 4; flips; flips--) {
			uint64_t r = test_random(&rnd);
			size_t at = r >> 40 & 1 ? (r >> 8) % size : (r >> 8) % 128;

			if (r >> 41 & 1)
				broken[at] ^= 1 << r % 8;
			else
				broken[at] = (int[]){ 0, 1, 2, 3, 9, 0x7f, 0xff, 0x80 }[r % 8];
		}
		sound += try_blob(broken, size);
	}
	ck_assert_int_gt(sound, 0);	/* else the flips never reached the readers */
	ck_assert_int_lt(sound, rounds);
	free(broken);
}

START_TEST(hand_made_tree_cut_and_flipped)
{
	break_it(blob, blob_size, 20000);
}
END_TEST

/* The same tree, the strings before the structure: what is read too far, the sanitizer sees. */
START_TEST(other_layout_cut_and_flipped)
{
	unsigned char other[sizeof(blob)];
	u32 at = STRUCT_AT, struct_size = fdt.struct_size;

	memcpy(other, blob, STRUCT_AT);
	memcpy(other + at, strings, strings_used);
	be32(other + 12, at);
	at = (at + strings_used + 3) & ~3U;
	memcpy(other + at, blob + STRUCT_AT, struct_size);
	be32(other + 8, at);
	break_it(other, at + struct_size, 20000);

	be32(other + 4, at + struct_size - 4);		/* all but the end mark */
	be32(other + 36, struct_size - 4);
	ck_assert(!try_blob(other, at + struct_size - 4));
}
END_TEST

START_TEST(structures_that_are_refused)
{
	static const struct { u32 at, value; } bad[] = {
		{ 0, 0xd00dfeee }, { 4, 0x7fffffff }, { 20, 16 }, { 24, 18 }, { 8, 90 },
		{ 12, 0xfffffff0 }, { 16, 0xfffffff0 }, { 32, 3 }, { 36, 64 }, { 36, 0xfffffffc },
		{ STRUCT_AT, 2 }, { STRUCT_AT, 9 }, { STRUCT_AT, 5 }, { STRUCT_AT + 12, 0x7ffffff0 },
		{ STRUCT_AT + 16, 0x7fffffff },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		write_tree();
		be32(blob + bad[i].at, bad[i].value);
		ck_assert_msg(!try_blob(blob, blob_size), "case %zu was taken", i);
	}
}
END_TEST

static void finish_and_expect(bool sound)
{
	finish();
	ck_assert_int_eq(try_blob(blob, blob_size), sound);
}

START_TEST(names_that_do_not_end)
{
	start();
	begin("");
	prop_string("first", "1");
	prop_string("last", "2");
	end();
	finish();
	ck_assert(try_blob(blob, blob_size));
	be32(blob + 32, strings_used - 1);	/* without the final 0 of "last" */
	ck_assert(!try_blob(blob, blob_size));
}
END_TEST

START_TEST(nesting_rules)
{
	start();
	begin("");
	end();
	finish_and_expect(true);

	start();		/* two roots */
	begin("");
	end();
	begin("");
	end();
	finish_and_expect(false);

	start();		/* a property behind a child */
	begin("");
	begin("a");
	end();
	prop_cells("late", 1);
	end();
	finish_and_expect(false);

	start();		/* not closed */
	begin("");
	finish_and_expect(false);

	for (int depth = FDT_MAX_DEPTH; depth <= FDT_MAX_DEPTH + 1; depth++) {
		start();
		for (int i = 0; i < depth; i++)
			begin("");
		for (int i = 0; i < depth; i++)
			end();
		finish_and_expect(depth == FDT_MAX_DEPTH);
	}
}
END_TEST

/* ---- QEMU's trees ---- */

/* The device tree that QEMU makes for @options.  Return: heap block, *@size bytes. */
static unsigned char *qemu_tree(const char *options, size_t *size)
{
	char name[] = "/tmp/fdt_test.XXXXXX", command[300];
	unsigned char *data;
	FILE *f;

	close(mkstemp(name));
	snprintf(command, sizeof(command), "timeout 60 qemu-system-riscv64 -machine "
		 "virt,dumpdtb=%s %s >/dev/null 2>&1", name, options);
	ck_assert_msg(system(command) == 0, "failed: %s", command);
	f = fopen(name, "rb");
	ck_assert_ptr_nonnull(f);
	fseek(f, 0, SEEK_END);
	*size = ftell(f);
	rewind(f);
	data = malloc(*size);
	ck_assert_uint_eq(fread(data, 1, *size, f), *size);
	fclose(f);
	unlink(name);
	return data;
}

START_TEST(qemu_virt_machine)
{
	static const struct { const char *options; u64 mem; int harts; } machines[] = {
		{ "-m 128M -smp 1", 128UL << 20, 1 },
		{ "-m 3G -smp 8 -cpu sifive-u54", 3UL << 30, 8 },
		/* reserve=off: the memory is never touched, so this runs on small machines, too */
		{ "-m 64G -smp 2 -object memory-backend-ram,id=ram,size=64G,reserve=off "
		  "-machine memory-backend=ram", 64UL << 30, 2 },
	};

	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++) {
		size_t bytes;
		unsigned char *data = qemu_tree(machines[i].options, &bytes);
		int node, harts = 0, virtio = 0;
		struct fdt_irq irq;
		u64 addr, size, phys;
		struct fdt f;

		ck_assert_int_eq(fdt_init(&f, data, bytes), 0);
		node = fdt_find_device_type(&f, -1, "memory");
		ck_assert_int_eq(fdt_reg(&f, node, 0, &addr, &size), 0);
		ck_assert(addr == 0x80000000 && size == machines[i].mem);
		for (node = -1; (node = fdt_find_device_type(&f, node, "cpu")) >= 0; harts++) {
			ck_assert_int_eq(fdt_reg(&f, node, 0, &addr, NULL), 0);
			ck_assert_uint_lt(addr, (unsigned int)machines[i].harts);
			ck_assert_ptr_nonnull(fdt_read_string(&f, node, "mmu-type"));
		}
		ck_assert_int_eq(harts, machines[i].harts);
		node = fdt_find_compatible(&f, -1, "ns16550a");
		ck_assert_int_eq(fdt_reg(&f, node, 0, &addr, &size), 0);
		ck_assert_int_eq(fdt_translate(&f, node, addr, &phys), 0);
		ck_assert_uint_eq(phys, 0x10000000);
		ck_assert_int_eq(fdt_irq(&f, node, 0, &irq), 0);
		ck_assert_uint_eq(irq.cells[0], 10);
		ck_assert(fdt_is_compatible(&f, irq.controller, "riscv,plic0"));
		fdt_for_each_compatible(&f, node, "virtio,mmio")
			virtio++;
		ck_assert_int_eq(virtio, 8);
		break_it(data, f.total_size, 1000);
		free(data);
	}
}
END_TEST

static Suite *fdt_suite(void)
{
	Suite *s = suite_create("fdt");
	TCase *tc = tcase_create("tree"), *broken = tcase_create("broken"),
		*qemu = tcase_create("qemu");

	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, paths_and_names);
	tcase_add_test(tc, children_in_order);
	tcase_add_test(tc, properties);
	tcase_add_test(tc, searches);
	tcase_add_test(tc, reg_by_the_parents_cells);
	tcase_add_test(tc, translation_through_buses);
	tcase_add_test(tc, interrupts);
	tcase_add_test(tc, reservations);
	suite_add_tcase(s, tc);

	tcase_add_checked_fixture(broken, setup, NULL);
	tcase_add_test(broken, hand_made_tree_cut_and_flipped);
	tcase_add_test(broken, other_layout_cut_and_flipped);
	tcase_add_test(broken, structures_that_are_refused);
	tcase_add_test(broken, names_that_do_not_end);
	tcase_add_test(broken, nesting_rules);
	suite_add_tcase(s, broken);

	tcase_add_test(qemu, qemu_virt_machine);
	suite_add_tcase(s, qemu);
	return s;
}
REGISTER_SUITE(fdt_suite);
