// SPDX-License-Identifier: GPL-2.0-only
/*
 * procframes.c - what /proc says about page frames: buddyinfo, pagetypeinfo, zoneinfo, vmstat
 *
 * Programs read these by position, so each line's bytes are claimed, and the order of the names. What
 * Linux 6.1 prints is written down here once more, from its mm/vmstat.c, so that a change in the kernel
 * is noticed. Later Linuxes added fields and moved some: where a claim is about linux-lite only, it says so.
 */
#include "tap.h"
#include "match.h"
#include <ctype.h>
#include <sys/mman.h>
#include <sys/stat.h>

static char text[1 << 20];
static int orders;			/* columns: 11; 1 if the kernel has single pages only */
static long movable;			/* free pages in lines "Movable" of pagetypeinfo */

/* As matches(): @pattern, and behind it a @number for each order. */
static int has_columns(const char *line, const char *pattern, const char *number)
{
	char whole[400];

	snprintf(whole, sizeof(whole), "^%s(%s){%d}$", pattern, number, orders);
	return matches(line, whole);
}

/* Return: the pages in a line's free blocks of all orders, which begin at @at. */
static long add_up(const char *at)
{
	long pages = 0, nr;

	for (int order = 0, n; order < orders; order++, at += n) {
		need(sscanf(at, "%ld%n", &nr, &n) == 1);
		pages += nr << order;
	}
	return pages;
}

/* Columns: six places and a blank for each order, wider only where the number is. */
static long test_buddyinfo(void)
{
	char *line, *save;
	long pages = 0;
	int bad = 0;

	need(slurp("/proc/buddyinfo", text, sizeof(text)) > 0);
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		bad += !has_columns(line, "Node 0, zone ( +DMA| +DMA32| +Normal| +Movable) ", "[ 0-9]{5}[0-9]+ ");
		pages += add_up(line + strlen("Node 0, zone ") + 8);
	}
	is(bad, 0, "/proc/buddyinfo: each line has Linux's columns");
	return pages;
}

/* The upper table of pagetypeinfo. Return: the line behind it. */
static char *test_free_table(char *line, char **save, long *total)
{
	int bad = 0, nr = 0;

	for (; line && !strncmp(line, "Node    0, ", 11); line = strtok_r(NULL, "\n", save), nr++) {
		long pages = add_up(line + strlen("Node    0, zone    DMA32, type    Unmovable "));

		bad += !has_columns(line, "Node    0, zone [ A-Za-z0-9]{8}, type ( +)(Unmovable|Movable|Reclaimable|"
				    "HighAtomic|CMA|Isolate) ", ">?[ 0-9]{5}[0-9]+ ");
		*total += pages;
		if (strstr(line, "    Movable "))
			movable += pages;
	}
	ok(nr >= 4, "/proc/pagetypeinfo: a line for each type (%d)", nr);
	is(bad, 0, "/proc/pagetypeinfo: each of them has Linux's columns");
	return line;
}

/* Return: the frames of all zones, by zoneinfo. */
static long all_spanned(void)
{
	long spanned = 0;

	need(slurp("/proc/zoneinfo", text, sizeof(text)) > 0);
	for (char *at = text; (at = strstr(at, "\n        spanned  ")) != NULL; at++)
		spanned += atol(at + strlen("\n        spanned  "));
	return spanned;
}

/* The head of pagetypeinfo, if there are @nr orders. Return: its length. */
static int head_of(char *head, size_t room, int nr)
{
	int n = snprintf(head, room, "Page block order: 9\nPages per block:  512\n\n"
			 "Free pages count per migrate type at order  ");

	for (int order = 0; order < nr; order++)
		n += snprintf(head + n, room - n, "%6d ", order);
	return n + snprintf(head + n, room - n, "\n");
}

static long test_pagetypeinfo(void)
{
	char head[300];
	int head_length = head_of(head, sizeof(head), orders);
	long total = 0, blocks = 0, spanned;
	char *line, *save;
	struct stat st;
	int nr, n;

	ok(!stat("/proc/pagetypeinfo", &st) && (st.st_mode & 0777) == 0400, "/proc/pagetypeinfo: only root may read");
	need(slurp("/proc/pagetypeinfo", text, sizeof(text)) > 0);
	ok(!strncmp(text, head, head_length), "/proc/pagetypeinfo: the head is Linux's");
	ok(strstr(text, " \n\nNumber of blocks type     Unmovable      Movable  Reclaimable "),
	   "/proc/pagetypeinfo: an empty line, and the second table's head");
	movable = 0;
	line = test_free_table(strtok_r(text + head_length, "\n", &save), &save, &total);
	for (line = strtok_r(NULL, "\n", &save); line && !strncmp(line, "Node 0, ", 8);
	     line = strtok_r(NULL, "\n", &save)) {
		need(matches(line, "^Node 0, zone [ A-Za-z0-9]{8} ([ 0-9]{11}[0-9] ){4,}$"));
		for (line += strlen("Node 0, zone    DMA32 "); sscanf(line, "%d%n", &nr, &n) == 1; line += n)
			blocks += nr;
	}
	spanned = all_spanned();
	ok(blocks * 512 >= spanned && blocks * 512 < spanned + 4 * 512,
	   "/proc/pagetypeinfo: the pageblocks of all types are those of all zones (%ld)", blocks);
	return total;
}

