"""A whole site as files: time and memory, beside Hugo with the same content.

Both write to a new folder, from files that the system has read before; they take turns, and each figure is the
median of its rounds. Neither compresses, and no preview pictures are drawn nor pages written as JSON and Markdown, since
Hugo does none of it.
"""

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from . import machine

SIZES = (1000, 10000)
SITE_URL = "http://127.0.0.1:3000/"


def measure(tools, quick):
    out = Path(tempfile.mkdtemp(prefix="export-", dir=machine.WORK))
    try:
        return {"rows": [measure_one(tools, size, quick, out) for size in SIZES]}
    finally:
        # Not before: for half a minute ext4 looks for places that nothing was deleted from lately, one by one, which
        # takes whoever writes thousands of files next longer than all the rest.
        shutil.rmtree(out, ignore_errors=True)


def measure_one(tools, size, quick, out):
    folder = machine.corpus(size)
    programs = {"showcase": showcase, "Hugo": hugo}
    rounds = 1 if quick else {1000: 5, 10000: 3}[size]
    seen = {who: [] for who in programs}
    for number in range(rounds):
        for who, command in programs.items():
            written = out / f"{who}-{size}-{number}"
            # Nobody waits for the disk on behalf of another.
            os.sync()
            seen[who].append({**run(command(tools, folder, written)), **count(written)})
            last = seen[who][-1]
            machine.note(f"{size:,} projects, {number + 1}/{rounds}, {who}: {last['pages']:,} pages, "
                         f"{last['seconds']:.2f} s, {last['memory'] / 1e6:,.0f} MB")
    by = {who: {key: statistics.median(it[key] for it in them) for key in them[0]} for who, them in seen.items()}
    return {"projects": size, "rounds": rounds, "by": by}


def showcase(tools, folder, out):
    command = [tools.showcase, "export", out, "--content", folder / "showcase", "--site-url", SITE_URL]
    return [*command, "--compress", "none", "--no-cards", "--no-data"]


def hugo(tools, folder, out):
    return [tools.hugo, "build", "--source", folder / "hugo", "--destination", out, "--quiet", "--noBuildLock"]


def run(command):
    """Seconds, processor seconds, and bytes of memory at most."""
    begin = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"benches/run: {command[0]} ended with {process.returncode}")
    return {"seconds": seconds, "processor": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss * 1024}


def count(out):
    files = [(name, os.path.getsize(os.path.join(folder, name))) for folder, _, names in os.walk(out) for name in names]
    pages = sum(name == "index.html" for name, _ in files)
    return {"pages": pages, "files": len(files), "bytes": sum(size for _, size in files)}
