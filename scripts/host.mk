# SPDX-License-Identifier: GPL-2.0-only
#
# host.mk - the host port: the same mm/ and lib/ as an ordinary Linux process, and its tests.
#
#	$(O)/host/mm/frame/buddy.o	kernel code, freestanding
#	$(O)/host/tests/unit/x_test.o	a Check suite, with the C library
#	$(O)/host/check			the runner: all of it in one program
#
# SAN picks the sanitizers: address,undefined (default), thread, or none. Each has its own
# folder ($(O)/host, $(O)/host-thread, ...), so changing one's mind costs nothing.
#
# SAN=lean is as fast as it gets: make bench-host (scripts/bench.mk) builds it. It is linked at a
# fixed address, as a kernel is.
#
# SAN=trace has functions report when they are entered and left, and tests/trace/ instead of
# tests/unit/: the order of a page fault's walk.
#
# HARTS=1 leaves threads out: tests that need more harts are not in it, and what remains does the
# same each time with the same SEED.
#
# SAN=fuzz is clang's, with tests/fuzz/ instead of tests/unit/ (scripts/fuzz.mk).

SAN ?= address,undefined
comma := ,
one-hart := $(filter 1,$(HARTS))
host-dir := $(O)/host$(subst -address$(comma)undefined,,-$(SAN))$(one-hart:1=-one-hart)

san-checks := $(if $(filter fuzz,$(SAN)),fuzzer-no-link$(comma)address$(comma)undefined,$(SAN))
# Thread sanitizer doesn't know fences; gcc says so (-Wtsan) wherever one is compiled.
san-flags := $(if $(filter-out none coverage trace lean,$(SAN)),-fsanitize=$(san-checks) -fno-sanitize-recover=all) \
	$(if $(filter thread,$(SAN)),$(call cc-option,$(HOSTCC),-Wno-tsan)) \
	$(if $(filter coverage,$(SAN)),--coverage -fno-inline)
# What a walk consists of: mm/, and the port's side of a fault, but not the hook by which tests make
# allocations fail. ($* is the file's name.)
trace-flags = $(if $(filter-out mm/debug/%,$(filter mm/% arch/riscv/mm/%,$*)),$(trace-these))
trace-these := $(if $(filter trace,$(SAN)),-finstrument-functions \
	$(call cc-option,$(HOSTCC),-finstrument-functions-exclude-file-list=include/))
host-opt := $(if $(filter lean,$(SAN)),-O2 -fno-pie -no-pie,$(if $(filter coverage,$(SAN)),-O0,-O1) \
	-fno-omit-frame-pointer) $(if $(one-hart),,-pthread)

# host's asm/ headers come first; what it doesn't have is riscv's (page-table encoding, fault
# decoding). No header in asm/ may have the name of one that libc includes (asm/errno.h,
# asm/unistd.h, asm/types.h, ...): scripts/check-style watches over that.
host-include := -Iinclude -Iarch/host/include -Iarch/riscv/include -I$(O)/include
# Tests make allocations fail, whatever the kernel's configuration says; benchmarks don't. Caches
# can be debugged, which costs nothing until a test asks for it.
# A thread's own words (asm/current.h) lie in the executable: one instruction reaches them.
host-cflags := $(common-flags) $(host-opt) -fno-strict-aliasing -fno-common $(host-include) \
	-ftls-model=local-exec \
	$(if $(CONFIG_SLAB),-DCONFIG_SLAB_DEBUG=1) \
	$(if $(filter lean,$(SAN)),,-DCONFIG_FAIL_PAGE_ALLOC=1 -DCONFIG_PAGE_OWNER=1)

check-cflags := $(shell pkg-config --cflags check 2>/dev/null)
check-libs := $(shell pkg-config --libs check 2>/dev/null)

