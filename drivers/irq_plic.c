// SPDX-License-Identifier: GPL-2.0-only
/*
 * irq_plic.c - the platform-level interrupt controller: devices to harts.
 *
 *	device n --> priority[n] > 0 --> enabled for context c --> pending at hart
 *	                                 claim: read n; complete: write n
 *
 * A context is a hart in one privilege mode; the device tree's interrupts-extended
 * lists them in order: (a hart's interrupt controller, 9 = supervisor external).
 *
 *	0x000000 + 4n            priority of source n; 0 means never
 *	0x002000 + 80h * c       enable bits of context c
 *	0x200000 + 1000h * c     threshold; + 4: claim and complete
 *
 * All devices interrupt hart 0: simple, and no two harts race to claim. lock
 * guards the enable words; claims are hart 0's alone.
 */
#include <linux-lite/init.h>
#include <linux-lite/irq.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/spinlock.h>
#include <linux-lite/vmalloc.h>
#include <asm/csr.h>
#include <asm/io.h>
#include <asm/setup.h>

#define PRIORITY	0x0
#define ENABLE		0x2000
#define ENABLE_STRIDE	0x80
#define CONTEXT		0x200000
#define CONTEXT_STRIDE	0x1000
#define CLAIM		4
#define MAX_CONTEXTS	(2 * 512)

static char *plic;			/* registers; constant after boot */
static unsigned int context;		/* hart 0's in supervisor mode; constant after boot */
static DEFINE_SPINLOCK(plic_lock, RANK_DRIVER);

static void plic_unmask(unsigned int irq)
{
	char *word = plic + ENABLE + ENABLE_STRIDE * context + irq / 32 * 4;
	unsigned long flags;

	spin_lock_irqsave(&plic_lock, flags);
	writel(1, plic + PRIORITY + 4 * irq);
	writel(readl(word) | 1u << irq % 32, word);
	spin_unlock_irqrestore(&plic_lock, flags);
}

static void plic_handle(void)
{
	char *claim = plic + CONTEXT + CONTEXT_STRIDE * context + CLAIM;
	unsigned int irq;

	while ((irq = readl(claim))) {
		handle_irq(irq);
		writel(irq, claim);
	}
}

static const struct irqchip plic_chip = {
	.name = "PLIC",
	.unmask = plic_unmask,
	.handle = plic_handle,
};

/* The hart whose interrupt controller this node is; ~0 if it is none. */
static __init unsigned long hart_of_controller(int intc)
{
	u64 hartid;

	if (fdt_reg(&device_tree, fdt_parent(&device_tree, intc), 0, &hartid, NULL))
		return ~0UL;
	return hartid;
}

static __init bool find_context(int node)
{
	struct fdt_irq irq;

	for (unsigned int i = 0; i < MAX_CONTEXTS && !fdt_irq(&device_tree, node, i, &irq); i++) {
		if (irq.cells[0] == IRQ_EXTERNAL &&
		    hart_of_controller(irq.controller) == boot_hartid) {
			context = i;
			return true;
		}
	}
	return false;
}

void __init plic_init(void)
{
	int node = fdt_find_compatible(&device_tree, -1, "sifive,plic-1.0.0");
	u64 base, size, pa;
	u32 sources = 0;

	if (node < 0)
		node = fdt_find_compatible(&device_tree, -1, "riscv,plic0");
	if (node < 0 || fdt_reg(&device_tree, node, 0, &base, &size) ||
	    fdt_translate(&device_tree, node, base, &pa) || !find_context(node)) {
		pr_err("PLIC: none in the device tree: no device interrupts\n");
		return;
	}
	/* Only as far as hart 0's context: the rest of the 96 MiB would cost page tables. */
	plic = ioremap(pa, CONTEXT + CONTEXT_STRIDE * (context + 1));
	if (!plic)
		panic("PLIC: cannot map its registers");
	fdt_read_u32(&device_tree, node, "riscv,ndev", &sources);
	writel(0, plic + CONTEXT + CONTEXT_STRIDE * context);
	irqchip = &plic_chip;
	pr_info("PLIC: %u interrupts, context %u of hart %lu\n", sources, context, boot_hartid);
}