static void test_free_pages(void)
{
	long buddy, types, before;
	long free_pages = proc_number("/proc/meminfo", "MemFree") / 4;
	size_t size = 16 << 20;
	char *p;

	orders = proc_orders();
	buddy = test_buddyinfo();
	types = test_pagetypeinfo();
	before = movable;
	ok(buddy > free_pages / 2 && buddy < free_pages + free_pages / 4,
	   "buddyinfo adds up to about MemFree (%ld of %ld pages)", buddy, free_pages);
	ok(labs(buddy - types) < buddy / 8, "and pagetypeinfo to buddyinfo (%ld, %ld)", types, buddy);
	p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	need(p != MAP_FAILED);
	test_pagetypeinfo();
	ok(before - movable > 2048, "16 MiB of a program are taken from Movable (%ld pages)", before - movable);
	munmap(p, size);
}

/* ---- zoneinfo ---------------------------------------------------------------------------------- */

static const char zone_stats[] =
	"nr_free_pages nr_zone_inactive_anon nr_zone_active_anon nr_zone_inactive_file nr_zone_active_file "
	"nr_zone_unevictable nr_zone_write_pending nr_mlock nr_bounce nr_free_cma ";
static const char node_stats[] =
	"nr_inactive_anon nr_active_anon nr_inactive_file nr_active_file nr_unevictable nr_slab_reclaimable "
	"nr_slab_unreclaimable nr_isolated_anon nr_isolated_file workingset_nodes workingset_refault_anon "
	"workingset_refault_file workingset_activate_anon workingset_activate_file workingset_restore_anon "
	"workingset_restore_file workingset_nodereclaim nr_anon_pages nr_mapped nr_file_pages nr_dirty "
	"nr_writeback nr_writeback_temp nr_shmem nr_shmem_hugepages nr_shmem_pmdmapped nr_file_hugepages "
	"nr_file_pmdmapped nr_anon_transparent_hugepages nr_vmscan_write nr_vmscan_immediate_reclaim nr_dirtied "
	"nr_written nr_throttled_written nr_kernel_misc_reclaimable nr_foll_pin_acquired nr_foll_pin_released "
	"nr_kernel_stack nr_page_table_pages nr_sec_page_table_pages nr_swapcached ";
static const char events[] =
	"nr_dirty_threshold nr_dirty_background_threshold "
	"pgpgin pgpgout pswpin pswpout pgalloc_dma32 pgalloc_normal allocstall_dma32 allocstall_normal "
	"pgskip_dma32 pgskip_normal pgfree pgactivate pgdeactivate pglazyfree pgfault pgmajfault pglazyfreed "
	"pgrefill pgreuse pgsteal_kswapd pgsteal_direct pgdemote_kswapd pgdemote_direct pgscan_kswapd "
	"pgscan_direct pgscan_direct_throttle pgscan_anon pgscan_file pgsteal_anon pgsteal_file pginodesteal "
	"slabs_scanned kswapd_inodesteal kswapd_low_wmark_hit_quickly kswapd_high_wmark_hit_quickly pageoutrun "
	"pgrotated drop_pagecache drop_slab oom_kill pgmigrate_success pgmigrate_fail compact_migrate_scanned "
	"compact_free_scanned compact_isolated compact_stall compact_fail compact_success compact_daemon_wake "
	"compact_daemon_migrate_scanned compact_daemon_free_scanned unevictable_pgs_culled "
	"unevictable_pgs_scanned unevictable_pgs_rescued unevictable_pgs_mlocked unevictable_pgs_munlocked "
	"unevictable_pgs_cleared unevictable_pgs_stranded swap_ra swap_ra_hit nr_unstable ";

/* The first word of each line from @from to @end, each with a blank behind it. */
static void first_words(const char *from, const char *end, char *words)
{
	while (from < end) {
		size_t len;

		while (*from == ' ')
			from++;
		len = strcspn(from, " \n");
		words = stpcpy(stpncpy(words, from, len), " ");
		from = strchr(from, '\n') + 1;
	}
}

/* Return: the number behind @key, which follows a newline and blanks. */
static long field(const char *from, const char *key)
{
	const char *at = strstr(from, key);

	return at ? atol(at + strlen(key)) : -1;
}

