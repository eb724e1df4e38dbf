# SPDX-License-Identifier: GPL-2.0-only
#
# bench.mk - figures, never verdicts (Documentation/benchmarks.md).
#
#	bench		what services and allocators cost in the guest, in instructions
#			T='fork*' FORMAT=tsv
#	bench-host	what allocations cost on this machine, beside malloc libraries
#
# A benchmark is built from your options less what debugging costs, so it has a configuration
# and an output folder of its own, below $(O)/bench/.

FORMAT ?= table
lean := DEBUG_KERNEL=n

.PHONY: bench bench-host bench-programs

# tests/bench/run prints instructions per operation in the guest beside Linux's.
bench: $(O)/bench.cpio
	$(Q)scripts/derive-config $(O) $(O)/bench/kernel $(lean) BENCH=y
	$(Q)$(MAKE) O=$(O)/bench/kernel vmlinux
	$(Q)QEMU="$(QEMU)" FORMAT="$(FORMAT)" T="$(T)" tests/bench/run $(O)/bench/kernel/vmlinux $<

bench-host: $(O)/include/config/auto.conf
	$(call need,valgrind,valgrind)
	$(Q)scripts/derive-config $(O) $(O)/bench/host $(lean)
	$(Q)$(MAKE) O=$(O)/bench/host SAN=lean bench-programs
	$(Q)FORMAT="$(FORMAT)" T="$(T)" PROFILE="$(PROFILE)" tests/bench/host/run $(O)/bench/host/host-lean

# ---- the programs ---------------------------------------------------------------------
#
# tests/bench/host/bench.c, linked with our allocators, with nothing, and with each malloc
# library that is here: -ljemalloc and its like need the -dev packages.

ifeq ($(SAN),lean)
have-lib = $(shell echo 'int main(void) { return 0; }' | $(HOSTCC) -x c - $(1) -o /dev/null 2>/dev/null && echo y)
peer-lib-jemalloc := -ljemalloc
peer-lib-mimalloc := -lmimalloc
peer-lib-gperftools := -ltcmalloc_minimal
peers := glibc $(foreach peer,jemalloc mimalloc gperftools,$(if $(call have-lib,$(peer-lib-$(peer))),$(peer)))

bench-out := $(addprefix $(host-dir)/tests/bench/host/,bench.o ours.o)
# Neither the models nor their failing allocations belong here.
lean-out := $(filter-out %/mm/debug/fail_alloc.o %/mm/debug/page_owner.o %/mm/debug/stack_depot.o \
	 $(host-dir)/tests/model/%,$(host-out)) $(bench-out)
peer-out := $(addprefix $(host-dir)/bench-,$(peers) loop)
made += $(bench-out) $(host-dir)/bench $(peer-out)

$(bench-out): $(host-dir)/%.o: %.c FORCE
	$(call if-changed,testcc)
$(host-dir)/bench: $(lean-out) FORCE
	$(call if-changed,lean)
say_lean := HOSTLD
cmd_lean = $(HOSTCC) $(host-opt) -o $@ $(lean-out)

# -fno-builtin: a compiler that knows malloc and free removes the pair.
peer-cflags := -std=gnu11 -O2 -g -D_GNU_SOURCE $(warnings) -fno-builtin -pthread -Wl,--no-as-needed
peer-flags = $(if $(filter bench-loop,$(@F)),-DBENCH_LOOP,-DBENCH_PEER $(peer-lib-$(@F:bench-%=%)))
say_peer := HOSTCC
cmd_peer = $(HOSTCC) $(peer-cflags) $(filter -D%,$(peer-flags)) -MMD -MF $@.d -MT $@ -o $@ \
	$(filter %.c,$^) $(filter -l%,$(peer-flags))
$(peer-out): FORCE
	$(call if-changed,peer)
$(peer-out): tests/bench/host/bench.c tests/bench/host/peer.c
$(host-dir)/bench-loop: tests/bench/host/loop.c
bench-programs: $(host-dir)/bench $(peer-out)
endif
