# SPDX-License-Identifier: GPL-2.0-only
#
# kernel.mk - the riscv port: sources to $(O)/riscv/*.o to $(O)/vmlinux.

# No F and D: the kernel uses no floating point, so user registers may stay in place during
# a system call; arch/riscv/kernel/fpu.S alone saves and restores them and says so itself.
# (clang before 17 knows the CSR and fence.i instructions as part of the base.)
march := $(call cc-option,$(CC) -mabi=lp64,-march=rv64imac_zicsr_zifencei,-march=rv64imac)
# -mcmodel=medany: the kernel runs at the top of the address space, reached PC-relative.
# -mno-relax for clang: its linker before 15 cannot do what its assembler then asks for.
kernel-machine := $(march) -mabi=lp64 -mcmodel=medany $(if $(LLVM),-mno-relax) -fno-pie
kernel-include := -Iinclude -Iarch/riscv/include -I$(O)/include
kernel-cflags := $(common-flags) $(call freestanding,$(CC)) $(kernel-machine) -O2 \
	-fno-stack-protector -fno-asynchronous-unwind-tables -fno-delete-null-pointer-checks \
	$(if $(CONFIG_FRAME_POINTER),-fno-omit-frame-pointer -fno-optimize-sibling-calls,-fomit-frame-pointer) \
	$(if $(CONFIG_UBSAN),-fsanitize=undefined -fsanitize-undefined-trap-on-error)
kernel-asflags := -g -D__ASSEMBLY__ $(kernel-machine) $(autoconf)

kernel-out := $(addprefix $(O)/riscv/,$(kernel-objs))
linker-script := $(O)/riscv/arch/riscv/kernel/vmlinux.lds

say_cc := CC
cmd_cc = $(CC) $(kernel-cflags) $(kernel-include) $(CFLAGS_$*.o) $(KCFLAGS) -MMD -MF $@.d -c -o $@ $<
say_as := AS
cmd_as = $(CC) $(kernel-asflags) $(kernel-include) $(CFLAGS_$*.o) -MMD -MF $@.d -c -o $@ $<
say_lds := LDS
cmd_lds = $(CC) -E -P -x assembler-with-cpp $(kernel-asflags) $(kernel-include) \
	-MMD -MF $@.d -MT $@ -o $@ $<

$(O)/riscv/%.o: %.c FORCE
	$(call if-changed,cc)
$(O)/riscv/%.o: %.S FORCE
	$(call if-changed,as)
$(linker-script): arch/riscv/kernel/vmlinux.lds.S FORCE
	$(call if-changed,lds)

# Structure offsets for assembly: asm-offsets.c emits "->NAME value" lines, as Linux's does.
ifneq ($(wildcard arch/riscv/kernel/asm-offsets.c),)
asm-offsets := $(O)/include/generated/asm-offsets.h
$(filter-out $(O)/riscv/arch/riscv/kernel/asm-offsets.s,$(kernel-out)): | $(asm-offsets)
say_offsets := GEN
cmd_offsets = $(CC) $(kernel-cflags) $(kernel-include) -g0 -MMD -MF $@.d -MT $@ -S -o $@.s $< && \
	sed -n 's/^.*->\([A-Z0-9_]*\) [$$\#]*\(-*[0-9]*\).*/\#define \1 \2/p' $@.s >$@
$(asm-offsets): arch/riscv/kernel/asm-offsets.c FORCE
	$(call if-changed,offsets)
endif

# The page of code that the kernel gives to every program: a shared object by itself.
# -fPIC: it is mapped anywhere.  --hash-style: old C libraries know only the first.
vdso-dir := $(O)/riscv/arch/riscv/vdso
vdso-objs := $(vdso-dir)/sigreturn.o $(vdso-dir)/gettime.o
vdso-cflags := $(common-flags) $(call freestanding,$(CC)) $(march) -mabi=lp64 -O2 -fPIC \
	-Wno-missing-prototypes -fno-stack-protector -fno-asynchronous-unwind-tables $(if $(LLVM),-mno-relax)
say_vdsocc := VDSOCC
cmd_vdsocc = $(CC) $(vdso-cflags) $(kernel-include) -MMD -MF $@.d -c -o $@ $<
say_vdsold := VDSOLD
cmd_vdsold = $(LD) -shared -s -nostdlib -soname linux-vdso.so.1 -Bsymbolic --build-id=none \
	--hash-style=both -z max-page-size=4096 -z noexecstack -T $(vdso-dir)/vdso.lds \
	-o $@ $(vdso-objs)
$(vdso-dir)/gettime.o: arch/riscv/vdso/gettime.c FORCE
	$(call if-changed,vdsocc)
$(vdso-dir)/vdso.lds: arch/riscv/vdso/vdso.lds.S FORCE
	$(call if-changed,lds)
$(vdso-dir)/vdso.so: $(vdso-objs) $(vdso-dir)/vdso.lds FORCE
	$(call if-changed,vdsold)
$(vdso-dir)/image.o: $(vdso-dir)/vdso.so

# The link is done by a script, because backtraces with names need two of them.
say_link := LD
cmd_link = CC="$(CC) $(kernel-asflags)" LD="$(LD)" NM="$(NM)" KALLSYMS=$(CONFIG_KALLSYMS) \
	scripts/link-vmlinux $@ $(linker-script) $(O)/riscv $(kernel-out)
$(O)/vmlinux: $(kernel-out) $(linker-script) scripts/link-vmlinux scripts/kallsyms FORCE
	$(call if-changed,link)

.PHONY: vmlinux
vmlinux: $(O)/vmlinux

made += $(vdso-objs) $(vdso-dir)/vdso.lds $(vdso-dir)/vdso.so $(kernel-out) $(linker-script) $(asm-offsets) $(O)/vmlinux
