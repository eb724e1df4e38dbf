# SPDX-License-Identifier: GPL-2.0-only
"""cases.py - the boots of check-boot: what is started, and what must be seen.

A case is a function that takes the configuration and its own name; it returns a remark for the report,
raises Failure when something is wrong and LeftOut when it can't be run on this machine.
"""
import collections
import gzip
import os
import re
import shutil
import stat
import struct
import subprocess
import tempfile
import threading

from machine import Failure, LeftOut, Machine, check_tap, cpio, cpio_files, cpu_has, tree

HERE = os.path.dirname(os.path.abspath(__file__))
Case = collections.namedtuple("Case", "name function lite_only")
CASES = []

OWN_CASES = ["fork_many", "disk", "pageowner"]  # programs that take long, need a device or a boot parameter: each a case of its own
# Debian's releases whose packages will do, the first that the mirror has whole; and their shells.
SUITES = ("trixie", "sid")
SHELLS = (("bash-static", "/bin/bash-static"), ("dash", "/bin/dash"), ("mksh", "/bin/mksh-static"),
          ("zsh-static", "/bin/zsh-static"), ("klibc-utils", "/usr/lib/klibc/bin/sh"))
# What must never appear in the log of a boot that is meant to go well.
BAD = r"^.*(Kernel panic|BUG[: ]|WARNING:|Oops|Unable to handle|lockdep:).*$"


def case(name, *arguments, lite_only=False):
    """Register a case: @case(name) above f(config, name), or with arguments f(config, name, *arguments)."""
    def register(function):
        CASES.append(Case(name, lambda config, name: function(config, name, *arguments), lite_only))
        return function
    return register


