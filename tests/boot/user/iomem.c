// SPDX-License-Identifier: GPL-2.0-only
/*
 * iomem.c - /proc/iomem: each line's form, that it is a tree, and what is in it on QEMU's riscv64 machine
 */
#include "tap.h"
#include <sys/stat.h>

#define DEPTHS	8

struct line {
	unsigned long start, end;	/* closed, as printed */
	int depth;
	char name[64];
};

static struct line lines[256];
static int nr;

/* Read the file into lines[]. Return: lines of another form than Linux's. */
static int parse(void)
{
	static char text[32768];
	char *at, *next, again[160];
	int bad = 0;

	need(slurp("/proc/iomem", text, sizeof(text)) > 0);
	for (nr = 0, at = text; *at && nr < 256; at = next, nr++) {
		struct line *l = &lines[nr];

		next = strchr(at, '\n');
		need(next);
		*next++ = 0;
		l->depth = strspn(at, " ") / 2;
		if (sscanf(at, " %lx-%lx : %63[^\n]", &l->start, &l->end, l->name) != 3) {
			bad++;
			continue;
		}
		snprintf(again, sizeof(again), "%*s%08lx-%08lx : %s", l->depth * 2, "", l->start, l->end, l->name);
		if (strcmp(again, at) && bad++ < 3)
			diag("|%s|", at);
	}
	return bad;
}

/* Return: ranges that are not inside the one they are shown below, or not behind the one before them. */
static int misplaced(void)
{
	const struct line *above[DEPTHS + 1] = { NULL }, *l;
	unsigned long behind[DEPTHS + 1] = { 0 };
	int bad = 0;

	for (l = lines; l < lines + nr; l++) {
		int d = l->depth;

		need(d < DEPTHS && (d == 0 || above[d - 1]));
		if (l->start > l->end || l->start < behind[d] ||
		    (d && (l->start < above[d - 1]->start || l->end > above[d - 1]->end))) {
			diag("%*s%08lx-%08lx : %s", 2 * d, "", l->start, l->end, l->name);
			bad++;
		}
		above[d] = l;
		above[d + 1] = NULL;
		behind[d] = l->end + 1;
		behind[d + 1] = 0;
	}
	return bad;
}

static const struct line *find(const char *name)
{
	static const struct line none = { 1, 0, -1, "" };

	for (const struct line *l = lines; l < lines + nr; l++)
		if (!strcmp(l->name, name))
			return l;
	diag("no %s", name);
	return &none;
}

static void test_kernel(void)
{
	static const char *const part[] = { "Kernel code", "Kernel rodata", "Kernel data", "Kernel bss" };
	const struct line *image = find("Kernel image"), *l;
	unsigned long behind = image->start;
	int good = 1;

	is(image->depth, 1, "the kernel's image is in RAM");
	for (int i = 0; i < 4; i++) {
		l = find(part[i]);
		good &= l->depth == 2 && l->start >= behind && l->end <= image->end &&
			l->end - l->start > 4096;
		behind = l->end;
	}
	ok(good, "with code, constants, data and bss in it, in this order");
	is(find("Kernel code")->start, image->start, "the image begins with code");
	is(find("Kernel bss")->end, image->end, "and ends with bss");
}

static void test_ram(void)
{
	unsigned long ram = 0, reserved = 0, total = proc_number("/proc/meminfo", "MemTotal") << 10;
	int odd = 0;

	for (const struct line *l = lines; l < lines + nr; l++) {
		if (!strcmp(l->name, "System RAM")) {
			ram += l->end + 1 - l->start;
			odd += l->depth != 0 || l->start % PAGE || (l->end + 1) % PAGE;
		}
		if (l->depth == 1 && (!strcmp(l->name, "Reserved") || !strcmp(l->name, "Kernel image")))
			reserved += l->end + 1 - l->start;
	}
	is(odd, 0, "RAM is whole frames, at the top of the tree");
	ok(ram >= total && ram < total + total / 2, "it is somewhat more than MemTotal (%lu, %lu kB)", ram >> 10,
	   total >> 10);
	ok(reserved > 0 && reserved >= (ram - total) / 2, "most of the difference is reserved (%lu kB)",
	   reserved >> 10);
}

static void test_devices(void)
{
	const struct line *rtc = find("101000.rtc rtc@101000");

	ok(rtc->start == 0x101000 && rtc->end == 0x101fff && rtc->depth == 0, "the clock is where it is named");
	if (!on_linux_lite())
		return;			/* it shows only what a driver has asked for */
	ok(find("10000000.serial serial@10000000")->start == 0x10000000, "the serial line is there");
	ok(find("c000000.plic plic@c000000")->end > 0xc000000, "and the interrupt controller");
	for (const struct line *l = lines; l < lines + nr; l++)
		need(strncmp(l->name, "80000000.memory", 15) && !strstr(l->name, "cpu@"));
	ok(1, "neither processors nor memory are devices");
}

/* What a user sees. Return: 0 if every address is 0 and the names are as before. */
static int as_user(void *unused_pointer)
{
	int before = nr;

	if (setresuid(1000, 1000, 1000) || parse() || nr != before)
		return 1;
	for (const struct line *l = lines; l < lines + nr; l++)
		if (l->start || l->end)
			return 2;
	return strcmp(find("Kernel code")->name, "Kernel code") ? 3 : 0;
}

int main(void)
{
	struct stat st;

	ok(!stat("/proc/iomem", &st) && st.st_mode == (S_IFREG | 0444), "/proc/iomem: anybody may read");
	is(parse(), 0, "each line has Linux's form");
	is(misplaced(), 0, "the lines are a tree, in rising order");
	test_ram();
	test_kernel();
	test_devices();
	is(how_it_ended(in_child(as_user, NULL)), 0, "another user sees names, and no addresses");
	return done_testing();
}
