# SPDX-License-Identifier: GPL-2.0-only
"""machine.py - QEMU's riscv64 virt machine, run to its end or to a word, and what goes into it.

    Machine(kernel, initrd, ...).run(timeout)     -> Outcome(log, status, seconds)
    Machine(...).talk()                           -> a pexpect child, for typing at it

Three ends of a run are told apart: QEMU ended by itself (status 0: powered off, or with -no-reboot a
reboot; 1: powered off as failed), the log held the words we waited for (status None), or time was up
(Failure with the log's tail: a hang is never a stuck test run).
"""
import functools
import os
import re
import select
import subprocess
import time

QEMU = os.environ.get("QEMU") or "qemu-system-riscv64"
SLOW = float(os.environ.get("SLOW") or 1)       # all time limits are multiplied by it
TAIL_LINES = 25

# OpenSBI (1.6, Debian 13) shares the console and does not end this line when a program runs an sret:
# what the program says next would stand behind it.
FIRMWARE = re.compile(r"system_opcode_insn: Invalid opcode for CSR read/write instruction\n?")


class Failure(Exception):
    """A case went wrong; the text says how."""


class LeftOut(Exception):
    """A case can't be run here; the text says why."""


class Outcome:
    """How a boot ended."""

    def __init__(self, log, status, seconds):
        self.log = FIRMWARE.sub("", log)
        self.status = status        # QEMU's exit status; None: we stopped it
        self.seconds = seconds

    def tail(self):
        return "\n".join(self.log.splitlines()[-TAIL_LINES:])

    def must_have(self, pattern):
        """Return the match of a pattern that the log must have."""
        match = re.search(pattern, self.log, re.M)
        if not match:
            raise Failure(f"not seen: {pattern}\n{self.tail()}")
        return match

    def must_not_have(self, pattern):
        match = re.search(pattern, self.log, re.M)
        if match:
            line = self.log.count("\n", 0, match.start())
            lines = self.log.splitlines()[max(0, line - 2):line + TAIL_LINES]
            raise Failure(f"seen: {match.group(0)}\n" + "\n".join(lines))

    def must_end_with(self, status):
        if self.status != status:
            raise Failure(f"QEMU ended with {self.status}, not {status}\n{self.tail()}")


class Machine:
    """A command line for QEMU."""

    def __init__(self, kernel, initrd=None, append="", memory="256M", harts=1, cpu=None, log=None, options=()):
        self.log_path = log
        self.command = [QEMU, "-machine", "virt", "-nographic", "-m", memory, "-smp", str(harts),
                        "-kernel", kernel, "-append", append, *options]
        if initrd:
            self.command += ["-initrd", initrd]
        if cpu:
            self.command += ["-cpu", cpu]

    def run(self, timeout, until=None, reboot=False):
        """Run until QEMU ends, or the log matches the pattern @until; @reboot lets it start again."""
        start = time.monotonic()
        command = self.command + ([] if reboot else ["-no-reboot"])
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT) as process:
            log, ended = self._read(process, start + timeout * SLOW, until)
            if ended != "eof":
                process.kill()
            status = process.wait()
        outcome = Outcome(log, status if ended == "eof" else None, time.monotonic() - start)
        if self.log_path:
            with open(self.log_path, "w", encoding="utf-8") as file:
                file.write(" ".join(command) + "\n\n" + log)
        if ended == "late":
            raise Failure(f"no end after {timeout * SLOW:.0f} s; the log's last lines:\n{outcome.tail()}")
        return outcome

    @staticmethod
    def _read(process, deadline, until):
        """Collect the output. Return (log, 'eof' | 'until' | 'late')."""
        data = b""
        pattern = re.compile(until.encode(), re.M) if until else None
        while True:
            left = deadline - time.monotonic()
            ready = left > 0 and select.select([process.stdout], [], [], left)[0]
            chunk = os.read(process.stdout.fileno(), 65536) if ready else b""
            data += chunk
            if not ready:
                end = "late"
            elif not chunk:
                end = "eof"
            elif pattern and pattern.search(data.replace(b"\r", b"")):
                end = "until"
            else:
                continue
            return data.decode("utf-8", "replace").replace("\r", ""), end

    def talk(self, timeout):
        """Start QEMU on a pseudo-terminal. Return a pexpect child."""
        try:
            import pexpect      # pylint: disable=import-outside-toplevel
        except ImportError:
            raise LeftOut("python3-pexpect is not installed") from None
        child = pexpect.spawn(self.command[0], self.command[1:] + ["-no-reboot"], timeout=timeout * SLOW,
                              encoding="utf-8", codec_errors="replace", dimensions=(24, 80))
        child.delaybeforesend = 0.1
        if self.log_path:
            child.logfile_read = open(self.log_path, "w", encoding="utf-8")
        return child


