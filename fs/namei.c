// SPDX-License-Identifier: GPL-2.0-only
/*
 * namei.c - walking a path, component by component.
 *
 *	"/usr//bin/../lib/x"      at: dentry of what has been walked so far
 *	      ^name               name: what is left
 *
 *	step on a name:  hash table --> child --> what is mounted on it --> symlink?
 *	  ".."           d_parent; at a mount's root, the mountpoint's parent
 *	  symlink        its text takes the place of its name: name = text + rest
 *
 * The walk holds dcache_lock from one end to the other, so what it passes needs
 * no reference: a dentry in the tree stays while the lock is held. Three things
 * need the lock to be let go: a directory that makes its entries up (procfs), the
 * buffer for a symlink's text, and the end. Before each, the walk takes a
 * reference on the place it stands at (w->pin), which keeps it and all its
 * parents.
 *
 * I1  between walk_begin() and walk_end() dcache_lock is held, except inside
 *     walk_unlock() .. walk_lock()
 * I2  w->at is in the tree, or pinned, or held by the caller (the start), or an
 *     ancestor of such a one
 *
 * Small cousin of Linux's fs/namei.c.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/namei.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <asm/uaccess.h>

struct walk {
	struct dentry *at;		/* see I2 */
	const char *name;		/* the rest of the path */
	struct dentry *pin;		/* our one reference, or NULL */
	char *text;			/* buffer after a symlink, or NULL */
	struct last_name *last;		/* wanted, filled in; NULL: walk to the end */
	unsigned int flags;		/* LOOKUP_* */
	unsigned int links;		/* followed so far */
};

static struct kmem_cache *names_cache;

/* Boot: the cache of path buffers. */
void namei_init(void)
{
	names_cache = kmem_cache_create("names_cache", PATH_MAX, 0, SLAB_PANIC, NULL);
}

/**
 * getname - fetch a path from user memory
 * @name: user's
 * @flags: LOOKUP_EMPTY: "" is fine
 *
 * Context: may sleep.
 * Return: PATH_MAX bytes for putname(); ERR_PTR(-EFAULT, -ENAMETOOLONG, -ENOENT, -ENOMEM).
 */
char *getname(const char __user *name, unsigned int flags)
{
	char *buf = kmem_cache_alloc(names_cache, GFP_KERNEL);
	long len, err;

	if (!buf)
		return ERR_PTR(-ENOMEM);
	len = strncpy_from_user(buf, name, PATH_MAX);
	if (len < 0)
		err = len;
	else if (len == PATH_MAX)
		err = -ENAMETOOLONG;
	else if (len == 0 && !(flags & LOOKUP_EMPTY))
		err = -ENOENT;
	else
		return buf;
	kmem_cache_free(names_cache, buf);
	return ERR_PTR(err);
}

