// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench.c - what the kernel's basic services cost, in instructions
 *
 * One static program, run as init on one emulated hart:
 *
 *	qemu-system-riscv64 ... -icount shift=0,sleep=off -append rdinit=/bench/bench
 *
 * With -icount shift=0 the virtual clock moves 1 ns with each instruction, so time is a count of
 * instructions and comes out the same every time; the same binary measures a real Linux. It holds
 * while the hart never idles (an idle hart lets the clock jump to the next timer), so no row sleeps:
 * whenever one process waits, the other runs.
 *
 *	rdtime --> 10 MHz on QEMU virt: one tick is 100 instructions
 *	a batch = some hundred operations between two rdtime; a row = median of its batches
 *
 *  B1  The clock is checked first: a loop of a million instructions must count as a million.
 *  B2  The median leaves out batches that a timer interrupt or a cache's refill fell into.
 *  B3  Nothing is printed between two rdtime.
 *  B4  No huge pages: a row about pages means 4 KiB pages on every kernel (PR_SET_THP_DISABLE).
 *
 * What no system call does alone (clearing a page, allocating one, kmalloc) is measured by the kernel:
 * a linux-lite with CONFIG_BENCH has /proc/bench. Output: one line a row,
 * `bench<TAB>row<TAB>value<TAB>unit`. tests/bench/run boots it and prints the table.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE		4096UL
#define TICK		100	/* instructions in one tick of rdtime */
#define BATCHES		9
#define REGION_PAGES	1024UL
#define RW		(PROT_READ | PROT_WRITE)

static unsigned long rdtime(void)
{
	unsigned long t;

	__asm__ volatile("rdtime %0" : "=r"(t) :: "memory");
	return t;
}

/* The time at which this program began. The start-up code of the C library that ran before: thousands. */
static unsigned long begin;

static void note_begin(void)
{
	begin = rdtime();
}

static void (*const early)(void) __attribute__((section(".preinit_array"), used)) = note_begin;

