// SPDX-License-Identifier: GPL-2.0-only
/*
 * vdso.c - the page of code that the kernel maps into each program: a shared object with names
 */
#include "tap.h"
#include <elf.h>
#include <sys/auxv.h>
#include <ucontext.h>
#include <unwind.h>

typedef int clock_fn(clockid_t clock, struct timespec *ts);
typedef int tod_fn(struct timeval *tv, void *tz);

static const char *base;
static const Elf64_Sym *symbols;
static const char *names;
static const Elf64_Word *hash;
static const Elf64_Half *versions;

static int read_dynamic(void)
{
	const Elf64_Ehdr *ehdr = (const Elf64_Ehdr *)base;
	const Elf64_Phdr *ph = (const Elf64_Phdr *)(base + ehdr->e_phoff);
	const Elf64_Dyn *dyn = NULL;

	for (int i = 0; i < ehdr->e_phnum; i++)
		if (ph[i].p_type == PT_DYNAMIC)
			dyn = (const Elf64_Dyn *)(base + ph[i].p_vaddr);
	for (; dyn && dyn->d_tag != DT_NULL; dyn++) {
		const char *at = base + dyn->d_un.d_val;

		if (dyn->d_tag == DT_SYMTAB)
			symbols = (const Elf64_Sym *)at;
		if (dyn->d_tag == DT_STRTAB)
			names = at;
		if (dyn->d_tag == DT_HASH)
			hash = (const Elf64_Word *)at;
		if (dyn->d_tag == DT_VERSYM)
			versions = (const Elf64_Half *)at;
	}
	return symbols && names && hash && versions;
}

/* Return: the function of that name; NULL: there is none. */
static void *find(const char *name)
{
	for (unsigned int i = 1; i < hash[1]; i++)
		if (!strcmp(names + symbols[i].st_name, name) && symbols[i].st_shndx && versions[i] > 1)
			return wild((unsigned long)base + symbols[i].st_value);
	return NULL;
}

static long raw_ns(clockid_t clock)
{
	struct timespec ts;

	need(!syscall(SYS_clock_gettime, clock, &ts));
	return ts.tv_sec * 1000000000L + ts.tv_nsec;
}

static void clocks(clock_fn *get, tod_fn *tod)
{
	static const clockid_t known[] = {
		CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW, CLOCK_BOOTTIME,
		CLOCK_REALTIME_COARSE, CLOCK_MONOTONIC_COARSE, CLOCK_PROCESS_CPUTIME_ID
	};
	struct timespec ts, later;
	struct timeval tv;

	for (unsigned int i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		long coarse = i == 4 || i == 5 ? 10000000 : 0;	/* they may stand still for a tick */
		long before, after;
		int ret;

		before = raw_ns(known[i]);
		ret = get(known[i], &ts);
		after = raw_ns(known[i]);
		before -= ts.tv_sec * 1000000000L + ts.tv_nsec;
		after -= ts.tv_sec * 1000000000L + ts.tv_nsec;
		ok(!ret && before <= coarse && after >= -coarse && (unsigned long)ts.tv_nsec < 1000000000,
		   "clock %d is what the kernel says", known[i]);
	}
	is(get(99, &ts), -EINVAL, "no such clock: -EINVAL");
	need(!syscall(SYS_clock_gettime, CLOCK_REALTIME, &ts));
	is(tod(&tv, NULL), 0, "gettimeofday");
	ok(labs(tv.tv_sec - ts.tv_sec) <= 1 && tv.tv_usec < 1000000, "is the same time");
	later = (struct timespec){ ts.tv_sec + 100000, ts.tv_nsec };
	if (ok(!clock_settime(CLOCK_REALTIME, &later), "the time of day is set a day ahead")) {
		get(CLOCK_REALTIME, &later);
		ok(labs(later.tv_sec - ts.tv_sec - 100000) <= 1, "and seen at once");
		clock_settime(CLOCK_REALTIME, &ts);
	}
}

static void *return_address;
static int nr_frames, trap_seen;
extern const char behind_trap[];		/* the instruction after main's ebreak */

static _Unwind_Reason_Code frame(struct _Unwind_Context *context, unused void *arg)
{
	nr_frames++;
	trap_seen |= _Unwind_GetIP(context) == (unsigned long)behind_trap;
	return nr_frames < 50 ? _URC_NO_REASON : _URC_END_OF_STACK;
}

static void handler(unused int sig, unused siginfo_t *info, void *context)
{
	((ucontext_t *)context)->uc_mcontext.__gregs[REG_PC] += 4;	/* behind the ebreak */
	return_address = __builtin_return_address(0);
	_Unwind_Backtrace(frame, NULL);
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	const Elf64_Ehdr *ehdr;
	char maps[8192], line[64], *at;

	base = wild(getauxval(AT_SYSINFO_EHDR));
	need(base);
	ehdr = (const Elf64_Ehdr *)base;
	is((long)base % 4096, 0, "AT_SYSINFO_EHDR is the start of a page");
	ok(!memcmp(ehdr->e_ident, ELFMAG, SELFMAG) && ehdr->e_type == ET_DYN && ehdr->e_machine == EM_RISCV,
	   "of an ELF shared object");
	need(slurp("/proc/self/maps", maps, sizeof(maps)) > 0);
	snprintf(line, sizeof(line), "\n%lx-", (unsigned long)base);
	at = strstr(maps, line);
	ok(at && strstr(at, " r-xp ") && strstr(at, "[vdso]\n"), "which /proc/self/maps calls [vdso]");
	need(read_dynamic());
	for (const char *const *name = (const char *const[]){ "__vdso_rt_sigreturn", "__vdso_clock_gettime",
	     "__vdso_gettimeofday", "__vdso_getcpu", "__vdso_flush_icache", NULL }; *name; name++)
		ok(find(*name), "it has %s", *name);
	clocks((clock_fn *)find("__vdso_clock_gettime"), (tod_fn *)find("__vdso_gettimeofday"));

	sigaction(SIGTRAP, &action, NULL);
	__asm__ __volatile__(".option push\n .option norvc\n ebreak\n .option pop\n behind_trap:" : : : "memory");
	ok(return_address == find("__vdso_rt_sigreturn"), "a handler returns to __vdso_rt_sigreturn");
	ok(trap_seen, "an unwinder finds its way from the handler to where the signal came (%d frames)", nr_frames);
	return done_testing();
}
