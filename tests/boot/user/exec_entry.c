// SPDX-License-Identifier: GPL-2.0-only
/*
 * exec_entry.c - the state of the machine at a program's first instruction
 *
 * The probe below is the whole program: it stores all registers as it found them and writes them to
 * fd 1. Promised are: a0 is 0 (glibc's start code takes anything else for a function to call at exit),
 * sp is a multiple of 16, the floating point registers and fcsr are 0. About the other integer registers
 * nothing is: Linux/riscv64 leaves in them what the caller of execve had there.
 */
#include "minielf.h"

/*
 * Stores x1..x31 at sp - 1024, f0..f31 and fcsr behind them; then write(1, .., 512 + 8), exit(0).
 * Storing below sp also shows that the stack grows on demand.
 */
__asm__(
"	.section .rodata\n"
"	.balign	4\n"
"probe:\n"
"	sd	ra, -1024+8*1(sp)\n"
"	sd	sp, -1024+8*2(sp)\n"
"	addi	sp, sp, -1024\n"
"	.irp	n,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
"	sd	x\\n, 8*\\n(sp)\n"
"	.endr\n"
"	.irp	n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
"	fsd	f\\n, 256+8*\\n(sp)\n"
"	.endr\n"
"	frcsr	t0\n"
"	sd	t0, 512(sp)\n"
"	sd	zero, 0(sp)\n"
"	li	a0, 1\n"
"	mv	a1, sp\n"
"	li	a2, 520\n"
"	li	a7, 64\n"
"	ecall\n"
"	li	a0, 0\n"
"	li	a7, 93\n"
"	ecall\n"
"probe_end:\n"
/* Exits with 0 when the 4096 bytes from MINI_BASE + 0x2000 + 16 on are 0 (.bss) and the word before is 7. */
"bss:\n"
"	li	a0, 1\n"
"	li	t0, 0x12000\n"
"	ld	t1, 8(t0)\n"
"	li	t2, 7\n"
"	bne	t1, t2, 2f\n"
"	li	a0, 2\n"
"	addi	t0, t0, 16\n"
"	li	t2, 512\n"
"1:	ld	t1, 0(t0)\n"
"	bnez	t1, 2f\n"
"	sd	t2, 0(t0)\n"
"	addi	t0, t0, 8\n"
"	addi	t2, t2, -1\n"
"	bnez	t2, 1b\n"
"	li	a0, 0\n"
"2:	li	a7, 93\n"
"	ecall\n"
"bss_end:\n"
"	.text\n");
extern const char probe[], probe_end[], bss[], bss_end[];

static void test_registers(int type)
{
	static const char *const name[] = { "ET_EXEC", "static PIE" };
	static struct mini m;
	char *argv[] = { (char *)MINI_PATH, (char *)"x", NULL };
	char *envp[] = { (char *)"E=1", NULL };
	struct outcome o;
	unsigned long *x, *f;
	int bad = 0;

	mini_build(&m, probe, probe_end);
	if (type) {
		m.ehdr.e_type = ET_DYN;
		m.ehdr.e_entry = MINI_CODE;
		m.phdr[0].p_vaddr = 0;
	}
	write_file(MINI_PATH, m.bytes, m.len, 0755);
	o = try_exec(MINI_PATH, argv, envp);
	is(o.err, 0, "%s: execve", name[type]);
	is(how_it_ended(o.status), 0, "%s: the program ran to its end", name[type]);
	is(o.out_len, 520, "%s: the probe told its registers", name[type]);
	x = (unsigned long *)o.out;
	f = x + 32;
	is(x[10], 0, "%s: a0 is 0", name[type]);
	is(x[2] % 16, 0, "%s: sp is a multiple of 16", name[type]);
	for (int i = 0; i < 32; i++)
		bad += f[i] != 0;
	is(bad, 0, "%s: all floating point registers are 0", name[type]);
	is(f[32], 0, "%s: fcsr is 0", name[type]);
}

/*
 * The file's bytes behind p_filesz are not zero and lie in the same page as .bss: they must not show.
 */
static void test_bss(void)
{
	static struct mini m;

	mini_build(&m, bss, bss_end);
	memset(m.bytes + PAGE, 0xa5, PAGE);
	*(unsigned long *)(m.bytes + PAGE + 8) = 7;
	m.len = 2 * PAGE;
	m.phdr[1] = (Elf64_Phdr){
		.p_type = PT_LOAD, .p_flags = PF_R | PF_W, .p_offset = PAGE,
		.p_vaddr = MINI_BASE + 2 * PAGE, .p_filesz = 16, .p_memsz = 16 + PAGE, .p_align = PAGE,
	};
	is(mini_run(&m), 1000, ".bss is zero from its first byte on, and can be written");
	memset(m.bytes + PAGE + 16, 0, PAGE - 16);
	m.phdr[1].p_flags = PF_R;
	is(mini_run(&m), -SIGSEGV, "a segment without PF_W can't be written");
}

int main(void)
{
	test_registers(0);
	test_registers(1);
	test_bss();
	return done_testing();
}
