#!/usr/bin/env python3
"""Takes away from the program what machines take away, and sees that the last good site stays up, or that it says why not.

    tests/hostile/faults.py PROGRAM [SECONDS]

Kills it at any moment of start, edit and export, for SECONDS (15) each; fills its disk and locks it; leaves it without
inotify, with few open files, with 64 MB of memory, under 20,000 connections, and with a clock that jumps. A line each
says what was seen; the exit code tells whether all of it held. What a machine has no means for is passed over, and said:
tmpfs needs root, 64 MB a control group, connections `ulimit -n`, the clock libfaketime (`apt-get install faketime`).
"""

import hashlib
import multiprocessing
import os
import pathlib
import random
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
SECONDS = float((sys.argv[2:] or ["15"])[0])
SHIPPED = pathlib.Path(__file__).parents[2] / "content"
EDITED = "recap/ko.md"
# How many of the 20,000 connections one process holds.
SILENT = 5000
# Cards and smaller forms take most of the time, and nothing else happens meanwhile.
QUICKLY = ["--site-url", "https://example.org/", "--compress", "none", "--no-cards"]
FAKETIME = next(iter(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)

failures = []


class Missing(Exception):
    """What this machine lacks."""


class Server:
    """`showcase serve` on a port of the system's choice."""

    def __init__(self, content, *arguments, before=(), **options):
        command = [*before, PROGRAM, "serve", "--content", str(content), "--listen", "127.0.0.1:0", *arguments]
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, text=True, **options)
        found = re.search(r"127\.0\.0\.1:(\d+)", self.process.stdout.readline())
        if not found:
            raise AssertionError(f"did not start: {self.said()}")
        self.port = int(found[1])

    def get(self, path="/", seconds=30):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=seconds) as answer:
            return answer.read().decode()

    def shows(self, text, seconds=60):
        """How long it takes until the first page shows a text."""
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            if text in self.get():
                return time.monotonic() - begin
            time.sleep(0.02)
        raise AssertionError(f"never showed {text!r}: {self.said()}")

    def resident(self):
        """Megabytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024

    def said(self):
        self.log.seek(0)
        return self.log.read().strip()[-500:]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def edit(content, text):
    (content / EDITED).write_text((SHIPPED / EDITED).read_text() + f"\n\n{text}\n")


def export(content, to):
    return subprocess.run([PROGRAM, "export", str(to), "--content", str(content), *QUICKLY], capture_output=True, text=True)


def digest(folder):
    """Of all files, but for what stays of the export before."""
    sum_ = hashlib.sha256()
    own = (folder / ".showcase-export").read_text().split("# Of the export before")[0].splitlines()
    for name in sorted(it for it in own if not it.startswith("#")):
        sum_.update(name.encode() + (folder / name).read_bytes())
    return sum_.hexdigest()


def killed_while_serving(folder, content):
    """Started, edited and killed; what it leaves in its cache and folder never keeps the next from starting."""
    end, count = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        count += 1
        process = subprocess.Popen([PROGRAM, "serve", "--content", str(content), "--listen", "127.0.0.1:0", "--cache", str(folder / "cache")],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.random())
        edit(content, f"편집-{count}")
        time.sleep(random.random() / 5)
        process.kill()
        process.wait()
    with Server(content, "--cache", str(folder / "cache")) as server:
        server.shows(f"편집-{count}")
    return f"{count} times, and the next shows the last edit"


def killed_while_exporting(folder, content):
    """Whatever the moment, the folder is one export or the other."""
    to, whole = folder / "dist", []
    for text in ["하나", "둘"]:
        edit(content, text)
        begin = time.monotonic()
        result = export(content, to)
        assert result.returncode == 0, result.stderr
        took = time.monotonic() - begin
        whole.append(digest(to))
    end, count, changed = time.monotonic() + SECONDS, 0, 0
    while time.monotonic() < end:
        count += 1
        edit(content, ["하나", "둘"][count % 2])
        process = subprocess.Popen([PROGRAM, "export", str(to), "--content", str(content), *QUICKLY], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.random() * took * 1.1)
        process.kill()
        process.wait()
        found = digest(to)
        assert found in whole, "a folder of two exports"
        changed += found == whole[count % 2]
    assert export(content, to).returncode == 0 and digest(to) == whole[count % 2]
    left = [it.name for it in folder.iterdir() if it.name.startswith("dist.")]
    assert not left, f"left {left}"
    return f"{count} times, {changed} of them after the swap; the next is whole and leaves nothing beside"


def tmpfs(at, options):
    at.mkdir(exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(at)], capture_output=True).returncode:
        raise Missing("tmpfs, which needs root")


def disk_full(folder, content):
    """An export says so and leaves the one before; a server whose cache is full serves on."""
    disk = folder / "disk"
    tmpfs(disk, "size=24m")
    try:
        to = disk / "dist"
        assert export(content, to).returncode == 0, "the first export has room"
        before = digest(to)
        with open(disk / "rest", "wb") as rest:
            try:
                while True:
                    rest.write(bytes(1 << 16))
                    rest.flush()
            except OSError:
                pass
        edit(content, "가득")
        result = export(content, to)
        assert result.returncode and "space" in result.stderr, result.stderr
        assert digest(to) == before, "the export before is gone"
        left = sorted(it.name for it in disk.iterdir())
        assert left == ["dist", "rest"], left
        with Server(content, "--cache", str(disk / "cache")) as server:
            server.get()
            edit(content, "가득한 뒤")
            server.shows("가득한 뒤")
        said = result.stderr.strip().splitlines()[-1]
        return f"the export before stays, and it says “{said[-90:]}”; a server with a full cache serves and follows edits"
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def disk_read_only(folder, content):
    """Content that nobody may write is served; an export and `check --fix` say why not."""
    disk = folder / "locked"
    tmpfs(disk, "size=64m")
    try:
        shutil.copytree(content, disk / "content")
        (disk / "content" / "permalinks.lock").unlink()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        result = export(content, disk / "dist")
        assert result.returncode and "read-only" in result.stderr.lower(), result.stderr
        fix = subprocess.run([PROGRAM, "check", "--fix", "--content", str(disk / "content")], capture_output=True, text=True)
        assert fix.returncode and "read-only" in (fix.stdout + fix.stderr).lower(), fix.stdout + fix.stderr
        with Server(disk / "content", "--cache", str(disk / "cache")) as server:
            server.get()
        return f"served; the export says “{result.stderr.strip().splitlines()[-1][-90:]}”"
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def without_inotify(_, content):
    """It follows edits by comparing files, or says that it cannot."""
    before = ["unshare", "-Ur", "sh", "-c", 'echo 0 > /proc/sys/user/max_inotify_instances && exec "$@"', "sh"]
    if subprocess.run([*before, "true"], capture_output=True).returncode:
        raise Missing("user namespaces")
    with Server(content, before=before) as server:
        edit(content, "알림 없이")
        took = server.shows("알림 없이")
        return f"an edit shows after {took:.1f} s; it says “{server.said().splitlines()[0][:100] if server.said() else ''}”"


def few_open_files(_, content):
    """64 files, 200 connections: those that came stay served, and afterwards everybody is."""
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    with Server(content, preexec_fn=limit) as server:
        idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(200)]
        edit(content, "파일이 모자랄 때")
        time.sleep(2)
        for it in idle:
            it.close()
        took = server.shows("파일이 모자랄 때")
        return f"after 200 connections an edit made meanwhile shows after {took:.1f} s"


def little_memory(folder, content):
    """64 MB, or as much as the kernel's accounting takes them for."""
    groups = pathlib.Path("/sys/fs/cgroup")
    group, limit = (groups / "memory/showcase-faults", "memory.limit_in_bytes") if (groups / "memory").is_dir() else (groups / "showcase-faults", "memory.max")
    try:
        group.mkdir()
        (group / limit).write_text(str(64 << 20))
    except OSError as error:
        raise Missing(f"a control group: {error}") from error
    try:
        join = lambda: (group / "cgroup.procs").write_text(str(os.getpid()))
        with Server(content, preexec_fn=join) as server:
            for number in range(30):
                edit(content, f"기억-{number}")
                server.shows(f"기억-{number}")
                for path in ["/en/", "/projects/", "/projects/rrc/", "/search/?q=rrc", "/feed.xml"]:
                    server.get(path)
            resident = server.resident()
        to = folder / "small"
        result = subprocess.run([PROGRAM, "export", str(to), "--content", str(content), *QUICKLY], capture_output=True, text=True, preexec_fn=join)
        assert result.returncode == 0 or result.stderr, "an export that says nothing"
        assert result.returncode == 0 or not to.exists(), "half an export"
        exported = "an export is made" if result.returncode == 0 else f"an export ends with {result.returncode}"
        return f"30 edits, {resident} MB resident; {exported}"
    finally:
        for _ in range(50):
            try:
                group.rmdir()
                break
            except OSError:
                time.sleep(0.1)