static void row(const char *name, double value, const char *unit)
{
	printf("bench\t%s\t%.0f\t%s\n", name, value, unit);
	fflush(stdout);
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The row of @nr batches, each an instruction count for one operation (B2). */
static void median_row(const char *name, double *value, int nr)
{
	qsort(value, nr, sizeof(*value), by_value);
	row(name, value[nr / 2], "instructions");
}

static void die(const char *what)
{
	perror(what);
	if (getpid() == 1)
		reboot(RB_POWER_OFF);
	exit(1);
}

/* Return: a fresh private anonymous region. */
static char *map(unsigned long pages)
{
	char *p = mmap(NULL, pages * PAGE, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		die("mmap");
	return p;
}

/* Store to, or load from, one byte of each page. Return: instructions a page. */
static double touch(char *p, unsigned long pages, int store)
{
	unsigned long start = rdtime();

	for (char *end = p + pages * PAGE; p < end; p += PAGE) {
		if (store)
			*(volatile char *)p = 1;
		else
			(void)*(volatile char *)p;
	}
	return (double)(rdtime() - start) * TICK / pages;
}

/* B1: `addi, bnez` half a million times; the least of three: a tick may just begin at the end. */
static void check_clock(void)
{
	unsigned long least = ~0UL;

	for (int i = 0; i < 3; i++) {
		unsigned long n = 500000, start = rdtime(), ticks;

		__asm__ volatile("1: addi %0, %0, -1\n	bnez %0, 1b" : "+r"(n));
		ticks = rdtime() - start;
		if (ticks < least)
			least = ticks;
	}
	row("loop of 1,000,000 instructions", (double)least * TICK, "instructions");
}

static void null_syscall(void)
{
	double value[BATCHES];

	for (int b = 0; b < BATCHES; b++) {
		unsigned long start = rdtime();

		for (int i = 0; i < 2000; i++) {
			register long a0 __asm__("a0");
			register long a7 __asm__("a7") = SYS_getppid;

			__asm__ volatile("ecall" : "=r"(a0) : "r"(a7) : "memory");
		}
		value[b] = (double)(rdtime() - start) * TICK / 2000;
	}
	median_row("null syscall", value, BATCHES);
}

static void touch_and_unmap(void)
{
	double first[BATCHES], unmap[BATCHES], zero[BATCHES];

	for (int b = 0; b < BATCHES; b++) {
		char *p = map(REGION_PAGES);
		unsigned long start;

		first[b] = touch(p, REGION_PAGES, 1);
		start = rdtime();
		munmap(p, REGION_PAGES * PAGE);
		unmap[b] = (double)(rdtime() - start) * TICK / REGION_PAGES;
		p = map(REGION_PAGES);
		zero[b] = touch(p, REGION_PAGES, 0);
		munmap(p, REGION_PAGES * PAGE);
	}
	median_row("first touch of an anonymous page", first, BATCHES);
	median_row("munmap of a touched page", unmap, BATCHES);
	median_row("read fault on the zero page", zero, BATCHES);
}

/*
 * The parent's stores copy while the child holds the pages, too; once the child is gone the other
 * half of the pages has one owner and is reused in place.
 */
static void cow(void)
{
	double copy[BATCHES], reuse[BATCHES];

	for (int b = 0; b < BATCHES; b++) {
		char *p = map(REGION_PAGES), c;
		int fds[2];
		pid_t pid;

		if (pipe(fds))
			die("pipe");
		touch(p, REGION_PAGES, 1);
		pid = fork();
		if (pid == 0) {
			close(fds[1]);
			_exit(read(fds[0], &c, 1) != 0);	/* until the parent closes */
		}
		close(fds[0]);
		copy[b] = touch(p, REGION_PAGES / 2, 1);
		close(fds[1]);
		waitpid(pid, NULL, 0);
		reuse[b] = touch(p + REGION_PAGES / 2 * PAGE, REGION_PAGES / 2, 1);
		munmap(p, REGION_PAGES * PAGE);
	}
	median_row("COW copy", copy, BATCHES);
	median_row("COW reuse", reuse, BATCHES);
}

static void map_unmap(int store, const char *name)
{
	double value[BATCHES];

	for (int b = 0; b < BATCHES; b++) {
		unsigned long start = rdtime();

		for (int i = 0; i < 200; i++) {
			char *p = mmap(NULL, PAGE, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

			if (store)
				*(volatile char *)p = 1;
			munmap(p, PAGE);
		}
		value[b] = (double)(rdtime() - start) * TICK / 200;
	}
	median_row(name, value, BATCHES);
}

static void fork_exit_wait(int times, const char *program, const char *name)
{
	double value[BATCHES];

	for (int b = 0; b < BATCHES; b++) {
		unsigned long start = rdtime();

		for (int i = 0; i < times; i++) {
			pid_t pid = fork();

			if (pid == 0) {
				if (program)
					execl(program, program, "exit", NULL);
				_exit(program != NULL);
			}
			if (pid < 0)
				die("fork");
			waitpid(pid, NULL, 0);
		}
		value[b] = (double)(rdtime() - start) * TICK / times;
	}
	median_row(name, value, BATCHES);
}

static void pipes(void)
{
	double value[BATCHES];
	int there[2], back[2];
	char c = 'x';
	pid_t pid;

	if (pipe(there) || pipe(back))
		die("pipe");
	for (int b = 0; b < BATCHES; b++) {
		unsigned long start = rdtime();

		for (int i = 0; i < 500; i++)
			if (write(there[1], &c, 1) != 1 || read(there[0], &c, 1) != 1)
				die("pipe");
		value[b] = (double)(rdtime() - start) * TICK / 500;
	}
	median_row("pipe write + read of a byte", value, BATCHES);
	pid = fork();
	if (pid == 0) {
		close(there[1]);
		while (read(there[0], &c, 1) == 1)
			if (write(back[1], &c, 1) != 1)
				_exit(1);
		_exit(0);
	}
	for (int b = 0; b < BATCHES; b++) {
		unsigned long start = rdtime();

		for (int i = 0; i < 200; i++)
			if (write(there[1], &c, 1) != 1 || read(back[0], &c, 1) != 1)
				die("ping-pong");
		value[b] = (double)(rdtime() - start) * TICK / 200;
	}
	median_row("ping-pong between two processes", value, BATCHES);
	close(there[1]);
	waitpid(pid, NULL, 0);
	close(there[0]);
	close(back[0]);
	close(back[1]);
}

/* Lines `row<TAB>ns'; a nanosecond is an instruction (B1). */
static void rows_of_the_kernel(void)
{
	FILE *f = fopen("/proc/bench", "r");
	char name[80];
	long ns;

	while (f && fscanf(f, "%79[^\t]\t%ld\n", name, &ns) == 2)
		row(name, ns, "instructions");
	if (f)
		fclose(f);
}

static void mem_total(void)
{
	FILE *f = fopen("/proc/meminfo", "r");
	long kb = 0;

	if (!f || fscanf(f, "MemTotal: %ld", &kb) != 1)
		kb = -1;
	if (f)
		fclose(f);
	row("MemTotal", kb, "kB");
}

int main(int argc, char **argv)
{
	char *big;

	if (argc > 1 && !strcmp(argv[1], "exit"))
		return 0;
	if (getpid() == 1) {
		mkdir("/proc", 0755);
		mount("proc", "/proc", "proc", 0, NULL);
	}
	row("reset to first user instruction", (double)begin * TICK, "instructions");
	mem_total();
	check_clock();
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	if (argc < 2 || strcmp(argv[1], "boot")) {	/* `boot`: only what depends on the machine */
		rows_of_the_kernel();
		null_syscall();
		touch_and_unmap();
		cow();
		map_unmap(0, "mmap + munmap of a page, untouched");
		map_unmap(1, "mmap + munmap of a page, touched");
		fork_exit_wait(40, NULL, "fork + exit + wait, small process");
		fork_exit_wait(20, argv[0], "fork + exec + exit + wait");
		pipes();
		big = map(8192);
		touch(big, 8192, 1);
		fork_exit_wait(3, NULL, "fork + exit + wait, 32 MiB touched");
	}
	if (getpid() == 1)
		reboot(RB_POWER_OFF);
	return 0;
}