static void test_zone(const char *zone, int node)
{
	static char words[4096], want[4096];
	char *end = strstr(zone, "\nNode "), *at;
	long free_pages = field(zone, "\n  pages free     "), managed = field(zone, "\n        managed  ");

	end = end ? end + 1 : strchr(zone, 0);
	first_words(strchr(zone, '\n') + 1, end, words);
	at = want;
	if (node)
		at += sprintf(at, "per-node %s", node_stats);
	at += sprintf(at, "pages boost min low high spanned present managed cma protection: ");
	if (managed) {
		at += sprintf(at, "%spagesets ", zone_stats);
		for (long cpu = 0; cpu < sysconf(_SC_NPROCESSORS_ONLN); cpu++)
			at += sprintf(at, "cpu: count: high: batch: vm ");
		at += sprintf(at, "node_unreclaimable: start_pfn: ");
	}
	if (on_linux_lite() && !ok(!strcmp(words, want), "/proc/zoneinfo: %.21s: Linux's fields in Linux's order", zone))
		diag("%s", words);
	ok(field(zone, "\n        spanned  ") >= field(zone, "\n        present  ") &&
	   field(zone, "\n        present  ") >= managed && managed >= free_pages && free_pages >= 0,
	   "/proc/zoneinfo: spanned >= present >= managed >= free");
	ok(field(zone, "\n        min      ") <= field(zone, "\n        low      ") &&
	   field(zone, "\n        low      ") <= field(zone, "\n        high     "),
	   "/proc/zoneinfo: min <= low <= high");
	if (managed)
		ok(labs(field(zone, "\n      nr_free_pages ") - free_pages) < 64 &&
		   field(zone, "\n  start_pfn:           ") >= 0, "/proc/zoneinfo: nr_free_pages, start_pfn");
}

static void test_zoneinfo(void)
{
	static const char line[] =
		"^(Node 0, zone +[A-Za-z0-9]+|  per-node stats|  pages free     [0-9]+"
		"|        (boost   |min     |low     |high    |promo   |spanned |present |managed |cma     ) [0-9]+"
		"|        protection: \\([0-9]+(, [0-9]+)*\\)|      [a-z_0-9]{12,} [0-9]+|      [a-z_0-9 ]{12} [0-9]+"
		"|  pagesets|    cpu: [0-9]+|              (count:|high: |batch:) +[0-9]+"
		"|              high_(min|max): +[0-9]+|  vm stats threshold: [0-9]+"
		"|  node_unreclaimable:  [0-9]+|  start_pfn:           [0-9]+|  [a-z_]+: +[0-9]+)$";
	char *zone, *at, *end;
	int bad = 0, node = 0, first;

	need(slurp("/proc/zoneinfo", text, sizeof(text)) > 0);
	for (at = text; *at; *end = '\n', at = end + 1) {
		end = strchr(at, '\n');
		need(end);
		*end = 0;
		if (!matches(at, line) && bad++ < 3)
			diag("|%s|", at);
	}
	is(bad, 0, "/proc/zoneinfo: each line has Linux's columns");
	for (zone = text; zone; zone = zone ? zone + 1 : NULL) {
		first = !node && field(zone, "\n        present  ") > 0;
		test_zone(zone, first);
		node += first;
		zone = strstr(zone, "\nNode ");
	}
	is(node, 1, "/proc/zoneinfo: one zone shows the node's stats");
}

/* ---- vmstat ------------------------------------------------------------------------------------ */

/* What Linux has given up since 6.1, or has by option. */
static const char optional[] = " nr_bounce nr_writeback_temp pgdemote_kswapd pgdemote_direct pgalloc_dma32 "
	"allocstall_dma32 pgskip_dma32 nr_sec_page_table_pages nr_swapcached swap_ra swap_ra_hit ";

static void test_vmstat(void)
{
	static char words[8192], want[8192], key[64];
	int missing = 0, bad = 0;
	char *save;

	need(slurp("/proc/vmstat", text, sizeof(text)) > 0);
	for (char *at = text; *at; at = strchr(at, '\n') + 1)
		bad += strcspn(at, " ") != strspn(at, "abcdefghijklmnopqrstuvwxyz_0123456789") ||
		       !isdigit(at[strcspn(at, " ") + 1]);
	is(bad, 0, "/proc/vmstat: a name, a blank, a number in each line");
	first_words(text, strchr(text, 0), words);
	snprintf(want, sizeof(want), "%s%s%s", zone_stats, node_stats, events);
	if (on_linux_lite() && !ok(!strcmp(words, want), "/proc/vmstat: Linux's names in Linux's order"))
		diag("%s", words);
	for (char *name = strtok_r(want, " ", &save); name; name = strtok_r(NULL, " ", &save)) {
		snprintf(key, sizeof(key), " %s ", name);
		if (!strstr(words, key) && strncmp(words, key + 1, strlen(key + 1)) &&
		    !strstr(optional, key)) {
			diag("no %s", name);
			missing++;
		}
	}
	is(missing, 0, "/proc/vmstat: the names that Linux always has are there");
}

int main(void)
{
	test_free_pages();
	test_zoneinfo();
	test_vmstat();
	return done_testing();
}
