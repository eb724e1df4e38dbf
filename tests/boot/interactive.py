# SPDX-License-Identifier: GPL-2.0-only
"""interactive.py - the cases that type: linux-lite's own shell at its prompt, on a pseudo-terminal.

Output is told from the echo of what was typed by quotes: `echo A''B` echoes as typed and prints AB.
"""
import re

from cases import SHELLS, case
from machine import Failure, LeftOut

# The line editor draws the prompt, clears the rest of the line and puts the cursor behind the prompt;
# with something typed there is text before the clearing, so this matches an empty prompt only.
PROMPT = r"[#$] \x1b\[K\r\x1b\[\d+C"
ASH = r"[#$] (\x1b\[6n)?$"       # busybox asks the terminal where the cursor is
INTERRUPT, SUSPEND, END_OF_FILE, ERASE = "\x03", "\x1a", "\x04", "\x7f"


class Session:
    """A boot to the prompt, and lines typed there."""

    def __init__(self, config, name, append="quiet", initrd=None, prompt=PROMPT, **more):
        self.child = config.machine(name, initrd or config.initramfs, append, **more).talk(30)
        self.prompt = prompt
        self.expect(prompt)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.close(force=True)
        if self.child.logfile_read:
            self.child.logfile_read.close()

    def expect(self, pattern, timeout=-1):
        import pexpect      # pylint: disable=import-outside-toplevel
        try:
            self.child.expect(pattern, timeout=timeout)
        except (pexpect.TIMEOUT, pexpect.EOF) as what:
            raise Failure(f"{type(what).__name__} waiting for {pattern!r}; last seen:\n"
                          f"{self.seen()[-1500:]}") from None
        return self.child.match

    def seen(self):
        """What came since the last match, without the empty lines that two terminals in a row make."""
        return re.sub(r"[\r\n]+", "\n", self.child.before if isinstance(self.child.before, str) else "")

    def type(self, text):
        self.child.send(text)

    def line(self, text, *patterns, timeout=-1):
        """Type a line; its output must show the patterns in order, then comes the prompt."""
        self.type(text + "\r")
        for pattern in patterns:
            self.expect(pattern, timeout)
        self.expect(self.prompt, timeout)


@case("shell: a prompt, commands, poweroff", lite_only=True)
def commands(config, name):
    with Session(config, name) as s:
        s.line("echo A''B", "AB")
        s.line("ls /", "bin", "proc")
        s.line("echo one two three | wc -w", r"\b3\b")
        s.line("cat /proc/meminfo | grep MemTotal", r"MemTotal: +\d+ kB")
        s.line("false; echo stat''us $?", r"status 1")
        s.line("x=5; echo $x$x > /tmp/f; cat /tmp/f", r"\b55\b")
        s.line("nosuchcommand", r"not found")
        s.line("for i in a b c; do echo -n $i-; done; echo", "a-b-c-")
        s.line("ps", r"init|ll")
        s.line("free", r"Mem:")
        s.type("poweroff\r")
        s.expect("Power down|power off|reboot: ")
        import pexpect      # pylint: disable=import-outside-toplevel
        s.child.expect(pexpect.EOF, timeout=20)
        s.child.close()
        if s.child.exitstatus != 0:
            raise Failure(f"QEMU ended with {s.child.exitstatus} after poweroff")


@case("shell: ^C, ^Z, fg, bg, &, kill", lite_only=True)
def job_control(config, name):
    with Session(config, name, harts=2) as s:
        s.type("sleep 1000\r")
        s.expect("sleep 1000")
        s.type(INTERRUPT)
        s.expect(PROMPT)
        s.line("echo stat''us $?", "status 130")
        s.type("cat\r")
        s.expect("cat")
        s.type(SUSPEND)
        s.expect("Stopped")
        s.expect(PROMPT)
        s.line("jobs", "Stopped.*cat")
        s.type("fg\r")
        s.expect("cat")
        s.type("hello, cat\r")
        s.expect("hello, cat.*hello, cat")      # the terminal's echo, then cat's own
        s.type(END_OF_FILE)
        s.expect(PROMPT)
        s.line("sleep 1000 & echo start''ed", "started")
        s.line("jobs", "Running.*sleep")
        s.line("kill %1; wait; echo gone''now", "gonenow", timeout=15)
        s.line("sleep 1 & wait; echo wait''ed", "waited", timeout=15)
        s.type("yes\r")                          # output in full flow is stopped, too
        s.expect(r"y\s+y\s+y")
        s.type(INTERRUPT)
        s.expect(PROMPT)
        s.line("echo still''here", "stillhere")


@case("Debian's shells: ^C, ^Z, fg", lite_only=True)
def debian_job_control(config, name):
    """debian-root's own /init, and each shell in its turn: the terminal's signals reach the right group."""
    if config.busybox:
        raise LeftOut("--busybox gives no other shells")
    with Session(config, name, initrd=config.archive(name, config.debian()), prompt=ASH, harts=2) as s:
        for number, (_, shell) in enumerate(SHELLS[:-1]):   # the last, klibc's, is built without job control
            s.type(f"{shell} -i\r")
            s.expect("[#$%] ")
            s.type(f"unset PROMPT_COMMAND RPS1; PS1='ready{number}''> '\r")
            s.prompt = rf"ready{number}> "
            s.expect(s.prompt)
            s.type("sleep 1000\r")
            s.expect("sleep 1000")
            s.type(INTERRUPT)
            s.expect(s.prompt)
            s.line("echo stat''us $?", "status 130")
            s.type("cat\r")
            s.expect("cat")
            s.type(SUSPEND)
            s.expect("(?i)stopped|suspended")
            s.expect(s.prompt)
            s.type("fg\r")
            s.expect("cat")
            s.type("hello, cat\r")
            s.expect(r"hello, cat\s+hello, cat")
            s.type(END_OF_FILE)
            s.expect(s.prompt)
            s.prompt = ASH
            s.line("exit")


@case("shell: a killed program, a pipeline's SIGPIPE, the line editor", lite_only=True)
def editing(config, name):
    with Session(config, name) as s:
        s.line("sh -c 'kill -SEGV $$'; echo stat''us $?", r"status 139")
        s.line("yes | head -n 2; echo stat''us $?", r"status 0")
        s.line("echo wrongX" + ERASE + "-ri''ght", "wrong-right")
        s.type("garbage garbage\x15echo kill''ed\r")        # ^U takes the line away
        s.expect("killed")
        s.expect(PROMPT)
        s.line("cat /dev/null; echo em''pty", "empty")
        s.type("\x1b[A\r")                                  # arrow up: the last line again
        s.expect("empty")
        s.expect(PROMPT)


@case("shell: an oops kills the process, not the machine", lite_only=True)
def oops(config, name):
    with Session(config, name) as s:
        s.type("ls /proc/crashtest\r")
        if "No such file" in s.expect("No such file|/proc/crashtest[^']*" + PROMPT).group(0):
            raise LeftOut("this kernel was built without CONFIG_CRASHTEST")
        s.type("sh -c 'echo null-deref >/proc/crashtest'; echo stat''us $?\r")
        s.expect("Unable to handle kernel NULL pointer dereference")
        s.expect(r"status 1\d\d")
        s.expect(PROMPT)
        s.line("echo still''here", "stillhere")


@case("shell: it comes back after exit", lite_only=True)
def respawn(config, name):
    with Session(config, name) as s:
        s.line("cd /tmp; echo $PW''D", "/tmp")
        s.line("exit")
        s.line("echo a''gain in $PWD", r"again in /")
