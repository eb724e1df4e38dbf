# SPDX-License-Identifier: GPL-2.0-only
#
# user.mk - programs that run on linux-lite, and the cpio archives that carry them there.
#
#	usr/		our own programs; usr/Makefile says which, and from which objects
#	tests/boot/user/x.c	a test in user space: one static program, /tests/x
#	tests/bench/guest/x.c	a benchmark: one static program, /bench/x
#
# They are ordinary Linux/riscv64 programs, so they are compiled by the stock cross compiler
# with its static C library, and would run on Linux just as well.
#
# usr/Makefile:		usr-progs := ll
#			ll-y := init.o shell.o ...	(default: the program's name .o)
#			initramfs-lists += $(O)/usr/x.list	(a further list, if it has a rule)
# usr/initramfs.list:	what goes where (scripts/mkinitramfs explains its lines)

USERCC := $(CROSS_COMPILE)gcc
STRIP := $(CROSS_COMPILE)strip
user-cflags := -std=gnu11 -O2 -g $(warnings) $(autoconf) -D_GNU_SOURCE -Iusr

usr-progs :=
initramfs-lists := usr/initramfs.list
-include usr/Makefile
# prog-objs PROGRAM: its objects, below $(O)/usr/.
prog-objs = $(addprefix $(O)/usr/,$(or $($(1)-y),$(1).o))
usr-bins := $(addprefix $(O)/usr/,$(usr-progs))
boot-bins := $(patsubst tests/boot/user/%.c,$(O)/tests/%,$(wildcard tests/boot/user/*.c))
bench-bins := $(patsubst tests/bench/guest/%.c,$(O)/bench/%,$(wildcard tests/bench/guest/*.c))
user-objs := $(foreach prog,$(usr-progs),$(call prog-objs,$(prog)))

say_usercc := USERCC
cmd_usercc = $(USERCC) $(user-cflags) -MMD -MF $@.d -c -o $@ $<
say_userld := USERLD
cmd_userld = $(USERCC) -static -o $@ $(filter %.o,$^)
say_userprog := USERCC
cmd_userprog = $(USERCC) $(user-cflags) -static -pthread -MMD -MF $@.d -MT $@ -o $@ $<

$(O)/usr/%.o: usr/%.c FORCE
	$(call if-changed,usercc)
define usr-prog
$(O)/usr/$(1): $(call prog-objs,$(1)) FORCE
	$$(call if-changed,userld)
endef
$(foreach prog,$(usr-progs),$(eval $(call usr-prog,$(prog))))
$(boot-bins): $(O)/tests/%: tests/boot/user/%.c FORCE
	$(call if-changed,userprog)
$(bench-bins): $(O)/bench/%: tests/bench/guest/%.c FORCE
	$(call if-changed,userprog)

# ---- archives ----------------------------------------------------------------------------

# The files that the lists name: programs are in $(O)/usr/.
listed-files := $(foreach file,$(shell awk '$$1 == "file" { print $$3 }' $(wildcard $(initramfs-lists))), \
	$(or $(filter $(O)/usr/$(file),$(usr-bins)),$(file)))

say_initramfs := CPIO
cmd_initramfs = STRIP=$(STRIP) scripts/mkinitramfs $@ $(O)/usr $(initramfs-lists)
$(O)/initramfs.cpio: $(initramfs-lists) $(listed-files) $(usr-bins) scripts/mkinitramfs FORCE
	$(call if-changed,initramfs)

# Further archives: the tests below /tests, the benchmarks below /bench.
say_bins := CPIO
cmd_bins = STRIP=$(STRIP) scripts/mkinitramfs --dir /$(basename $(@F)) $@ $(filter-out scripts/% FORCE,$^)
$(O)/tests.cpio: $(boot-bins) scripts/mkinitramfs FORCE
	$(call if-changed,bins)
$(O)/bench.cpio: $(bench-bins) scripts/mkinitramfs FORCE
	$(call if-changed,bins)

.PHONY: initramfs selftests
initramfs: $(O)/initramfs.cpio
selftests: $(O)/tests.cpio

made += $(user-objs) $(usr-bins) $(boot-bins) $(bench-bins) $(O)/initramfs.cpio \
	$(O)/tests.cpio $(O)/bench.cpio
