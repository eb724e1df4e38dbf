# SPDX-License-Identifier: GPL-2.0-only
#
# fuzz.mk - libFuzzer on the models and the parsers: tests/fuzz/fuzz.c.
#
#	make fuzz [T=frames[,...]] [SECONDS=60] [SEED=n]	look for trouble
#	make fuzz T=frames INPUT=FILE				run a file again, in words
#
# What is found goes to $(O)/fuzz/NAME/: inputs that reach new code, and crash-*.
# (SAN=fuzz, host.mk, builds the host port for it, with clang: gcc has no libFuzzer.)

SECONDS ?= 60

ifeq ($(SAN),fuzz)
fuzzers := $(host-dir)/fuzz
made += $(fuzzers)
say_fuzzld := HOSTLD
cmd_fuzzld = $(HOSTCC) $(host-opt) -fsanitize=fuzzer,address,undefined -o $@ $(host-out) $(test-out)
$(fuzzers): $(host-out) $(test-out) FORCE
	$(call if-changed,fuzzld)
endif

.PHONY: fuzz
fuzz:
	$(Q)scripts/fuzz can
	$(Q)$(MAKE) LLVM=1 SAN=fuzz T= $(O)/host-fuzz/fuzz
	$(Q)SEED=$(SEED) INPUT=$(INPUT) scripts/fuzz $(O) $(SECONDS) $(T)
