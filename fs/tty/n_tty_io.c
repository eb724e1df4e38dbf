// SPDX-License-Identifier: GPL-2.0-only
/*
 * n_tty_io.c - the line discipline towards its users: read(2) and write(2).
 *
 * A canonical read gives one line at most. A raw read obeys MIN and TIME:
 *
 *	MIN   TIME   the read returns
 *	> 0   0      when MIN bytes (or as many as fit) are there
 *	> 0   > 0    the same, or TIME tenths of a second after the last byte
 *	0     > 0    with what is there after the first byte, or after TIME
 *	0     0      at once, with what is there
 *
 * Bytes go through a small buffer on the stack: the input is under a spinlock
 * that the interrupt takes, and user memory cannot be touched under it.
 */
#include <linux-lite/console.h>
#include <linux-lite/sched.h>
#include <linux-lite/time.h>
#include <linux-lite/tty.h>
#include <linux-lite/uio.h>

#define CHUNK	128u

/** n_tty_input_available - would a read return something? Context: any. */
bool n_tty_input_available(struct tty_struct *tty)
{
	return READ_ONCE(tty->canon_head) != READ_ONCE(tty->tail);
}

/* Bytes that a raw reader could have. */
static unsigned int raw_available(struct tty_struct *tty)
{
	return READ_ONCE(tty->head) - READ_ONCE(tty->tail);
}

/* Take up to @n bytes of the present line (or of raw input) off. *@eol: the line is finished. */
static unsigned int take_input(struct tty_struct *tty, char *buf, unsigned int n, bool *eol)
{
	unsigned int got = 0;

	spin_lock_irq(&tty->lock);
	while (got < n && tty->tail != tty->canon_head && !*eol) {
		unsigned char c = read_at(tty, tty->tail);
		bool end = ends_line(tty, tty->tail);

		tty->tail++;
		if (!(end && c == 0))		/* ^D */
			buf[got++] = c;
		*eol = end;
	}
	/* A ^D right behind a full buffer belongs to the line that it ended. */
	if (got == n && !*eol && tty->tail != tty->canon_head &&
	    read_at(tty, tty->tail) == 0 && ends_line(tty, tty->tail)) {
		tty->tail++;
		*eol = true;
	}
	spin_unlock_irq(&tty->lock);
	return got;
}

/* Copy what is there, at most one line. Bytes, or -EFAULT. */
static ssize_t copy_input(struct tty_struct *tty, struct iov_iter *to, bool canon)
{
	char buf[CHUNK];
	ssize_t done = 0;
	bool eol = false;

	while (iov_iter_count(to) && !(canon && eol)) {
		unsigned int n = min_t(size_t, CHUNK, iov_iter_count(to));

		eol = false;
		n = take_input(tty, buf, n, &eol);
		if (n && copy_to_iter(buf, n, to) < n)
			return done ? done : -EFAULT;
		done += n;
		if (!n)
			break;
	}
	return done;
}

/* Wait until a raw read may return. 0 or -errno; -ETIMEDOUT is not an error. */
static int wait_raw(struct tty_struct *tty, size_t want, unsigned int min_bytes, unsigned int time)
{
	s64 tenths = (s64)time * (NSEC_PER_SEC / 10);
	unsigned int seen, need = min_t(size_t, max(min_bytes, 1u), want);
	int err;

	if (!min_bytes) {
		if (!time)
			return 0;
		return wait_event_interruptible_timeout_ns(tty->read_wait, raw_available(tty) > 0,
							   tenths);
	}
	while ((seen = raw_available(tty)) < need) {
		if (time && seen)
			err = wait_event_interruptible_timeout_ns(tty->read_wait,
					raw_available(tty) != seen, tenths);
		else
			err = wait_event_interruptible(tty->read_wait, raw_available(tty) != seen);
		if (err)
			return err;
	}
	return 0;
}