class Config:
    """The files of this run, and the archives made from them."""

    def __init__(self, options):
        self.kernel, self.reference, self.busybox = options.kernel, options.reference, options.busybox
        self.initramfs = options.initramfs
        self.folder = os.path.join(os.path.dirname(os.path.abspath(options.tests)), "check-boot")
        os.makedirs(self.folder, exist_ok=True)
        with open(options.tests, "rb") as file:
            self.tests = cpio_files(file.read())
        self.lock = threading.Lock()
        self.debian_files = None

    def path(self, name, suffix):
        return os.path.join(self.folder, re.sub(r"[^A-Za-z0-9]+", "-", name) + suffix)

    def archive(self, name, files, pack=lambda data: data):
        """Write an initramfs of {path: (mode, bytes)}. Return its path."""
        path = self.path(name, ".cpio")
        with open(path, "wb") as file:
            file.write(pack(cpio(files)))
        return path

    def programs(self, *names):
        """The files of /tests: all, or the runner, the trigger and those named."""
        keep = {"tests/" + name for name in ("runner", "trigger") + names}
        return {path: entry for path, entry in self.tests.items()
                if not names or stat.S_ISDIR(entry[0]) or path in keep}

    def machine(self, name, initrd, append, **more):
        if self.reference:
            append = "console=ttyS0 loglevel=1 " + append
        return Machine(self.kernel, initrd, append, log=self.path(name, ".log"), **more)

    def debian(self):
        """The files of a folder with Debian's busybox and shells. Raise LeftOut when they can't be had."""
        with self.lock:
            if self.debian_files is None:
                self.debian_files = self.fetch_debian()
            if isinstance(self.debian_files, str):
                raise LeftOut("Debian's packages can't be had: " + self.debian_files)
            return dict(self.debian_files)

    def fetch_debian(self):
        """The files of SUITES' first suite that the mirror can give, or what debian-root said."""
        if self.busybox:
            with open(self.busybox, "rb") as file:
                return {"bin": (0o40755, b""), "bin/busybox": (0o100755, file.read())}
        script = os.path.join(HERE, "..", "..", "scripts", "debian-root")
        for suite in SUITES:
            with tempfile.TemporaryDirectory() as folder:
                done = subprocess.run([script, "--suite", suite, "--cache",
                                       os.path.join(self.folder, "debian-" + suite), folder, "busybox-static",
                                       *(package for package, _ in SHELLS)], check=False,
                                      stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                if done.returncode == 0:
                    return tree(folder)
            said = [line for line in done.stdout.decode("utf-8", "replace").splitlines()
                    if line.startswith("debian-root: ")] or ["debian-root said nothing"]
            if done.returncode != 5:        # not the mirror's fault: another suite has the same
                break
        return said[-1].rstrip(",")


# ---- the TAP programs ------------------------------------------------------------------------------

def run_programs(config, name, words, initrd_files, timeout, append="quiet", **more):
    """Boot into the runner. Return its outcome after every claim was looked at."""
    initrd = config.archive(name, initrd_files)
    machine = config.machine(name, initrd, append + " rdinit=/tests/runner -- " + words, **more)
    outcome = machine.run(timeout)
    programs, claims = check_tap(outcome)
    outcome.must_not_have(BAD)
    outcome.must_end_with(0)
    outcome.remark = f"{programs} programs, {claims} claims"
    return outcome


@case("programs on 4 harts", 4)
@case("programs on 1 hart", 1)
def all_programs(config, name, harts):
    words = "-t 90 " + " ".join("!" + program for program in OWN_CASES)
    return run_programs(config, name, words, config.programs(), 300, harts=harts,
                        memory="512M" if config.reference else "256M").remark


@case("programs on 4 harts, all caches watched (slab_debug=FZPU)", "quiet slab_debug=FZPU")
def watched_programs(config, name, append):
    """As above, with red zones, poison and tracking around each object: nobody is told on."""
    words = "-t 180 " + " ".join("!" + program for program in OWN_CASES)
    outcome = run_programs(config, name, words, config.programs(), 600, append=append, harts=4,
                           memory="512M" if config.reference else "256M")
    outcome.must_not_have(r"FIX \S+: ")
    return outcome.remark


@case("10,000 forks on 4 harts", 4)
@case("10,000 forks on 1 hart", 1)
def forks(config, name, harts):
    return run_programs(config, name, "-t 150", config.programs("fork_many"), 180, harts=harts).remark


@case("self test on 4 harts", 4, lite_only=True)
@case("self test on 1 hart", 1, lite_only=True)
def self_test(config, name, harts):
    """The models of tests/model inside the kernel: every result is there and is "ok"."""
    initrd = config.archive(name, config.programs("brk"))
    machine = config.machine(name, initrd, "selftest panic=off rdinit=/tests/trigger -- /dev/null x", harts=harts)
    outcome = machine.run(300)
    if not re.search("selftest: ", outcome.log):
        raise LeftOut("this kernel was built without CONFIG_SELFTEST")
    outcome.must_not_have(r"selftest: not ok.*")
    outcome.must_not_have(BAD)
    outcome.must_have(rf"selftest: selftest\.seed=\d+, {harts} harts")
    planned = int(outcome.must_have(r"selftest: 1\.\.(\d+)").group(1))
    seen = [int(number) for number in re.findall(r"selftest: ok (\d+) - ", outcome.log)]
    if seen != list(range(1, planned + 1)):
        raise Failure(f"{planned} results planned, seen: {seen}")
    outcome.must_have(r"selftest: passed")
    outcome.must_end_with(0)
    return f"{planned} results"


MEMORY_PROGRAMS = ("mmap", "mprotect", "mremap", "brk", "cow", "stack", "faults", "mapfile", "exec_entry")


@case("8 harts", "1G", 8)
@case("2 harts", "256M", 2)
@case("1 GiB of RAM", "1G", 2)
@case("8 GiB of RAM", "8G", 2)
@case("128 MiB of RAM", "128M", 2)
@case("64 MiB of RAM", "64M", 2, lite_only=True)
@case("32 MiB of RAM", "32M", 2, lite_only=True)
def sizes(config, name, memory, harts):
    """Other machines: the kernel finds all harts and nearly all memory, and programs run."""
    programs = ("mmap", "cow", "system") if memory in ("32M", "64M") else MEMORY_PROGRAMS + ("system",)
    outcome = run_programs(config, name, "-t 60", config.programs(*programs), 120, memory=memory, harts=harts)
    seen = int(outcome.must_have(r"# machine: harts=(\d+)").group(1))
    total = int(outcome.must_have(r"# machine: .*MemTotal=(\d+) kB").group(1))
    given = int(memory[:-1]) << (10 if memory[-1] == "M" else 20)
    if seen != harts:
        raise Failure(f"{harts} harts, but /proc/cpuinfo shows {seen}")
    if not given * (0.3 if config.reference else 0.75) < total <= given:
        raise Failure(f"{given} kB given, MemTotal is {total} kB")
    return f"MemTotal {total} kB of {given} kB"


@case("Sv57", 57)
@case("Sv48", 48)
@case("Sv39", 39)
def paging(config, name, bits):
    """Each paging mode: by processor option where QEMU has it (8 and later), else by no4lvl, no5lvl."""
    if cpu_has("sv57"):
        cpu, words = f"rv64,sv57={'on' if bits == 57 else 'off'},sv48={'off' if bits == 39 else 'on'}", ""
    else:
        cpu, words = None, {57: "", 48: "no5lvl ", 39: "no4lvl "}[bits]
    initrd = config.archive(name, config.programs(*MEMORY_PROGRAMS, "procself", "leak"))
    outcome = config.machine(name, initrd, words + "quiet rdinit=/tests/runner -- -t 60", cpu=cpu, harts=2).run(150)
    check_tap(outcome)
    outcome.must_not_have(BAD)
    outcome.must_have(rf"# machine: .*mmu=sv{bits}\b")
    return "by -cpu" if cpu else "by the command line"


@case("gzip'ed initramfs")
def gzipped(config, name):
    files = config.programs("mmap")
    initrd = config.archive(name, files, lambda data: gzip.compress(data, 6))
    outcome = config.machine(name, initrd, "quiet rdinit=/tests/runner").run(60)
    check_tap(outcome)


@case("two archives one after the other")
def two_archives(config, name):
    """Later archives add to and replace what earlier ones brought."""
    first = {"tests": (0o40755, b""), "tests/mmap": (0o100755, b"#!/to/be/replaced\n")}
    initrd = config.archive(name, first, lambda data: data + cpio(config.programs("mmap")))
    check_tap(config.machine(name, initrd, "quiet rdinit=/tests/runner").run(60))


@case("memblock=debug", lite_only=True)
def memblock_debug(config, name):
    """What memblock knows when the command line is read, and each change from then on."""
    initrd = config.archive(name, config.programs("brk"))
    outcome = config.machine(name, initrd, "memblock=debug rdinit=/tests/runner").run(60)
    check_tap(outcome)
    outcome.must_have(r"MEMBLOCK configuration:")
    outcome.must_have(r" memory size = 0x[0-9a-f]+ reserved size = 0x[0-9a-f]+$")
    for what in ("memory", "reserved"):
        outcome.must_have(rf" {what}\.cnt  = 0x[1-9a-f][0-9a-f]*$")
        outcome.must_have(rf" {what}\[0x0\]\t\[0x[0-9a-f]{{16}}-0x[0-9a-f]{{16}}\], 0x[0-9a-f]+ bytes flags: 0x0$")
    outcome.must_have(r"memblock_reserve: \[0x[0-9a-f]{16}-0x[0-9a-f]{16}\] alloc_range\+0x[0-9a-f]+/0x[0-9a-f]+$")
    outcome.must_have(r"memblock_phys_free: \[0x[0-9a-f]{16}-0x[0-9a-f]{16}\] \w+\+0x[0-9a-f]+/0x[0-9a-f]+$")


@case("maxcpus=1")
def maxcpus(config, name):
    initrd = config.archive(name, config.programs("brk"))
    outcome = config.machine(name, initrd, "maxcpus=1 quiet rdinit=/tests/runner", harts=4).run(60)
    check_tap(outcome)
    outcome.must_have(r"# machine: harts=1\b")


@case("the kernel command line")
def command_line(config, name):
    """Linux's rules: known words are the kernel's, KEY=VALUE is init's environment, after -- its arguments."""
    initrd = config.archive(name, config.programs("brk"))
    append = 'quiet FRUIT=apple some.module=1 rdinit=/tests/runner TWO="a b" -- -t 44 brk'
    outcome = config.machine(name, initrd, append).run(60)
    check_tap(outcome)
    outcome.must_have(r"# argument: 44$")
    outcome.must_have(r"# environment: FRUIT=apple$")
    outcome.must_have(r"# environment: TWO=a b$")
    outcome.must_have(r"# environment: HOME=/$")
    outcome.must_have(r"# environment: TERM=linux$")
    outcome.must_not_have(r"# environment: some\.module")


@case("a virtio disk", lite_only=True)
def virtio_disk(config, name):
    """The guest reads and writes /dev/vda; afterwards the file on the host must have what it wrote."""
    sectors = (16 << 20) // 512
    image = config.path(name, ".img")
    with open(image, "wb") as file:
        file.write(b"".join(struct.pack("<I508x", number) for number in range(sectors)))
    options = []
    for disk, more in (("d0", ""), ("d1", ",readonly=on")):     # QEMU's last MMIO slot comes first
        options += ["-drive", f"file={image}.{disk},format=raw,if=none,id={disk}{more}",
                    "-device", f"virtio-blk-device,drive={disk}"]
        shutil.copy(image, f"{image}.{disk}")
    remark = run_programs(config, name, "-t 60", config.programs("disk"), 120, harts=4, options=options).remark
    with open(image + ".d0", "rb") as file:
        data = file.read()
    for number in range(sectors):
        want = number if number < sectors // 2 else number ^ 0xffffffff
        if struct.unpack_from("<I", data, number * 512)[0] != want:
            raise Failure(f"sector {number} of the disk's file is not what the guest wrote")
    if data[sectors // 2 * 512 + 100] != 0x5a:
        raise Failure("what the guest stored through a mapping is not in the disk's file")
    return remark


# ---- Debian's busybox and shells -------------------------------------------------------------------

def busybox_boot(config, name, words, timeout, **more):
    files = config.debian()
    for script in ("boot.sh", "work.sh", "shell.sh"):
        with open(os.path.join(HERE, "script", script), "rb") as file:
            files[script] = (0o100755, file.read())
    initrd = config.archive(name, files)
    outcome = config.machine(name, initrd, f"quiet rdinit=/bin/busybox -- sh /boot.sh {words}", **more).run(timeout)
    outcome.must_not_have(BAD)
    return outcome


@case("busybox script on 4 harts", 4)
@case("busybox script on 1 hart", 1)
def busybox_script(config, name, harts):
    """A script of 100 lines must print what it prints on Linux."""
    outcome = busybox_boot(config, name, "work 200000", 300, harts=harts, memory="512M" if config.reference else "256M")
    lines = compare(outcome.must_have(r"(?s)-----BEGIN-----\n(.*)^-----END-----").group(1), "work.expected")
    outcome.must_end_with(0)
    return f"{lines} lines as on Linux"


def compare(text, expected):
    """What a script printed is what it printed on Linux. Return the number of lines."""
    got = text.splitlines()
    with open(os.path.join(HERE, "script", expected), encoding="utf-8") as file:
        want = file.read().splitlines()
    for number, (have, line) in enumerate(zip(got + ["(end)"], want + ["(end)"]), 1):
        if have != line:
            raise Failure(f"line {number} is: {have}\n   expected: {line}\n" + "\n".join(got[-25:]))
    return len(want)


@case("Debian's shells")
def shells(config, name):
    """One script under each of Debian's shells prints what it prints on Linux."""
    if config.busybox:
        raise LeftOut("--busybox gives no other shells")
    paths = [path for _, path in SHELLS]
    outcome = busybox_boot(config, name, "shells " + " ".join(paths), 120, harts=2)
    for shell in paths:
        text = outcome.must_have(rf"(?s)-----BEGIN {shell}-----\n(.*)^-----END {shell}-----").group(1)
        try:
            compare(text, "shell.expected")
        except Failure as what:
            raise Failure(f"{shell}: {what}") from None
    outcome.must_end_with(0)
    return f"{len(paths)} shells, as on Linux"


@case("busybox script 50 times, no page lost")
def busybox_rounds(config, name):
    outcome = busybox_boot(config, name, "rounds 50 200", 400, harts=2)
    match = outcome.must_have(r"^rounds 50 before (\d+) after (\d+)")
    outcome.must_not_have(r" differ")
    lost = int(match.group(1)) - int(match.group(2))
    # A page a round is 200 kB. Linux keeps more than that, even when it is told to drop its caches.
    if lost >= (2048 if config.reference else 160):
        raise Failure(f"{lost} kB of MemAvailable are gone after 50 rounds")
    return f"MemAvailable less by {lost} kB"


# ---- bad boots and panics --------------------------------------------------------------------------

PANIC = r"Kernel panic - not syncing: "
END = r"---\[ end Kernel panic"


def bad_boot(config, name, initrd, append, seen, **more):
    """A boot that must panic with these words, and then stop (panic=0): we switch it off."""
    outcome = config.machine(name, initrd, append, **more).run(60, until=END)
    if outcome.status is not None:
        raise Failure(f"QEMU ended with {outcome.status}: no panic that stops\n{outcome.tail()}")
    outcome.must_have(seen)
    return outcome


@case("rdinit= names nothing, nor is there an init")
def no_init(config, name):
    initrd = config.archive(name, config.programs("brk"))
    bad_boot(config, name, initrd, "rdinit=/nonexistent", PANIC + r".*(VFS: Unable to mount root|No working init)")


@case("init is no program", lite_only=True)
def bad_init(config, name):
    initrd = config.archive(name, {"init": (0o100755, b"\x7fELF and then nothing of use")})
    bad_boot(config, name, initrd, "", PANIC + r".*(No working init|init failed)")


@case("init=/nonexistent", lite_only=True)
def wrong_init(config, name):
    initrd = config.archive(name, config.programs("brk"))       # it has no /init, which would come first
    bad_boot(config, name, initrd, "init=/nonexistent", PANIC + r"Requested init /nonexistent failed")


@case("no initramfs")
def no_initramfs(config, name):
    bad_boot(config, name, None, "", PANIC + r".*(VFS: Unable to mount root|No working init|initramfs)")


@case("initramfs of random bytes")
def garbage(config, name):
    initrd = config.archive(name, {}, lambda data: bytes((i * i * 7 + i // 3) & 255 for i in range(100000)))
    bad_boot(config, name, initrd, "", PANIC + r".*(VFS: Unable to mount root|No working init|initramfs)")


@case("truncated initramfs")
def truncated(config, name):
    """Half an archive: the first half's files are there, or the kernel says why not; it does not crash."""
    initrd = config.archive(name, config.programs("brk"), lambda data: data[:len(data) // 2])
    outcome = bad_boot(config, name, initrd, "rdinit=/tests/none", PANIC)
    outcome.must_not_have(r"Unable to handle|BUG")


@case("mem=6M is too small", lite_only=True)
def too_small(config, name):
    initrd = config.archive(name, config.programs("brk"))
    bad_boot(config, name, initrd, "mem=6M", PANIC + ".*")


@case("init ends")
def init_ends(config, name):
    initrd = config.archive(name, config.programs("brk"))
    outcome = bad_boot(config, name, initrd, "quiet rdinit=/tests/trigger -- exit",
                       PANIC + r"Attempted to kill init! exitcode=0x00000300")
    if not config.reference:
        outcome.must_have(r"Call Trace:")


@case("init dies of SIGSEGV")
def init_dies(config, name):
    initrd = config.archive(name, config.programs("brk"))
    bad_boot(config, name, initrd, "quiet rdinit=/tests/trigger -- segv",
             PANIC + r"Attempted to kill init! exitcode=0x0000000b")


def trigger(config, name, append, file, word, **more):
    initrd = config.archive(name, config.programs("brk"))
    return config.machine(name, initrd, f"quiet {append} rdinit=/tests/trigger -- {file} {word}", **more)


@case("panic=0 stops for ever")
def panic_stops(config, name):
    outcome = trigger(config, name, "panic=0", "/proc/sysrq-trigger", "c", harts=4).run(60, until=END)
    if outcome.status is not None:
        raise Failure(f"QEMU ended with {outcome.status}\n{outcome.tail()}")
    outcome.must_have(PANIC + r"sysrq triggered crash")


@case("panic=-1 reboots at once", -1)
@case("panic=2 reboots after two seconds", 2)
def panic_reboots(config, name, value):
    """The firmware's banner a second time: a reboot, not a power-off."""
    machine = trigger(config, name, f"panic={value}", "/proc/sysrq-trigger", "c")
    outcome = machine.run(90, reboot=True, until=r"(?s)OpenSBI v.*Kernel panic.*OpenSBI v")
    if outcome.status is not None:
        raise Failure(f"QEMU ended with {outcome.status} instead of starting again\n{outcome.tail()}")
    if value > 0:
        outcome.must_have(r"Rebooting in 2 seconds")


@case("panic=off powers off, QEMU's exit status is 1", lite_only=True)
def panic_off(config, name):
    outcome = trigger(config, name, "panic=off", "/proc/sysrq-trigger", "c").run(60)
    outcome.must_have(PANIC)
    outcome.must_end_with(1)


@case("poweroff, QEMU's exit status is 0")
def power_off(config, name):
    outcome = trigger(config, name, "", "/dev/null", "x").run(60)
    outcome.must_have("still alive")
    outcome.must_end_with(0)


KB = r"\d+kB"
# The report's lines, as Linux 6.1 prints them on a machine of one node without NUMA, huge pages and CMA.
MEM_INFO = [
    r"CPU: \d+ (?:UID: \d+ )?PID: 1 Comm: trigger\b", r"Call Trace:", r"Mem-Info:$",
    r"active_anon:\d+ inactive_anon:\d+ isolated_anon:\d+$",
    r" active_file:\d+ inactive_file:\d+ isolated_file:\d+$",
    r" unevictable:\d+ dirty:\d+ writeback:\d+$",
    r" slab_reclaimable:\d+ slab_unreclaimable:\d+$",
    r" mapped:\d+ shmem:\d+ pagetables:\d+$",
    r" sec_pagetables:\d+ bounce:\d+$",
    r" kernel_misc_reclaimable:\d+$",
    r" free:\d+ free_pcp:\d+ free_cma:\d+$",
    rf"Node 0 active_anon:{KB} inactive_anon:{KB} active_file:{KB} inactive_file:{KB} unevictable:{KB} "
    rf"isolated\(anon\):{KB} isolated\(file\):{KB} mapped:{KB} dirty:{KB} writeback:{KB} shmem:{KB} .*"
    rf"kernel_stack:{KB} pagetables:{KB} sec_pagetables:{KB} all_unreclaimable\? (?:yes|no)",
    rf"Node 0 DMA32 free:{KB} boost:{KB} min:{KB} low:{KB} high:{KB} reserved_highatomic:\d+KB .*"
    rf"active_anon:{KB} inactive_anon:{KB} active_file:{KB} inactive_file:{KB} unevictable:{KB} "
    rf"writepending:{KB} .*present:{KB} managed:{KB} mlocked:{KB} bounce:{KB} free_pcp:{KB} local_pcp:{KB} "
    rf"free_cma:{KB}$",
    r"lowmem_reserve\[\]:(?: \d+)+$",
    r"Node 0 DMA32:(?: \d+\*\d+kB(?: \([UMEHCI]+\))?){11} = \d+kB$",
    r"\d+ total pagecache pages$", r"\d+ pages in swap cache$", r"Free swap  = \d+kB$", r"Total swap = \d+kB$",
    r"\d+ pages RAM$", r"\d+ pages HighMem/MovableOnly$", r"\d+ pages reserved$",
]


@case("out of memory: only init is left", "0", r"no killable processes.*\n(.*\n)*.*" + PANIC + "System is deadlocked on memory")
@case("out of memory: panic_on_oom=1", "1", PANIC + "Out of memory: system-wide panic_on_oom is enabled")
@case("out of memory: panic_on_oom=2", "2", PANIC + "Out of memory: compulsory panic_on_oom is enabled")
def out_of_memory(config, name, word, seen):
    """Who asks, what there is, and who could be killed is in the log before the panic."""
    initrd = config.archive(name, config.programs("brk"))
    outcome = config.machine(name, initrd, "panic=-1 loglevel=7 rdinit=/tests/trigger -- /proc/sys/vm/panic_on_oom "
                             + word + " eat", memory="96M").run(60)
    outcome.must_have(r"trigger invoked oom-killer: gfp_mask=0x[0-9a-f]+\(GFP_[A-Z_|]+\), order=0, oom_score_adj=0")
    for line in MEM_INFO:
        outcome.must_have(r"^(?:\[ *\d+\.\d+\] )?" + line)
    outcome.must_have(r"\[  pid  \]   uid  tgid total_vm")
    outcome.must_have(seen)


UNABLE = r"Unable to handle kernel "


def crashtest(config, name, append, word, **more):
    """Let the kernel do what /proc/crashtest calls by this word. Return the outcome."""
    outcome = trigger(config, name, append, "/proc/crashtest", word, **more).run(60)
    if re.search("trigger: No such file", outcome.log):
        raise LeftOut("this kernel was built without CONFIG_CRASHTEST")
    return outcome


def went_on(outcome):
    """What the kernel reported did not end it."""
    outcome.must_have("still alive")
    outcome.must_end_with(0)


@case("crash: a kernel stack overflow is reported as such", "stack-overflow", "kernel stack overflow", lite_only=True)
@case("crash: a null dereference in the kernel", "null-deref", UNABLE + "NULL pointer dereference", lite_only=True)
@case("crash: a write to the kernel's constants", "write-rodata", UNABLE, lite_only=True)
@case("crash: a jump to the kernel's data", "exec-data", UNABLE, lite_only=True)
@case("crash: BUG()", "bug", r"kernel BUG at kernel/crashtest\.c:\d+", lite_only=True)
@case("crash: panic()", "panic", PANIC + "crashtest", lite_only=True)
def crash(config, name, word, seen):
    """Each way to break the kernel ends in a report with a symbolized backtrace, and a panic (it is init's)."""
    outcome = crashtest(config, name, "panic=off", word, harts=2)
    outcome.must_have(seen)
    outcome.must_have(r"Call Trace:")
    outcome.must_have(r"\[<[0-9a-f]{16}>\] \w+\+0x[0-9a-f]+/0x[0-9a-f]+")
    outcome.must_have(PANIC)
    outcome.must_end_with(1)


@case("crash: what is no page's address is not freed", lite_only=True)
def wild_free(config, name):
    outcome = crashtest(config, name, "", "wild-free")
    outcome.must_have(r"BUG: Bad address \S+ freed, which is no page's(?:.*\n)*.*BUG: Bad address \S+010 freed")
    outcome.must_not_have(r"Bad page state")
    went_on(outcome)


@case("crash: an allocation that fails is reported, and nothing else", lite_only=True)
def no_pages(config, name):
    outcome = crashtest(config, name, "loglevel=7", "no-pages")
    outcome.must_have(r"trigger: page allocation failure: order:10, mode:0x[0-9a-f]+\(GFP_NOWAIT\), nodemask=\(null\)$")
    outcome.must_have(r" no_pages\+0x")
    for line in MEM_INFO:
        outcome.must_have(r"^(?:\[ *\d+\.\d+\] )?" + line)
    outcome.must_have(r"Node 0 DMA32:.* 0\*4096kB = ")
    outcome.must_not_have(r"page allocation failure(?:.*\n)*.*page allocation failure")
    went_on(outcome)


SLAB_BUG = r"BUG crashtest \(Not tainted\): "


@case("crash: a write behind an object", "slab-overrun", "Right Redzone overwritten", lite_only=True)
@case("crash: a write to a freed object", "slab-use-after-free", "Poison overwritten", lite_only=True)
@case("crash: an object freed twice", "slab-double-free", "Object already free", lite_only=True)
@case("crash: a pointer into an object freed", "slab-bad-free", "Invalid object pointer", lite_only=True)
@case("crash: an object leaked", "slab-leak", "Objects remaining in crashtest on __kmem_cache_shutdown",
      lite_only=True)
def slab_crash(config, name, word, seen):
    """Misuse of an object of a watched cache is reported, with who allocated it, and goes on."""
    outcome = crashtest(config, name, "slab_debug=FZPU,crashtest", word)
    outcome.must_have(SLAB_BUG + seen)
    if word != "slab-bad-free":
        outcome.must_have(r"Allocated in slab_misuse\+0x[0-9a-f]+/0x[0-9a-f]+ age=\d+ cpu=\d+ pid=1\b")
    outcome.must_have(r"Call Trace:")
    went_on(outcome)


@case("page_owner=on: each page's allocation is known", lite_only=True)
def page_owner(config, name):
    initrd = config.archive(name, config.programs("pageowner"))
    outcome = config.machine(name, initrd, "page_owner=on quiet rdinit=/tests/runner -- -t 100", harts=2).run(150)
    check_tap(outcome)
    if re.search("# SKIP", outcome.log):
        raise LeftOut("this kernel was built without CONFIG_PAGE_OWNER")
    outcome.must_not_have(BAD)
    outcome.must_end_with(0)


STACK = r"(?:.*\n)*?.* {}\+0x[0-9a-f]+/0x[0-9a-f]+"


@case("crash: a page freed twice is reported, and lost", "double-free-page", "freed with no reference", "freed",
      ("crashtest_alloc", "crashtest_free", "crashtest_free_again"), lite_only=True)
@case("crash: a block freed with another order, too", "wrong-order-free", "freed with another order than allocated",
      "allocated", ("crashtest_alloc", "crashtest_free_again"), lite_only=True)
def bad_page(config, name, word, reason, state, functions):
    """The report names the page and, with page_owner=on, who allocated and freed it; the system goes on."""
    outcome = crashtest(config, name, "page_owner=on loglevel=7", word)
    page = outcome.must_have(r"BUG: Bad page state in process trigger  pfn:([0-9a-f]{5,})").group(1)
    outcome.must_have(r"page:\S+ refcount:-?\d+ mapcount:0 mapping:\S+ index:0x?[0-9a-f]* pfn:0x" + page)
    outcome.must_have(r"flags: 0x0\(zone=0\)")
    outcome.must_have(r"raw: [0-9a-f]{16} [0-9a-f]{16} [0-9a-f]{16} [0-9a-f]{16}")
    outcome.must_have("page dumped because: " + reason)
    if re.search("page_owner", outcome.log.split("page dumped because")[1]):
        outcome.must_have("page_owner tracks the page as " + state)
        outcome.must_have(r"page last allocated via order \d, migratetype Unmovable, "
                          r"gfp_mask 0x30\(GFP_KERNEL\), pid 1, tgid 1 \(trigger\), ts \d+, free_ts \d+")
    else:
        functions = functions[-1:]
    outcome.must_have("page dumped because" + "".join(STACK.format(function) for function in functions))
    went_on(outcome)


@case("crash: WARN_ON() goes on", lite_only=True)
def warning(config, name):
    outcome = crashtest(config, name, "panic=off", "warning")
    outcome.must_have(r"WARNING: CPU: \d+ PID: 1 at kernel/crashtest\.c:\d+")
    went_on(outcome)
