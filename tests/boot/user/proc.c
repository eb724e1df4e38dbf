// SPDX-License-Identifier: GPL-2.0-only
/*
 * proc.c - the files of /proc about the system: every line must have Linux's syntax. Those about
 * page frames: procframes.c.
 *
 * Programs parse these files by position and by column width, so the tests are regular expressions
 * for whole lines that a real Linux (6.1 and later) passes.
 */
#include "tap.h"
#include "match.h"
#include <sys/stat.h>

static char text[1 << 20];

/* The claim that the lines of @path match @first (NULL: none) and then, all others, @rest. */
static void lines_match(const char *path, const char *first, const char *rest)
{
	char *line, *save;
	int nr = 0, bad = 0;
	regex_t re;

	if (!ok(slurp(path, text, sizeof(text)) > 0, "%s can be read", path))
		return;
	ok(text[strlen(text) - 1] == '\n', "%s ends with a newline", path);
	need(regcomp(&re, rest, REG_EXTENDED | REG_NOSUB) == 0);
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save), nr++) {
		int good = nr == 0 && first ? matches(line, first) : !regexec(&re, line, 0, NULL, 0);

		if (!good && bad++ < 3)
			diag("line %d: |%s|", nr + 1, line);
	}
	regfree(&re);
	is(bad, 0, "%s: all %d lines have the right form", path, nr);
}

static void test_meminfo(void)
{
	static const char *const key[] = {
		"MemTotal", "MemFree", "MemAvailable", "Buffers", "Cached", "SwapCached", "Active",
		"Inactive",
		"SwapTotal", "SwapFree", "Dirty", "Writeback", "AnonPages", "Mapped", "Shmem", "Slab",
		"SReclaimable", "SUnreclaim", "KernelStack", "PageTables", "CommitLimit", "Committed_AS",
		"VmallocTotal", "VmallocUsed",
	};
	long total, used, before, after;
	char *mem;

	/* the name, a colon, the number right-aligned so that it ends in column 24, " kB" */
	lines_match("/proc/meminfo", "^MemTotal: +[0-9]+ kB$", "^[A-Za-z_0-9()]+: +[0-9]+( kB)?$");
	slurp("/proc/meminfo", text, sizeof(text));
	for (char *line = text; *line; line = strchr(line, '\n') + 1)
		if (strncmp(line, "HugePages_", 10) && strncmp(line, "VmallocTotal", 12))
			need(strcspn(line, "\n") == 27);
	ok(1, "/proc/meminfo: columns are aligned");
	for (unsigned int i = 0; i < sizeof(key) / sizeof(*key); i++)
		ok(proc_number("/proc/meminfo", key[i]) >= 0, "/proc/meminfo has %s", key[i]);
	total = proc_number("/proc/meminfo", "MemTotal");
	used = total - proc_number("/proc/meminfo", "MemFree");
	ok(used > 0 && used < total, "MemFree is between nothing and MemTotal");
	before = proc_number("/proc/meminfo", "AnonPages");
	mem = malloc(4 << 20);
	memset(wild((long)mem), 1, 4 << 20);
	after = proc_number("/proc/meminfo", "AnonPages");
	ok(after - before >= 4096 - 1024, "4 MiB touched show in AnonPages (%ld kB)", after - before);
	free(mem);
}

static void test_others(void)
{
	char *p;

	lines_match("/proc/slabinfo", "^slabinfo - version: 2\\.1$",
		    "^(# name +<active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> "
		    ": tunables <limit> <batchcount> <sharedfactor> "
		    ": slabdata <active_slabs> <num_slabs> <sharedavail>"
		    "|[^ ]+( +[0-9]+){5} : tunables( +[0-9]+){3} : slabdata( +[0-9]+){3})$");
	lines_match("/proc/cpuinfo", "^processor\t: 0$", "^([a-z][a-z ]*\t+: .+|)$");
	slurp("/proc/cpuinfo", text, sizeof(text));
	ok((p = strstr(text, "isa\t\t: rv64imafdc")) != NULL, "/proc/cpuinfo: the instruction set");
	ok((p = strstr(text, "mmu\t\t: sv")) && (atoi(p + 9) == 39 || atoi(p + 9) == 48 || atoi(p + 9) == 57),
	   "/proc/cpuinfo: the paging mode");
	lines_match("/proc/mounts", NULL, "^[^ ]+ /[^ ]* [a-z0-9]+ r[ow](,[^ ]+)* 0 0$");
	slurp("/proc/mounts", text, sizeof(text));
	ok(strstr(text, " /proc proc ") != NULL, "/proc/mounts has /proc");
	lines_match("/proc/version", NULL, "^Linux version [^ ]+ .*$");
	lines_match("/proc/uptime", NULL, "^[0-9]+\\.[0-9]{2} [0-9]+\\.[0-9]{2}$");
	lines_match("/proc/loadavg", NULL,
		    "^[0-9]+\\.[0-9]{2} [0-9]+\\.[0-9]{2} [0-9]+\\.[0-9]{2} [0-9]+/[0-9]+ [0-9]+$");
	lines_match("/proc/filesystems", NULL, "^(nodev)?\t[a-z0-9_]+$");
	lines_match("/proc/stat", "^cpu  [0-9]+( [0-9]+){9}$",
		    "^(cpu[0-9]+( [0-9]+){10}|(intr|softirq)( [0-9]+)+|(ctxt|btime|processes|procs_running|"
		    "procs_blocked) [0-9]+)$");
	lines_match("/proc/cmdline", NULL, "rdinit=");
}

static void test_tree(void)
{
	char target[64];
	struct stat st;
	int n;

	n = readlink("/proc/self", target, sizeof(target) - 1);
	target[n > 0 ? n : 0] = 0;
	is(atoi(target), getpid(), "/proc/self is a link to my number");
	ok(!stat("/proc/1", &st) && S_ISDIR(st.st_mode), "/proc/1 is a directory");
	fails(access("/proc/99999", F_OK), ENOENT, "/proc/99999 is not there");
	ok(mkdir("/proc/x", 0755) == -1, "nothing can be made in /proc");
	fails(unlink("/proc/meminfo"), EPERM, "nor removed");
}

int main(void)
{
	test_meminfo();
	test_others();
	test_tree();
	return done_testing();
}
