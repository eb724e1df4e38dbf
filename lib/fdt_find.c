// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/fdt_find.c - nodes of a device tree by path, `compatible`, device type or phandle
 *
 *	/soc/serial@10000000		by path; "@10000000" may be left out if there is only one
 *	serial0				by alias: a property of /aliases whose value is a path
 *	compatible = "ns16550a"		by the programming model: what drivers look for
 *	device_type = "memory"		memory and cpus, for historical reasons
 *	phandle = <3>			by number: how one node refers to another
 *
 * All are linear walks of the blob (format and safety: lib/fdt.c), some microseconds at boot.
 *
 * CONTEXT: any; the blob is constant, so no locks.
 */
#include <linux-lite/fdt.h>
#include <linux-lite/string.h>

/* Has a node called @name the name @want (@len bytes), with or without a unit address? */
static bool name_matches(const char *name, const char *want, size_t len)
{
	if (strncmp(name, want, len))
		return false;
	return !name[len] || (name[len] == '@' && !memchr(want, '@', len));
}

/* The child of @node whose name is the first @len bytes of @want; or -ENOENT. */
static int child_by_name(const struct fdt *fdt, int node, const char *want, size_t len)
{
	int child;

	fdt_for_each_child(fdt, child, node) {
		if (name_matches(fdt_node_name(fdt, child), want, len))
			break;
	}
	return child;
}

/* Follow a path of names, separated by slashes, from @node down. */
static int descend(const struct fdt *fdt, int node, const char *path)
{
	while (node >= 0) {
		size_t len;

		while (*path == '/')
			path++;
		len = strcspn(path, "/");
		if (!len)
			break;
		node = child_by_name(fdt, node, path, len);
		path += len;
	}
	return node;
}

/* The value of the alias called by the first @len bytes of @name, or NULL. */
static const char *alias_value(const struct fdt *fdt, const char *name, size_t len)
{
	char alias[32];

	if (len >= sizeof(alias))
		return NULL;
	memcpy(alias, name, len);
	alias[len] = '\0';
	return fdt_read_string(fdt, fdt_path(fdt, "/aliases"), alias);
}

/**
 * fdt_path - a node by its path
 * @fdt: blob
 * @path: from the root, such as "/cpus/cpu@0", or beginning with an alias; what follows a colon in
 *	it (options, as in stdout-path) is for the caller to cut off
 *
 * Return: the node; -ENOENT.
 */
int fdt_path(const struct fdt *fdt, const char *path)
{
	size_t len = strcspn(path, "/");
	const char *alias;
	int node;

	if (*path == '/')
		return descend(fdt, fdt_root(fdt), path);
	alias = alias_value(fdt, path, len);
	if (!alias || *alias != '/')	/* an alias of an alias is not a thing */
		return -ENOENT;
	node = descend(fdt, fdt_root(fdt), alias);
	return descend(fdt, node, path + len);
}

/**
 * fdt_has_string - is a string in a list of strings?
 * @fdt: blob
 * @node: a node
 * @prop: name of a property whose value is strings, one after the other, each ended by 0
 * @string: the string
 *
 * Return: true if the property is there and has it.
 */
bool fdt_has_string(const struct fdt *fdt, int node, const char *prop, const char *string)
{
	size_t want = strlen(string);
	u32 len;
	const char *list = fdt_getprop(fdt, node, prop, &len);

	if (!list)
		return false;
	while (len) {
		size_t n = strnlen(list, len);

		if (n == len)		/* no final 0: not a string */
			return false;
		if (n == want && !memcmp(list, string, n))
			return true;
		list += n + 1;
		len -= n + 1;
	}
	return false;
}

/* The first node behind @after (-1: of all) whose property @prop has @string. */
static int find_string(const struct fdt *fdt, int after, const char *prop, const char *string)
{
	int node = after < 0 ? fdt_root(fdt) : fdt_next_node(fdt, after, NULL);

	while (node >= 0 && !fdt_has_string(fdt, node, prop, string))
		node = fdt_next_node(fdt, node, NULL);
	return node;
}

/**
 * fdt_find_compatible - the next node with a certain programming model
 * @fdt: blob
 * @after: a node to start behind, or -1
 * @compatible: such as "ns16550a"
 *
 * Return: the node; -ENOENT.
 */
int fdt_find_compatible(const struct fdt *fdt, int after, const char *compatible)
{
	return find_string(fdt, after, "compatible", compatible);
}

/**
 * fdt_find_device_type - the next node of a device type
 * @fdt: blob
 * @after: a node to start behind, or -1
 * @type: "memory" or "cpu"
 *
 * Return: the node; -ENOENT.
 */
int fdt_find_device_type(const struct fdt *fdt, int after, const char *type)
{
	return find_string(fdt, after, "device_type", type);
}

/**
 * fdt_find_phandle - the node with a certain number
 * @fdt: blob
 * @phandle: as other nodes refer to it
 *
 * Return: the node; -ENOENT.
 */
int fdt_find_phandle(const struct fdt *fdt, u32 phandle)
{
	int node = fdt_root(fdt);
	u32 value;

	while (node >= 0 && (fdt_read_u32(fdt, node, "phandle", &value) || value != phandle))
		node = fdt_next_node(fdt, node, NULL);
	return node;
}

/**
 * fdt_is_available - may a device be used?
 * @fdt: blob
 * @node: a node
 *
 * Return: true if it has no `status`, or that is "okay" (or "ok", of old).
 */
bool fdt_is_available(const struct fdt *fdt, int node)
{
	const char *status;

	if (!fdt_getprop(fdt, node, "status", NULL))
		return true;
	status = fdt_read_string(fdt, node, "status");
	return status && (!strcmp(status, "okay") || !strcmp(status, "ok"));
}
