# SPDX-License-Identifier: GPL-2.0-only
#
# linux-lite's build: one make process reads every Makefile below and knows all of it.
#
#	Makefile		this file: configuration, the walk through the folders, targets
#	scripts/build.mk	how an object is compiled, and when it must be compiled again
#	scripts/kernel.mk	arch/riscv: flags, vmlinux
#	scripts/host.mk		arch/host: flags, the unit tests, coverage
#	scripts/user.mk		user programs and the archives that carry them
#	scripts/run.mk		QEMU: run, gdb, check-boot
#	scripts/bench.mk	benchmarks: the guest's, the host's
#	scripts/fuzz.mk		libFuzzer on the models and parsers
#
# A folder's Makefile only lists what is in it:
#
#	obj-y += buddy.o frame/	  buddy.c here, and whatever the folder frame/ lists
#	obj-$(CONFIG_PCP) += pcp.o  only where the option is y
#	host-y += fault.o	  also part of the host port (lib/ and mm/ are so anyway)
#	libc-y += os.o		  (arch/host) may include and call the C library
#	rename-y += string.o	  (lib/) has libc's names: on the host they get the prefix ll_
#	CFLAGS_lib/string.o := -f...	flags of one object
#
# Everything that is made goes to O (build/), never among the sources.

MAKEFLAGS += --no-builtin-rules --no-builtin-variables --no-print-directory
SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

O ?= build
V ?= 0
Q := $(if $(filter 0,$(V)),@)
ifeq ($(abspath $(O)),$(CURDIR))
$(error O=$(O) is the source folder: name another one)
endif

# ---- configuration --------------------------------------------------------------------
#
# Options live in $(O)/.config. scripts/kconfig turns it into auto.conf, which is included
# below (so make first brings it up to date), and autoconf.h for C.

config-targets := menuconfig nconfig config oldconfig olddefconfig allnoconfig allyesconfig \
		  randconfig savedefconfig listnewconfig defconfig %_defconfig
plain-targets := help clean mrproper tags lint
goals := $(or $(MAKECMDGOALS),$(.DEFAULT_GOAL))
kconfig := scripts/kconfig $(CURDIR) $(abspath $(O))

ifneq ($(filter $(config-targets),$(goals)),)

# `make tiny_defconfig all`: one after the other, each by a make that reads the new options.
ifneq ($(words $(goals)),1)
.PHONY: $(goals) in-turn
$(goals): in-turn ; @:
in-turn:
	$(Q)for goal in $(goals); do $(MAKE) "$$goal" || exit; done
else
.PHONY: $(goals)
$(filter defconfig %_defconfig,$(goals)):
	$(Q)$(kconfig) named $(CURDIR)/arch/riscv/configs/$@
$(filter-out defconfig %_defconfig,$(goals)):
	$(Q)$(kconfig) $@
endif

else # from here on: goals that build something

ifneq ($(filter-out $(plain-targets),$(goals)),)
include $(O)/include/config/auto.conf
endif

$(O)/include/config/auto.conf: $(O)/.config scripts/kconfig \
		$(wildcard Kconfig */Kconfig* */*/Kconfig*)
	$(Q)$(kconfig) sync

$(O)/.config:
	@echo "  no $@ yet: taking arch/riscv/configs/defconfig (make menuconfig changes it)"
	$(Q)$(kconfig) named $(CURDIR)/arch/riscv/configs/defconfig

include scripts/build.mk

# ---- the walk through the folders -----------------------------------------------------
#
# enter FOLDER/ reads FOLDER/Makefile, files its objects under the port they are for, and
# enters the folders that it names.

kernel-objs :=
host-objs :=
libc-objs :=
rename-objs :=

define enter
obj-y :=
host-y :=
libc-y :=
rename-y :=
include $(1)Makefile
kernel-objs += $$(if $$(filter arch/host/%,$(1)),,$$(addprefix $(1),$$(filter %.o,$$(obj-y) $$(rename-y))))
host-objs += $$(addprefix $(1),$$(filter %.o,$$(host-y) $$(if $$(filter lib/% mm/% arch/host/%,$(1)),$$(obj-y))))
libc-objs += $$(addprefix $(1),$$(libc-y))
rename-objs += $$(addprefix $(1),$$(rename-y))
$$(foreach sub,$$(filter %/,$$(obj-y)),$$(eval $$(call enter,$(1)$$(sub))))
endef

$(foreach folder,arch/riscv/ kernel/ lib/ mm/ fs/ drivers/ arch/host/ tests/model/, \
	$(if $(wildcard $(folder)Makefile),$(eval $(call enter,$(folder)))))

include scripts/kernel.mk scripts/host.mk scripts/user.mk scripts/run.mk scripts/bench.mk \
	scripts/fuzz.mk scripts/designs.mk

# ---- targets --------------------------------------------------------------------------

.PHONY: all lint tags compile_commands.json clean mrproper help FORCE
all: $(O)/vmlinux $(O)/initramfs.cpio

# Reads what was compiled, so it lists the files of this configuration, and both ports.
compile_commands.json: $(addsuffix .cmd,$(wildcard $(made)))
	$(Q)[ -n "$^" ] || { echo "nothing was compiled yet: make all host" >&2; exit 1; }
	$(Q)scripts/compile-commands $(CURDIR) $^ >$(O)/$@
	@echo "  wrote $(O)/$@ (clangd finds it there)"

# Rules that no compiler checks; see the scripts' heads.
lint:
	$(Q)scripts/check-style
	$(Q)scripts/check-size
	$(Q)scripts/check-kconfig
	$(Q)scripts/check-layers includes

tags:
	@command -v ctags >/dev/null || { echo "make tags needs ctags: scripts/with-deps +universal-ctags make tags" >&2; exit 1; }
	$(Q)mkdir -p $(O)
	$(Q)ctags -R -f $(O)/tags --tag-relative=yes --languages=C,C++,Asm,Make \
		--exclude='*.json' Makefile arch drivers fs include kernel lib mm tests usr
	@echo "  wrote $(O)/tags (vim: set tags=$(O)/tags)"

clean:
	$(Q)rm -rf $(O)/riscv $(O)/host* $(O)/usr $(O)/tests $(O)/bench $(O)/vmlinux* $(O)/*.cpio \
		$(O)/coverage $(O)/fuzz $(O)/mutate $(O)/tags $(O)/compile_commands.json

mrproper: clean
	$(Q)rm -rf $(O)/include $(O)/.config* $(O)/defconfig
	$(Q)! [ -d $(O) ] || rmdir --ignore-fail-on-non-empty $(O)

help:
	@cat scripts/help.txt

FORCE:

# What is needed and what its flags were, as noted by the last build.
-include $(wildcard $(addsuffix .cmd,$(made)))

endif
