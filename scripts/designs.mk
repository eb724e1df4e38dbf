# SPDX-License-Identifier: GPL-2.0-only
#
# designs.mk - each rival of a module in the place of the default one.
#
#	check-designs	the unit tests with each; they are the same for all    D='slub slob' T=slab
#	bench-designs	what allocations cost, a column for each design        T='page*'
#
# A design is your configuration with another choice, in a folder of its own below $(O)/designs/.

designs := first_fit free_list slub slob
D ?= $(designs)
with-default :=
with-first_fit := FRAMES_BUDDY=n FRAMES_FIRST_FIT=y
with-free_list := FRAMES_BUDDY=n FRAMES_FREE_LIST=y
with-slub := SLAB=n SLUB=y
with-slob := SLAB=n SLOB=y

.PHONY: check-designs bench-designs need-valgrind $(addprefix check-design-,$(designs)) \
	$(addprefix bench-design-,default $(designs))

check-designs: $(addprefix check-design-,$(D))
$(addprefix check-design-,$(designs)): check-design-%: $(O)/include/config/auto.conf
	@echo "  DESIGN  $*"
	$(Q)scripts/derive-config $(O) $(O)/designs/$* $(with-$*)
	$(Q)$(MAKE) O=$(O)/designs/$* olddefconfig
	$(Q)$(MAKE) O=$(O)/designs/$* check

bench-designs: need-valgrind $(addprefix bench-design-,default $(D))
	$(Q)FORMAT="$(FORMAT)" T="$(T)" tests/bench/host/run \
		$(foreach design,default $(D),$(design)=$(O)/designs/lean/$(design)/host-lean)
need-valgrind:
	@command -v valgrind >/dev/null || \
		{ echo "make bench-designs needs valgrind: scripts/with-deps +valgrind make bench-designs" >&2; exit 1; }
$(addprefix bench-design-,default $(designs)): bench-design-%: $(O)/include/config/auto.conf
	$(Q)scripts/derive-config $(O) $(O)/designs/lean/$* $(lean) $(with-$*)
	$(Q)$(MAKE) O=$(O)/designs/lean/$* olddefconfig
	$(Q)$(MAKE) O=$(O)/designs/lean/$* SAN=lean bench-programs
