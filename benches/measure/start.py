"""How long until the first answer, until an edit shows, and how much memory that takes, by the number of projects."""

import http.client
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile
import time

from . import machine

SIZES = (None, 1000, 10000)
# A page that stays as it is must not be asked for so often that its server has no time for the edit.
PAUSE = 0.002


def measure(tools, quick):
    rows = []
    for size in SIZES:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="start-", dir=machine.WORK))
        content = folder / "content"
        try:
            # A copy, since it is edited.
            shutil.copytree(machine.CONTENT if size is None else machine.corpus(size) / "showcase", content)
            rows.append(measure_one(tools, content, *rounds(size, quick)))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return {"rows": rows, "debounce": debounce()}


def rounds(size, quick):
    """How often it is started and edited."""
    often = {None: (9, 9), 1000: (5, 5), 10000: (3, 3)}[size]
    return (3, 3) if quick else often


def measure_one(tools, content, starts, edits):
    projects = sorted(it.parent for it in (content / "projects").glob("*/project.yaml"))
    began = []
    process = None
    try:
        for number in range(starts):
            if process:
                machine.stop(process)
            process, port, seconds = start(tools, content)
            began.append(seconds)
        at_start = machine.memory(process)
        shown = [edit(port, projects[number * 7 % len(projects)], number) for number in range(edits)]
        pages = ask_for_every_page(port, content)
        machine.wait_until_idle(process, 5 if len(projects) > 100 else 60)
        row = {
            "projects": len(projects),
            "pages": pages,
            "start": statistics.median(began),
            "edit": statistics.median(shown),
            "memory at start": at_start,
            "memory after every page": machine.memory(process),
        }
    finally:
        if process:
            machine.stop(process)
    machine.note(
        f"{row['projects']:,} projects: {row['start'] * 1000:,.0f} ms to the first answer, {row['edit'] * 1000:,.0f} ms "
        f"from an edit to its page, {row['memory after every page'] / 1e6:,.0f} MB"
    )
    return row


def start(tools, content):
    """Starts the server; tells the seconds until its first page had come."""
    port = machine.free_port()
    command = [tools.showcase, "serve", "--content", content, "--listen", f"127.0.0.1:{port}"]
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        try:
            status, _ = get(http.client.HTTPConnection("127.0.0.1", port, timeout=60), "/")
            if status == 200:
                return process, port, time.perf_counter() - begin
        except OSError:
            pass
        if process.poll() is not None:
            raise SystemExit(f"benches/run: the server ended with {process.returncode} on {content}")
        time.sleep(0.001)


def edit(port, project, number):
    """Writes a sentence into a write-up; tells the seconds until its page has it."""
    file = project / "en.md"
    word = f"edited{number}x{time.time_ns()}"
    text = file.read_text(encoding="utf-8") + f"\nThis line was {word}.\n"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    path = f"/en/projects/{project.name}/"
    get(connection, path)
    file.write_text(text, encoding="utf-8")
    begin = time.perf_counter()
    while word.encode() not in get(connection, path)[1]:
        if time.perf_counter() - begin > 60:
            raise SystemExit(f"benches/run: an edit of {file} does not show")
        time.sleep(PAUSE)
    shown = time.perf_counter() - begin
    connection.close()
    # The next edit is one of its own, not part of this one.
    time.sleep(0.3)
    return shown


def ask_for_every_page(port, content):
    """Asks for each page that the content has published, as a browser does; tells how many there are."""
    lock = (content / "permalinks.lock").read_text(encoding="utf-8").split("\n")
    paths = [line for line in lock if line.startswith("/") and line.endswith("/")]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path in paths:
        connection.request("GET", path, headers={"accept-encoding": "gzip, deflate, br"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"benches/run: {path} is answered with {answer.status}")
    connection.close()
    return len(paths)


def get(connection, path):
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def debounce():
    """For how long the watcher waits for files to be quiet, in seconds, as its source says; None where it does not."""
    source = (machine.ROOT / "src" / "watch.rs").read_text(encoding="utf-8")
    found = re.search(r"const QUIET: Duration = Duration::from_millis\((\d+)\)", source)
    return int(found[1]) / 1000 if found else None
