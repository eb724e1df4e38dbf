# SPDX-License-Identifier: GPL-2.0-only
#
# run.mk - QEMU's riscv64 "virt" machine.
#
#	MEM=128M SMP=2 CPU=		the machine
#	APPEND="quiet"			the kernel command line
#	ROOT=dir			a folder unpacked over our own initramfs
#	INITRD=file.cpio[.gz]		another initramfs instead of ours
#	DISK=file			a raw disk image as a virtio block device
#	GDB=1				wait for `make gdb` in another terminal

QEMU ?= qemu-system-riscv64
MEM ?= 128M
SMP ?= 2
CPU ?=
APPEND ?=
ROOT ?=
INITRD ?=
DISK ?=
QEMUFLAGS ?=

initrd := $(or $(INITRD),$(if $(ROOT),$(O)/root.cpio,$(O)/initramfs.cpio))
qemu-run = $(QEMU) -machine virt -nographic -m $(MEM) -smp $(SMP) $(if $(CPU),-cpu $(CPU)) \
	-kernel $(O)/vmlinux -initrd $(initrd) -append "$(APPEND)" \
	-device virtio-rng-device \
	$(if $(DISK),-drive file=$(DISK)$(comma)format=raw$(comma)if=none$(comma)id=disk0 \
		-device virtio-blk-device$(comma)drive=disk0) \
	$(if $(GDB),-s -S) $(QEMUFLAGS)

.PHONY: run gdb check-boot
run: $(O)/vmlinux $(initrd)
	@command -v $(QEMU) >/dev/null || { echo "$(QEMU) not found: scripts/with-deps make run" >&2; exit 1; }
	@echo "  QEMU    $(MEM), $(SMP) harts$(if $(GDB), - waiting for: make gdb); Ctrl-A X ends it"
	$(Q)$(qemu-run)

# One archive after the other: the kernel unpacks them in turn, later files win.
$(O)/root.cpio: $(O)/initramfs.cpio FORCE
	$(Q)scripts/mkinitramfs --tree $(ROOT) $@.2
	$(Q)cat $< $@.2 >$@ && rm $@.2

gdb: $(O)/vmlinux
	$(call need,gdb-multiarch,gdb-multiarch)
	gdb-multiarch -q $(O)/vmlinux -ex 'set architecture riscv:rv64' -ex 'target remote :1234'

# tests/boot/run boots the kernel in many ways and prints one line a case; T= picks cases.
check-boot: $(O)/vmlinux $(O)/initramfs.cpio $(O)/tests.cpio
	$(Q)QEMU="$(QEMU)" T="$(T)" tests/boot/run $^
