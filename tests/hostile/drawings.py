#!/usr/bin/env python3
"""Gives a server and exports a thousand broken drawings, while an ordinary client reads on.

    tests/hostile/drawings.py PROGRAM [COUNT]

The emblems of all projects but one are mutated, ten at a time, some into 100,000 random bytes, until there were COUNT
(1000). Pages are answered throughout, 99 of 100 within 10 ms; the server stays under 200 MB; the project that was left
alone has its card after every change, and in every export that was made. The exit code tells whether all of it held.
"""

import multiprocessing
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

PROGRAM = sys.argv[1]
COUNT = int((sys.argv[2:] or ["1000"])[0])
CONTENT = pathlib.Path(__file__).parents[2] / "content"
# What breaks renderers and parsers rather than grammar.
WORDS = """1e10 1e-9 1e30 NaN url(#a) url(//evil.example) scale(1e6) A.0001,9999,1,1,1,3,3 <g> </g> <mask id="a"> </mask>
<path mask="url(#a)" d="M0 0h12v12z"/> stroke-dasharray=".01" stroke="red" stroke-linecap="round" opacity=".5" <!-- --> & <?xml
<script>alert(1)</script> onload="alert(1)" <![CDATA[ ]]> &#0; \u202e 9999""".split(" ")


def mutated(text):
    if random.random() < 0.1:
        return random.randbytes(100_000)
    for _ in range(random.randint(1, 4)):
        at, end = sorted(random.sample(range(len(text)), 2))
        kind = random.random()
        if kind < 0.4:
            text = text[:at] + random.choice(WORDS) + text[at:]
        elif kind < 0.7:
            numbers = list(re.finditer(r"[0-9.]+", text)) or [re.search("", text)]
            it = random.choice(numbers)
            text = text[: it.start()] + random.choice(WORDS) + text[it.end() :]
        elif kind < 0.9:
            text = text[:at] + text[min(end, at + 40) :]
        else:
            text = text[:end] + text[at:]
    return text.encode()


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, b""


def ordinary(address, over, result):
    """How long each request took, in milliseconds, or None; in a process of its own."""
    seen = []
    while not over.is_set():
        begin = time.monotonic()
        try:
            is_page = get(f"{address}/")[0] == 200
        except OSError:
            is_page = False
        seen.append((time.monotonic() - begin) * 1000 if is_page else None)
        time.sleep(0.02)
    result.put(seen)


def resident(pid):
    """Megabytes."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def card(page):
    return re.search(r'property="og:image" content="https?://[^/]+([^"]+)"', page.decode()).group(1)


def main():
    random.seed(1)
    folder = pathlib.Path(tempfile.mkdtemp())
    content = folder / "content"
    shutil.copytree(CONTENT, content)
    emblems = sorted(content.glob("projects/*/emblem.svg"))
    alone, emblems = emblems[0].parent.name, emblems[1:]
    drawn = {it: it.read_text() for it in emblems}
    arguments = [PROGRAM, "--content", content, "serve", "--listen", "127.0.0.1:0"]
    server = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    address = re.search(r"http://[^/]+", server.stdout.readline()).group(0)
    over, result = multiprocessing.Event(), multiprocessing.Queue()
    reader = multiprocessing.Process(target=ordinary, args=(address, over, result))
    reader.start()
    left, memory, lost, shown, exports, kept = COUNT, 0, 0, 0, 0, 0
    while left > 0:
        for emblem in emblems[:left]:
            # One that passes every check now and then, so that there is something to draw.
            emblem.write_bytes(mutated(drawn[emblem]) if random.random() < 0.9 else drawn[emblem].encode())
        left -= len(emblems)
        # Its neighbours are mended again, one at a time: what passes alone is shown.
        for emblem in random.sample(emblems, 3):
            state = {it: it.read_bytes() for it in emblems}
            for it in emblems:
                if it != emblem:
                    it.write_text(drawn[it])
            time.sleep(0.3)
            shown += get(address + card(get(f"{address}/projects/{emblem.parent.name}/")[1]))[0] == 200
            lost += get(address + card(get(f"{address}/projects/{alone}/")[1]))[0] != 200
            for it, text in state.items():
                it.write_bytes(text)
        memory = max(memory, resident(server.pid))
        if left % 250 < len(emblems):
            for it in emblems[1:]:
                it.write_text(drawn[it])
            dist = folder / f"dist-{left}"
            export = [PROGRAM, "--content", content, "export", dist, "--site-url", "https://example.org"]
            ended = subprocess.run([*export, "--compress", "none"], capture_output=True, timeout=600)
            exports += 1
            if ended.returncode == 0:
                page = (dist / "projects" / alone / "index.html").read_bytes()
                kept += (dist / card(page)[1:]).exists()
            else:
                kept += ended.returncode == 1 and not dist.exists()
    over.set()
    seen = result.get()
    reader.join()
    is_alive = server.poll() is None
    server.terminate()
    server.wait()
    shutil.rmtree(folder)
    times = sorted(it for it in seen if it is not None)
    failed, p99 = len(seen) - len(times), times[int(len(times) * 0.99)]
    print(f"pages: {len(seen)} requests, {failed} failed, p50 {times[len(times) // 2]:.1f} ms, p99 {p99:.1f} ms")
    print(f"memory: {memory:.1f} MB at most; {shown} cards of changed projects were drawn")
    print(f"cards of the project left alone: {lost} missing; exports: {kept} of {exports} whole or refused")
    sys.exit(0 if is_alive and failed == 0 and lost == 0 and kept == exports and p99 < 10 and memory < 200 else 1)


main()