test-dir := tests/$(if $(filter trace,$(SAN)),trace,unit)
tests := $(patsubst %.c,%.o,$(if $(filter fuzz,$(SAN)),$(wildcard tests/fuzz/*.c), \
	tests/unit/main.c $(wildcard $(test-dir)/*_test.c) \
	$(if $(filter trace,$(SAN)),,tests/model/driver.c tests/model/shrink.c)))
host-out := $(addprefix $(host-dir)/,$(host-objs) $(libc-objs) $(rename-objs))
test-out := $(addprefix $(host-dir)/,$(tests))
made += $(host-out) $(test-out) $(host-dir)/check

say_hostcc := HOSTCC
cmd_hostcc = $(HOSTCC) $(host-cflags) $(san-flags) $(trace-flags) $(call freestanding,$(HOSTCC)) \
	$(CFLAGS_$*.o) -MMD -MF $@.d -c -o $@ $<
say_libccc := HOSTCC
cmd_libccc = $(HOSTCC) $(host-cflags) $(san-flags) -D_GNU_SOURCE $(CFLAGS_$*.o) \
	-MMD -MF $@.d -c -o $@ $<
say_testcc := HOSTCC
cmd_testcc = $(HOSTCC) $(host-cflags) $(san-flags) -D_GNU_SOURCE -DONE_HART=$(if $(one-hart),1,0) -Itests/unit $(check-cflags) \
	-MMD -MF $@.d -c -o $@ $<
# Our memcpy must not take the place of libc's (the sanitizers' own code calls that), so it is
# called ll_memcpy on the host, where only its test calls it. It is not instrumented: it
# reads whole words, on purpose, where only some of the bytes belong to the object.
say_renamecc := HOSTCC
cmd_renamecc = $(HOSTCC) $(host-cflags) $(call freestanding,$(HOSTCC)) $(CFLAGS_$*.o) \
	$(if $(filter coverage,$(SAN)),$(san-flags)) -MMD -MF $@.d -c -o $@ $< && \
	objcopy $$(nm -g --defined-only $@ | sed 's/.* \(.*\)/--redefine-sym \1=ll_\1/') $@

$(addprefix $(host-dir)/,$(host-objs)): $(host-dir)/%.o: %.c FORCE
	$(call if-changed,hostcc)
$(addprefix $(host-dir)/,$(libc-objs)): $(host-dir)/%.o: %.c FORCE
	$(call if-changed,libccc)
$(addprefix $(host-dir)/,$(rename-objs)): $(host-dir)/%.o: %.c FORCE
	$(call if-changed,renamecc)
$(test-out): $(host-dir)/%.o: %.c FORCE
	$(call if-changed,testcc)

say_hostld := HOSTLD
cmd_hostld = $(HOSTCC) $(host-opt) $(san-flags) $(gcov-dump) -o $@ $(host-out) $(test-out) $(check-libs)
# os_abort() calls it where it is linked: what ran before a panic counts.
gcov-dump := $(if $(filter coverage,$(SAN)),-Wl$(comma)-u$(comma)__gcov_dump)
$(host-dir)/check: $(host-out) $(test-out) FORCE
	$(call if-changed,hostld)

# ---- check ------------------------------------------------------------------------------
#
# make check [T=suite[/test][,...]] [SAN=...] [HARTS=1] [SEED=n] [GDB=1]

# With many random bits in its addresses a kernel leaves thread sanitizer's shadow no place.
no-aslr := $(if $(filter thread,$(SAN)),$(shell setarch -R true 2>/dev/null && echo setarch -R))

T ?=
DEBUGGER ?= gdb
.PHONY: host check walk coverage mutate
host: $(host-dir)/check
check: $(host-dir)/check
ifeq ($(check-libs),)
	@echo "make check needs the Check library: run scripts/with-deps make check" >&2; exit 1
else ifneq ($(GDB),)
	$(call need,$(DEBUGGER),gdb)
	CK_FORK=no ASAN_OPTIONS=detect_leaks=0 SEED=$(SEED) $(DEBUGGER) --args $< $(T)
else
	$(Q)SEED=$(SEED) $(no-aslr) $< $(T)
ifeq ($(SAN)$(T),address$(comma)undefined)
	$(Q)$(MAKE) SAN=trace check
endif
endif

# The functions of some page faults, as trees.
walk:
	$(Q)$(MAKE) SAN=trace $(O)/host-trace/check
	$(Q)WALK=1 $(O)/host-trace/check walk_order

# An lcov report of what the unit tests ran. lcov 2 is strict where lcov 1 was silent.
coverage:
	$(call need,lcov,lcov)
	$(Q)$(MAKE) SAN=coverage $(O)/host-coverage/check
	$(Q)find $(O)/host-coverage -name '*.gcda' -delete
	$(Q)CK_TIMEOUT_MULTIPLIER=4 $(O)/host-coverage/check $(T)
	$(Q)scripts/coverage $(O)/host-coverage $(O)/coverage

# Are mistakes noticed? The kernel that checks itself, changed in one place at a time. Without
# sanitizers, unless asked for: what the tests notice themselves is the better proof, and quicker.
#
# make mutate [T=buddy,pcp] [N=50] [SEED=1] [AGAIN=1] [V=1] [SAN=address,undefined]
mutate-san := $(if $(filter command line,$(origin SAN)),$(SAN),none)
mutate: $(O)/include/config/auto.conf
	$(Q)scripts/derive-config $(O) $(O)/mutate DEBUG_KERNEL=y DEBUG_LOCKS=y DEBUG_VM=y
	$(Q)$(MAKE) O=$(O)/mutate SAN=$(mutate-san) host
	$(Q)N=$(N) SEED=$(SEED) T="$(T)" V=$(V) AGAIN=$(AGAIN) nice scripts/mutate \
		$(O)/mutate/host$(subst -address$(comma)undefined,,-$(mutate-san))
