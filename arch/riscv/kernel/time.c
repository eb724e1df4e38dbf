// SPDX-License-Identifier: GPL-2.0-only
/*
 * time.c - the counter, the one-shot timer of each hart, the clock on the wall.
 *
 *	rdtime     counts at timebase-frequency (device tree), the same on all harts
 *	stimecmp   (Sstc) interrupt when rdtime reaches it; else the SBI does that
 *	goldfish   QEMU's real-time clock: nanoseconds since 1970
 *
 * Ticks and nanoseconds are turned into one another by a multiplication with a
 * fixed-point factor of 32 fraction bits, on 128-bit products, so no precision is
 * lost in any uptime:
 *
 *	ns = ticks * ns_per_tick >> 32          ns_per_tick = 10^9 << 32 / frequency
 *	ticks = ns * ticks_per_ns >> 32
 *
 * Time 0 is when the kernel began (timebase_init), not when the machine did.
 *
 * All variables are constant after time_init().
 */
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/time.h>
#include <linux-lite/vmalloc.h>
#include <asm/csr.h>
#include <asm/io.h>
#include <asm/sbi.h>
#include <asm/setup.h>
#include <asm/vdso.h>

static u64 ns_per_tick, ticks_per_ns;	/* 32.32 fixed point; 0: not known yet */
static u64 boot_ticks;
static bool use_stimecmp;
static void *rtc;			/* goldfish registers, NULL: none */

static inline u64 read_ticks(void)
{
	u64 t;

	__asm__ __volatile__("rdtime %0" : "=r"(t));
	return t;
}

/* a * b >> 32, the product in 128 bits. */
static inline u64 scale(u64 a, u64 b)
{
	return (unsigned __int128)a * b >> 32;
}

/* (n << 32) / d for n and d below 2^32 or so: no 128-bit division in the kernel. */
static __init u64 ratio(u64 n, u64 d)
{
	return ((n / d) << 32) + ((n % d) << 32) / d;
}

/**
 * timebase_init - from here on the log has times
 *
 * Context: boot, device tree readable.
 */
void __init timebase_init(void)
{
	int cpus = fdt_path(&device_tree, "/cpus");
	u32 hz = 0;

	if (cpus < 0 || fdt_read_u32(&device_tree, cpus, "timebase-frequency", &hz) || !hz)
		panic("the device tree has no timebase-frequency\n");
	boot_ticks = read_ticks();
	ns_per_tick = ratio(NSEC_PER_SEC, hz);
	ticks_per_ns = ratio(hz, NSEC_PER_SEC);
}

u64 arch_counter_ns(void)
{
	return scale(read_ticks() - boot_ticks, ns_per_tick);
}

void vdso_time_params(struct vdso_data *data)
{
	data->boot_ticks = boot_ticks;
	data->ns_per_tick = ns_per_tick;
}

void arch_set_next_event(u64 expires_ns)
{
	/* One more: what is rounded down would come too early, and once again. */
	u64 ticks = expires_ns == ~0UL ? ~0UL : boot_ticks + scale(expires_ns, ticks_per_ns) + 1;

	if (use_stimecmp)
		csr_write(0x14d, ticks);
	else
		sbi_set_timer(ticks);
}

/* Called once, when the clock is set. Reading the low word latches the high one. */
u64 arch_rtc_read(void)
{
	u64 low, high;

	if (!rtc)
		return 0;
	low = readl(rtc);
	high = readl(rtc + 4);
	return high << 32 | low;
}

static __init void rtc_init(void)
{
	int node = fdt_find_compatible(&device_tree, -1, "google,goldfish-rtc");
	u64 base, size, pa;

	if (node < 0 || fdt_reg(&device_tree, node, 0, &base, &size) ||
	    fdt_translate(&device_tree, node, base, &pa))
		return;
	rtc = ioremap(pa, size);
}

/**
 * time_init_hart - this hart's timer is off until the first event is set
 *
 * Context: each hart as it comes up, interrupts off.
 */
void time_init_hart(void)
{
	arch_set_next_event(~0UL);
	csr_set(scounteren, SCOUNTEREN_TM);	/* programs may read the counter: the vDSO does */
	csr_set(sie, SIE_STIE);
}

/**
 * time_init - choose the timer and find the clock
 *
 * Context: boot, after vmalloc_init().
 */
void __init time_init(void)
{
	use_stimecmp = riscv_has_extension("sstc") && stimecmp_works();
	time_init_hart();
	rtc_init();
	pr_info("Timer: %s, %lu.%03lu ns a tick%s\n", use_stimecmp ? "Sstc" : "SBI",
		ns_per_tick >> 32, (ns_per_tick & 0xffffffff) * 1000 >> 32,
		rtc ? ", goldfish RTC" : "");
}
