# SPDX-License-Identifier: GPL-2.0-only
#
# build.mk - when a file is made again.
#
# make itself compares times only. Two more reasons to compile a file again matter here:
# its command changed (other flags), or an option that its sources mention changed. So each
# made file F has a note F.cmd beside it, which the top Makefile includes:
#
#	saved_F := gcc -O2 ... -o F x.c		the command that made it
#	F: x.c a.h include/config/smp.h ...	what it was made from, as scripts/fixdep found
#
# A rule lists FORCE among its prerequisites, so that its recipe is always expanded, and the
# recipe is $(call if-changed,cc): it expands to nothing unless there is a reason.

# The compilers: Debian's cross gcc, and gcc for the host port; with LLVM=1 clang and lld.
CROSS_COMPILE ?= riscv64-linux-gnu-
ifneq ($(LLVM),)
CC := clang --target=riscv64-linux-gnu
LD := ld.lld
NM := llvm-nm
HOSTCC := clang
else
CC := $(CROSS_COMPILE)gcc
LD := $(CROSS_COMPILE)ld
NM := $(CROSS_COMPILE)nm
HOSTCC := gcc
endif

# Everything that is made; scripts/*.mk add to it.
made :=

# need TOOL PACKAGE: the first lines of a recipe that wants more than scripts/with-deps installs.
need = @command -v $(1) >/dev/null || \
	{ echo "make $@ needs $(1): scripts/with-deps +$(2) make $@" >&2; exit 1; }

quote = '$(subst ','\'',$(1))'
# Not empty if the two texts differ (<> so that neither can be a part of the other).
differ = $(subst <$(strip $(1))>,,<$(strip $(2))>)

# if-changed NAME: do $(cmd_NAME), announced as $(say_NAME), if $@ is out of date.
if-changed = $(if $(filter-out FORCE,$?)$(call differ,$(cmd_$(1)),$(saved_$@)),$(call make-it,$(1)))
define make-it
$(if $(Q),@printf '  %-7s %s\n' '$(say_$(1))' '$(subst $(O)/,,$@)')
	@mkdir -p $(@D) && rm -f $@.d
	$(Q)$(cmd_$(1))
	@printf '%s\n' $(call quote,saved_$@ := $(subst $$,$$$$,$(strip $(cmd_$(1))))) >$@.cmd
	@! [ -f $@.d ] || { scripts/fixdep $@ $(O) <$@.d >>$@.cmd && rm -f $@.d; }
endef

# cc-option COMPILER,FLAG[,OTHER]: FLAG if the compiler takes it, else OTHER.
cc-option = $(shell if $(1) -Werror $(2) -c -x c /dev/null -o /dev/null 2>/dev/null; \
		then echo '$(2)'; else echo '$(3)'; fi)

# ---- flags that all C files share ------------------------------------------------------

warnings := -Wall -Wextra -Werror -Wno-unused-parameter -Wmissing-prototypes -Wstrict-prototypes
autoconf := -include $(O)/include/generated/autoconf.h
common-flags := -std=gnu11 -g $(warnings) $(autoconf)
# The compiler's own headers (stdint.h, stddef.h, stdbool.h, stdarg.h) and no others.
freestanding = -ffreestanding -nostdinc -isystem $(shell $(1) -print-file-name=include 2>/dev/null) \
	-fno-strict-aliasing -fno-common