@functools.lru_cache
def cpu_has(option):
    """Does QEMU's rv64 processor know this option? (sv57= and its like came with QEMU 8.)"""
    text = subprocess.run([QEMU, "-machine", "virt", "-device", "rv64-riscv-cpu,help"], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout.decode()
    return f" {option}=" in text


def cpio(files):
    """Pack {path: (mode, bytes)} as a cpio archive, format newc."""
    out = bytearray()
    for inode, (path, (mode, data)) in enumerate({**files, "TRAILER!!!": (0, b"")}.items(), 1):
        name = path.lstrip("/").encode() + b"\0"
        fields = [inode, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), 0]
        out += b"070701" + b"".join(b"%08x" % field for field in fields) + name
        out += b"\0" * (-len(out) % 4) + data
        out += b"\0" * (-len(out) % 4)
    return bytes(out)


def cpio_files(data):
    """Unpack a newc archive. Return {path: (mode, bytes)}."""
    files, at = {}, 0
    while data[at:at + 6] == b"070701":
        field = [int(data[at + 6 + 8 * i:at + 14 + 8 * i], 16) for i in range(13)]
        name = data[at + 110:at + 110 + field[11] - 1].decode()
        start = (at + 110 + field[11] + 3) & ~3
        if name == "TRAILER!!!":
            break
        files[name.removeprefix("./")] = (field[1], data[start:start + field[6]])
        at = (start + field[6] + 3) & ~3
    return files


def tree(folder):
    """Read a folder as {path: (mode, bytes)}: files, folders, symbolic links."""
    files = {}
    for where, folders, names in os.walk(folder):
        for name in sorted(folders + names):
            path = os.path.join(where, name)
            inside = os.path.relpath(path, folder)
            mode = os.lstat(path).st_mode
            if os.path.islink(path):
                files[inside] = (mode, os.readlink(path).encode())
            elif os.path.isdir(path):
                files[inside] = (mode, b"")
            elif os.path.isfile(path):
                with open(path, "rb") as file:
                    files[inside] = (mode, file.read())
    return files


def check_tap(outcome):
    """Every program in the log ended well, with its plan kept. Return (programs, claims)."""
    problems, claims, programs, program = [], 0, 0, None
    seen = planned = 0
    after_failure = False
    for line in outcome.log.splitlines():
        if match := re.match(r"# run (\S+)", line):
            program, seen, planned = match.group(1), 0, -1
        elif re.match(r"ok \d+ ", line):
            seen += 1
            after_failure = False
        elif match := re.match(r"not ok \d+ - (.*)", line):
            seen += 1
            problems.append(f"{program}: {match.group(1)}")
            after_failure = True
        elif match := re.match(r"1\.\.(\d+)", line):
            planned = int(match.group(1))
        elif match := re.match(r"# end (\S+) (.*) \d+ ms", line):
            programs += 1
            claims += seen
            if match.group(2) != "exit=0":
                problems.append(f"{program}: ended with {match.group(2)}")
            elif planned != seen:
                problems.append(f"{program}: {seen} claims, {planned} planned")
            program, after_failure = None, False
        elif after_failure and line.startswith("# "):
            problems.append("    " + line[2:])
    if program:
        problems.append(f"{program}: did not end")
    if not re.search(r"^# programs: \d+ failed: \d+", outcome.log, re.M):
        problems.append("the runner did not come to its end\n" + outcome.tail())
    elif not programs:
        problems.append("no program ran")
    if problems:
        raise Failure("\n".join(problems[:60]))
    return programs, claims
