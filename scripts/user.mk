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
# usr/initramfs.list:	what goes where (scripts/mkinitramfs explains its lines)

USERCC := $(CROSS_COMPILE)gcc
user-cflags := -std=gnu11 -O2 -g $(warnings) $(autoconf) -D_GNU_SOURCE -Iusr

usr-progs :=
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

# list-files LIST: the files that a list names, where they are found.
list-files = $(foreach f,$(shell sed -n 's/^file[[:space:]]*[^[:space:]]*[[:space:]]*\([^[:space:]]*\).*/\1/p' \
	$(wildcard $(1))),$(if $(filter $(O)/usr/$(f),$(usr-bins)),$(O)/usr/$(f),$(f)))

say_initramfs := CPIO
cmd_initramfs = scripts/mkinitramfs $@ $(O)/usr usr/initramfs.list
$(O)/initramfs.cpio: usr/initramfs.list scripts/mkinitramfs $(call list-files,usr/initramfs.list) FORCE
	$(call if-changed,initramfs)

# Further archives: the tests below /tests, the benchmarks below /bench.
say_bins := CPIO
cmd_bins = scripts/mkinitramfs --dir /$(basename $(@F)) $@ $(filter-out scripts/% FORCE,$^)
$(O)/tests.cpio: $(boot-bins) scripts/mkinitramfs FORCE
	$(call if-changed,bins)
$(O)/bench.cpio: $(bench-bins) scripts/mkinitramfs FORCE
	$(call if-changed,bins)

made += $(user-objs) $(usr-bins) $(boot-bins) $(bench-bins) $(O)/initramfs.cpio \
	$(O)/tests.cpio $(O)/bench.cpio
