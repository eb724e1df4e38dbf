#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""
terminal.py BIN - the shell BIN/sh at a pseudo terminal: line editing, history, job control.

Types keys and waits for what must appear. Fails with the screen's text at the first thing that
does not come within the time limit.
"""
import os
import pty
import re
import select
import sys
import time

LIMIT = 10.0


class Shell:
    def __init__(self, bin_dir):
        self.text = ""
        self.count = 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(PS1="% ", PATH=bin_dir + ":" + os.environ["PATH"], TERM="vt100")
            os.execv(bin_dir + "/sh", ["sh"])

    def read(self, timeout):
        ready, _, _ = select.select([self.fd], [], [], timeout)
        if not ready:
            return False
        try:
            data = os.read(self.fd, 4096)
        except OSError:
            return False
        self.text += data.decode(errors="replace")
        return bool(data)

    def expect(self, pattern):
        """Waits for a regular expression after what was matched before."""
        self.count += 1
        end = time.time() + LIMIT
        while True:
            match = re.search(pattern, self.text)
            if match:
                self.text = self.text[match.end():]
                return match
            if time.time() > end or not self.read(0.2) and time.time() > end:
                print("expected %r, got: %r" % (pattern, self.text))
                sys.exit(1)

    def prompt(self):
        self.expect("\r% \x1b\\[K\r\x1b\\[2C")

    def type(self, keys):
        os.write(self.fd, keys.encode())

    def run(self, line, pattern):
        """A whole line, its output, and the next prompt."""
        self.type(line + "\r")
        self.expect(pattern)
        self.prompt()


def main():
    sh = Shell(sys.argv[1])
    up, left, home, end, ctrl_c, ctrl_d, ctrl_z = (
        "\x1b[A", "\x1b[D", "\x1b[H", "\x1b[F", "\x03", "\x04", "\x1a")
    sh.prompt()
    # Editing and history.
    sh.run("echo hello", "\r\nhello\r\n")
    sh.run("echo acd" + left + left + "b", "\r\nabcd\r\n")
    sh.run("cho end" + home + "e" + end + "!", "\r\nend!\r\n")
    sh.run("xyz\x15echo killed", "\r\nkilled\r\n")
    sh.run("echo one two" + "\x17" + "three", "\r\none three\r\n")
    sh.run("echo ab" + "\x7f" + "c", "\r\nac\r\n")
    sh.run(up, "\r\nac\r\n")
    sh.run(up + up + "x", "\r\none threex\r\n")
    sh.run("echo /etc/passw\t", "/etc/passwd *\r\n")
    sh.type("echo 'first\r")
    sh.expect("\r> ")
    sh.run("second'", "\r\nfirst\r\nsecond\r\n")
    sh.type("dropped" + ctrl_c)
    sh.prompt()
    # ^C: a program, a builtin loop, a loop of programs, a substitution.
    sh.type("sleep 60\r")
    time.sleep(0.3)
    sh.type(ctrl_c)
    sh.prompt()
    sh.run("echo $?", "\r\n130\r\n")
    for loop in ("while :; do :; done", "while :; do sleep 0.05; done", "echo $(sleep 60)",
                 "read x", "sleep 60 | cat", "wait_for() { sleep 60; }; wait_for"):
        sh.type(loop + "\r")
        time.sleep(0.3)
        sh.type(ctrl_c)
        sh.prompt()
    # Stop, list, continue in the background, kill, foreground.
    sh.type("sleep 60\r")
    time.sleep(0.3)
    sh.type(ctrl_z)
    sh.expect(r"\[1\]\+ Stopped +sleep 60")
    sh.prompt()
    sh.run("jobs", r"\[1\]\+ Stopped +sleep 60")
    sh.run("bg", r"\[1\] sleep 60 &")
    sh.run("jobs", r"\[1\]\+ Running +sleep 60")
    sh.type("fg\r")
    time.sleep(0.3)
    sh.type(ctrl_c)
    sh.prompt()
    sh.run("sleep 61 | cat &", r"\[1\] \d+")
    sh.run("kill %1; wait; echo killed", "killed\r\n")
    sh.run("sleep 0.1 &", r"\[1\] \d+")
    time.sleep(0.4)
    sh.type("\r")
    sh.expect(r"\[1\]\+ Done +sleep 0.1")
    sh.prompt()
    # A background job may not read the terminal: it stops.
    sh.run("cat &", r"\[1\] \d+")
    time.sleep(0.3)
    sh.run("jobs", r"\[1\]\+ Stopped +cat")
    sh.run("kill -9 %1; wait; echo gone", "gone\r\n")
    # A program reads the terminal in canonical mode.
    sh.type("cat\r")
    time.sleep(0.3)
    sh.type("typed\r")
    sh.expect("typed\r\ntyped\r\n")
    sh.type(ctrl_d)
    sh.prompt()
    # Errors come back to the prompt, with all state undone.
    sh.run("f() { local x=in; echo ${unset_one?bad}; }; x=out; f", "unset_one: bad")
    sh.run("echo $x", "\r\nout\r\n")
    sh.run("{ echo ${unset_one?bad}; } >/dev/null", "unset_one: bad")
    sh.run("echo visible", "\r\nvisible\r\n")
    sh.run(")", "unexpected")
    sh.run("sh -c 'kill -KILL $$'", "Killed")
    sh.run("history", "echo hello\r\n")
    sh.type("top\r")
    sh.expect("PID")
    sh.type("q")
    sh.prompt()
    sh.type("exit 3\r")
    _, status = os.waitpid(sh.pid, 0)
    if os.waitstatus_to_exitcode(status) != 3:
        print("exit status %d" % status)
        sys.exit(1)
    print("%d things came as expected" % sh.count)


main()