def silent(port, place):
    """Holds connections, from addresses enough for that many ports."""
    held = []
    for number in range(SILENT):
        it = socket.socket()
        it.setblocking(False)
        it.bind((f"127.{place + 1}.{number % 200 + 1}.1", 0))
        it.connect_ex(("127.0.0.1", port))
        held.append(it)
    time.sleep(600)


def many_connections(_, content):
    """20,000 at once that say nothing: whoever asks is answered within the time that silent ones have."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard < SILENT + 100:
        raise Missing(f"more open files than {hard}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with Server(content) as server:
        before = server.resident()
        clients = [multiprocessing.Process(target=silent, args=(server.port, it)) for it in range(20_000 // SILENT)]
        for it in clients:
            it.start()
        time.sleep(5)
        begin = time.monotonic()
        server.get(seconds=60)
        took, most = time.monotonic() - begin, server.resident()
        for it in clients:
            it.kill()
            it.join()
        server.get()
        assert most < before + 200, f"{before} MB grow to {most}"
        return f"the next page takes {took:.1f} s, {before} MB grow to {most} MB"


def clock_jumps(folder, content):
    """A year back and ten years on: pages are served, edits shown, connections kept."""
    if FAKETIME is None:
        raise Missing("libfaketime")
    clock = folder / "clock"
    clock.write_text("+0")
    environment = {**os.environ, "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
                   "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    with Server(content, env=environment) as server:
        for step in ["-1y", "+10y", "-30d", "+0"]:
            clock.write_text(step)
            edit(content, f"시계{step}")
            server.shows(f"시계{step}")
        return "edits show after each of four jumps"


def main():
    for fault in [killed_while_serving, killed_while_exporting, disk_full, disk_read_only, without_inotify, few_open_files, little_memory,
                  many_connections, clock_jumps]:
        name = fault.__name__.replace("_", " ")
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            content = folder / "content"
            shutil.copytree(SHIPPED, content)
            try:
                print(f"{name}: {fault(folder, content)}", flush=True)
            except Missing as missing:
                print(f"{name}: not here, for want of {missing}", flush=True)
            except Exception as failure:  # a fault that did not hold, whatever it looks like
                failures.append(name)
                print(f"{name}: FAILED: {type(failure).__name__}: {failure}", flush=True)
    sys.exit(1 if failures else 0)


main()