static int wait_input(struct tty_struct *tty, struct file *file, size_t want, bool canon)
{
	int err = tty_check_change(tty, SIGTTIN);

	if (err)
		return err;
	if (n_tty_input_available(tty) && (canon || !tty_cc(tty, VTIME)) &&
	    (canon || raw_available(tty) >= tty_cc(tty, VMIN)))
		return 0;
	if (file->f_flags & O_NONBLOCK)
		return n_tty_input_available(tty) || (!canon && !tty_cc(tty, VMIN)) ? 0 : -EAGAIN;
	if (canon)
		return wait_event_interruptible(tty->read_wait, n_tty_input_available(tty) ||
						!L_FLAG(tty, ICANON));
	err = wait_raw(tty, want, tty_cc(tty, VMIN), tty_cc(tty, VTIME));
	if (err == -ETIMEDOUT || (err && n_tty_input_available(tty)))
		err = 0;
	return err;
}

/**
 * n_tty_read - read(2) on the terminal
 * @file: of the terminal
 * @to: where to
 * @pos: has no meaning here
 *
 * Context: may sleep.
 * Return: bytes, 0 for ^D; -EAGAIN, -EFAULT, -EIO (in an orphaned background), -ERESTARTSYS.
 */
ssize_t n_tty_read(struct file *file, struct iov_iter *to, loff_t *pos)
{
	struct tty_struct *tty = file->private_data;
	ssize_t ret;
	bool canon;

	if (!iov_iter_count(to))
		return 0;
	ret = mutex_lock_interruptible(&tty->read_mutex);
	if (ret)
		return -ERESTARTSYS;
	for (;;) {
		canon = L_FLAG(tty, ICANON);
		ret = wait_input(tty, file, iov_iter_count(to), canon);
		if (ret || canon == !!L_FLAG(tty, ICANON))
			break;
	}
	if (!ret)
		ret = copy_input(tty, to, canon);
	mutex_unlock(&tty->read_mutex);
	return ret;
}

/*
 * Process @n bytes into @out, which has room for two for each. Bytes in @out; @end says for each
 * byte of @in where in @out what became of it ends.
 */
static unsigned int opost(struct tty_struct *tty, const char *in, unsigned int n, char *out,
			  unsigned int *end)
{
	unsigned int len = 0;

	spin_lock_irq(&tty->lock);
	for (unsigned int i = 0; i < n; i++) {
		len += opost_char(tty, in[i], out + len);
		end[i] = len;
	}
	spin_unlock_irq(&tty->lock);
	return len;
}

static bool may_put_out(struct tty_struct *tty)
{
	return !READ_ONCE(tty->stopped) && uart_write_room() > 0;
}

/* All of @out goes out, however long it takes. 0, or -errno; *put bytes of it are out. */
static int put_out(struct tty_struct *tty, const char *out, unsigned int len, unsigned int *put)
{
	int err;

	for (*put = 0;;) {
		if (!READ_ONCE(tty->stopped))
			*put += uart_write(out + *put, len - *put);
		if (*put == len)
			return 0;
		err = wait_event_interruptible(tty->write_wait, may_put_out(tty));
		if (err)
			return err;
	}
}

/**
 * n_tty_write - write(2) on the terminal
 * @file: of the terminal
 * @from: where from
 * @pos: has no meaning here
 *
 * Context: may sleep until all is in the line's ring.
 * Return: bytes; -EAGAIN, -EFAULT, -EIO, -ERESTARTSYS.
 */
ssize_t n_tty_write(struct file *file, struct iov_iter *from, loff_t *pos)
{
	struct tty_struct *tty = file->private_data;
	char in[CHUNK], out[2 * CHUNK];
	unsigned int end[CHUNK];
	ssize_t done = 0;
	int err = 0;

	if (L_FLAG(tty, TOSTOP)) {
		err = tty_check_change(tty, SIGTTOU);
		if (err)
			return err;
	}
	if (!mutex_trylock(&tty->write_mutex)) {
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (mutex_lock_interruptible(&tty->write_mutex))
			return -ERESTARTSYS;
	}
	while (iov_iter_count(from) && !err) {
		unsigned int n, len, put;

		if (file->f_flags & O_NONBLOCK && !may_put_out(tty)) {
			err = -EAGAIN;
			break;
		}
		n = copy_from_iter(in, CHUNK, from);
		if (!n) {
			err = -EFAULT;
			break;
		}
		len = opost(tty, in, n, out, end);
		err = put_out(tty, out, len, &put);
		/* A signal came: what is out must count, or the restarted call sends it twice. */
		for (unsigned int i = 0; i < n && end[i] <= put; i++)
			done++;
	}
	mutex_unlock(&tty->write_mutex);
	return done ? done : err;
}