/** getname_kernel - getname() of a kernel string. Context: may sleep. */
char *getname_kernel(const char *name)
{
	char *buf;

	if (strlen(name) >= PATH_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	buf = kmem_cache_alloc(names_cache, GFP_KERNEL);
	if (!buf)
		return ERR_PTR(-ENOMEM);
	strscpy(buf, name, PATH_MAX);
	return buf;
}

/** putname - free what getname() gave. Context: any. */
void putname(char *name)
{
	kmem_cache_free(names_cache, name);
}

/* Let go of the lock, keeping @keep alive. */
static void walk_unlock(struct walk *w, struct dentry *keep)
{
	struct dentry *old = w->pin;

	w->pin = dget(keep);
	spin_unlock(&dcache_lock);
	dput(old);
}

static void walk_lock(struct walk *w)
{
	spin_lock(&dcache_lock);
}

static struct dentry *top_mount(struct dentry *dentry)
{
	while (dentry->d_mounted)
		dentry = dentry->d_mounted->s_root;
	return dentry;
}

static struct dentry *parent_of(struct dentry *dentry)
{
	if (dentry == current->fs->root)
		return dentry;
	while (dentry->d_parent == dentry) {
		struct super_block *sb = dentry->d_inode->i_sb;

		if (!sb->s_mountpoint)
			return dentry;
		dentry = sb->s_mountpoint;
		if (dentry == current->fs->root)
			return dentry;
	}
	return top_mount(dentry->d_parent);
}

/* The child from a directory that makes up its entries. */
static struct dentry *lookup_slow(struct walk *w, const char *name, unsigned int len)
{
	struct dentry *dir = w->at, *child;

	if (!dir->d_inode->i_op->lookup)
		return ERR_PTR(-ENOENT);
	walk_unlock(w, dir);
	child = dir->d_inode->i_op->lookup(dir, name, len);
	if (!IS_ERR(child)) {
		dput(w->pin);		/* not the last: the child has one on its parent */
		w->pin = child;
	}
	walk_lock(w);
	return child;
}

/*
 * The text of a symlink and the rest of the path, in a new buffer. @link stays
 * alive through the caller's reference.
 */
static char *link_text(struct dentry *link, const char *rest)
{
	struct inode *inode = link->d_inode;
	char *buf = kmem_cache_alloc(names_cache, GFP_KERNEL);
	int len;

	if (!buf)
		return ERR_PTR(-ENOMEM);
	if (inode->i_op->readlink) {
		len = inode->i_op->readlink(inode, buf, PATH_MAX);
	} else {
		len = strscpy(buf, inode->i_link, PATH_MAX);
	}
	if (len >= 0 && strscpy(buf + len, rest, PATH_MAX - len) < 0)
		len = -ENAMETOOLONG;
	if (len == 0)
		len = -ENOENT;
	if (len > 0)
		return buf;
	kmem_cache_free(names_cache, buf);
	return ERR_PTR(len);
}

/* w->at is the directory that @link is in, w->name the rest behind it. */
static int follow_link(struct walk *w, struct dentry *link)
{
	struct inode *inode = link->d_inode;
	struct dentry *target;
	char *text;

	if (++w->links > MAXSYMLINKS)
		return -ELOOP;
	dget(link);
	walk_unlock(w, w->at);
	if (inode->i_op->follow) {
		target = inode->i_op->follow(inode);
		dput(link);
		if (!IS_ERR(target)) {
			dput(w->pin);
			w->pin = w->at = target;
		}
		walk_lock(w);
		return IS_ERR(target) ? PTR_ERR(target) : 0;
	}
	text = link_text(link, w->name);
	dput(link);
	if (!IS_ERR(text)) {
		if (w->text)
			kmem_cache_free(names_cache, w->text);
		w->text = text;
		w->name = text;
	}
	walk_lock(w);
	if (IS_ERR(text))
		return PTR_ERR(text);
	if (*text == '/')
		w->at = current->fs->root;
	return 0;
}

static bool is_dot_name(const char *name, unsigned int len)
{
	return name[0] == '.' && (len == 1 || (len == 2 && name[1] == '.'));
}

/* One component, the last or not. 0 or -errno. */
static int walk_component(struct walk *w, const char *name, unsigned int len, bool last)
{
	struct dentry *child;

	if (is_dot_name(name, len)) {
		if (len == 2)
			w->at = parent_of(w->at);
		return 0;
	}
	child = __d_lookup(w->at, name, len, d_name_hash(w->at, name, len));
	if (!child) {
		child = lookup_slow(w, name, len);
		if (IS_ERR(child))
			return PTR_ERR(child);
	}
	child = top_mount(child);
	if (S_ISLNK(child->d_inode->i_mode) &&
	    (!last || w->flags & LOOKUP_FOLLOW || *w->name == '/'))
		return follow_link(w, child);
	w->at = child;
	return 0;
}

static void keep_last(struct walk *w, const char *name, unsigned int len)
{
	struct last_name *last = w->last;

	last->len = len;
	last->is_dot = !len || is_dot_name(name, len);
	last->slash = name[len] == '/';
	memmove(last->name, name, len);
	last->name[len] = '\0';
}

/* Walk all of w->name. */
static int walk_path(struct walk *w)
{
	bool must_be_dir = w->flags & LOOKUP_DIRECTORY;
	const char *name, *end;
	int err;

	for (;;) {
		while (*w->name == '/')
			w->name++;
		name = w->name;
		if (!*name)
			break;
		err = -ENOTDIR;
		if (!S_ISDIR(w->at->d_inode->i_mode))
			return err;
		err = inode_permission(w->at->d_inode, MAY_EXEC);
		if (err)
			return err;
		for (end = name; *end && *end != '/'; end++)
			;
		if (end - name > NAME_MAX)
			return -ENAMETOOLONG;
		w->name = end;
		while (*end == '/')
			end++;
		if (!*end && w->last) {
			keep_last(w, name, w->name - name);
			return 0;
		}
		if (!*end && *w->name == '/')
			must_be_dir = true;
		err = walk_component(w, name, w->name - name, !*end);
		if (err)
			return err;
	}
	if (w->last)
		keep_last(w, "", 0);
	return must_be_dir && !S_ISDIR(w->at->d_inode->i_mode) ? -ENOTDIR : 0;
}

/* Walk from @start (NULL: current's place), and return a referenced dentry or an error. */
static struct dentry *do_walk(struct walk *w, struct dentry *start)
{
	struct dentry *result;
	int err;

	spin_lock(&dcache_lock);
	if (*w->name == '/')
		w->at = current->fs->root;
	else
		w->at = start ? start : current->fs->pwd;
	err = walk_path(w);
	result = err ? ERR_PTR(err) : dget(w->at);
	spin_unlock(&dcache_lock);
	dput(w->pin);
	if (w->text)
		kmem_cache_free(names_cache, w->text);
	return result;
}

/* The same with a relative path starting at descriptor @dfd. */
static struct dentry *walk_at(struct walk *w, int dfd)
{
	struct dentry *result = ERR_PTR(-EBADF);
	struct fd f;

	if (dfd == AT_FDCWD || *w->name == '/')
		return do_walk(w, NULL);
	f = fdget_raw(dfd);
	if (!f.file)
		return result;
	if (f.file->f_dentry && (!*w->name || S_ISDIR(f.file->f_inode->i_mode)))
		result = do_walk(w, f.file->f_dentry);
	else
		result = ERR_PTR(-ENOTDIR);
	fdput(f);
	return result;
}

/**
 * lookup_at - walk a path
 * @dfd: where a relative one begins: a descriptor, or AT_FDCWD
 * @name: in kernel memory
 * @flags: LOOKUP_*
 *
 * Context: may sleep.
 * Return: a reference to what it leads to; ERR_PTR(-ENOENT, -ENOTDIR, -EACCES, -ELOOP,
 * -ENAMETOOLONG, -EBADF, -ENOMEM).
 */
struct dentry *lookup_at(int dfd, const char *name, unsigned int flags)
{
	struct walk w = { .name = name, .flags = flags };

	if (!*name && !(flags & LOOKUP_EMPTY))
		return ERR_PTR(-ENOENT);
	return walk_at(&w, dfd);
}

/** kern_path - lookup_at() from current's directory. Context: may sleep. */
struct dentry *kern_path(const char *name, unsigned int flags)
{
	return lookup_at(AT_FDCWD, name, flags);
}

/** user_path_at - lookup_at() of a path in user memory; also as getname. Context: may sleep. */
struct dentry *user_path_at(int dfd, const char __user *name, unsigned int flags)
{
	char *path = getname(name, flags);
	struct dentry *dentry;

	if (IS_ERR(path))
		return ERR_PTR(PTR_ERR(path));
	dentry = lookup_at(dfd, path, flags);
	putname(path);
	return dentry;
}

/**
 * lookup_parent - walk to the directory that a path's last component is in
 * @dfd: where a relative one begins
 * @path: PATH_MAX bytes; overwritten by the last component
 * @last: filled in; its name is in @path
 *
 * Context: may sleep.
 * Return: the directory, referenced; ERR_PTR as lookup_at.
 */
struct dentry *lookup_parent(int dfd, char *path, struct last_name *last)
{
	struct walk w = { .name = path, .last = last };

	last->name = path;
	return walk_at(&w, dfd);
}

/** lookup_parent_from - lookup_parent() from a directory the caller holds. Context: may sleep. */
struct dentry *lookup_parent_from(struct dentry *start, char *path, struct last_name *last)
{
	struct walk w = { .name = path, .last = last };

	last->name = path;
	return do_walk(&w, start);
}

/** user_parent - lookup_parent() of a path in user memory; also as getname. Context: may sleep. */
struct dentry *user_parent(int dfd, const char __user *name, struct last_name *last)
{
	char *path = getname(name, 0);
	struct dentry *dir;

	if (IS_ERR(path))
		return ERR_PTR(PTR_ERR(path));
	dir = lookup_parent(dfd, path, last);
	if (IS_ERR(dir))
		putname(path);
	return dir;
}

/** put_parent - let go of what user_parent() gave. Context: may sleep. */
void put_parent(struct dentry *dir, struct last_name *last)
{
	dput(dir);
	putname(last->name);
}

/**
 * lookup_one - one component, no walk
 * @dir: referenced
 * @name: @len bytes
 * @len: 1..NAME_MAX
 *
 * Context: may sleep.
 * Return: a reference; ERR_PTR(-ENOENT), or what the file system says.
 */
struct dentry *lookup_one(struct dentry *dir, const char *name, unsigned int len)
{
	struct dentry *child = d_lookup(dir, name, len);

	if (child)
		return child;
	if (!dir->d_inode->i_op->lookup)
		return ERR_PTR(-ENOENT);
	return dir->d_inode->i_op->lookup(dir, name, len);
}

/**
 * follow_mounts - what covers a directory
 * @dentry: the reference is taken over
 *
 * Context: may sleep.
 * Return: the topmost root mounted there, or @dentry itself, referenced.
 */
struct dentry *follow_mounts(struct dentry *dentry)
{
	struct dentry *top;

	if (!d_mountpoint(dentry))
		return dentry;
	spin_lock(&dcache_lock);
	top = dget(top_mount(dentry));
	spin_unlock(&dcache_lock);
	dput(dentry);
	return top;
}
