"""Requests a second of one core, and how long the slowest hundredth of the requests takes.

The servers are pinned to one processor and the load to another. All of them stand ready, and they take turns in
rounds; each figure is the median of its rounds. nginx serves what the program has exported, as an operator would
have it: compressed beforehand, files kept open, one worker, no log, and with the same header fields. The bare hyper
server sends the same bytes to whoever asks for whatever.
"""

import os
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from . import machine

PAGE = "/projects/rrc/"
BROTLI = ["accept-encoding: br"]
REQUESTS = [
    # What it is, path, fields. `{etag}` is the server's own.
    ("first page, brotli", "/", BROTLI),
    ("project page, brotli", PAGE, BROTLI),
    ("project page, identity", PAGE, []),
    ("project page, known already (304)", PAGE, [*BROTLI, "if-none-match: {etag}"]),
    ("not found (404)", "/nothing/", BROTLI),
]
# Fields that a server sets for each answer; the others are the same everywhere, and nginx is told to add them.
OWN = {"date", "content-length", "connection", "etag", "content-encoding", "vary", "content-type", "last-modified",
       "cache-control", "accept-ranges", "server", "x-request-id", "content-language"}
CONNECTIONS = 32


def measure(tools, quick):
    rounds, seconds = (3, 1) if quick else (5, 2)
    processors = sorted(os.sched_getaffinity(0))
    server, load = processors[0], processors[-1]
    if server == load:
        machine.note("there is one processor only: servers and load share it")
    folder = Path(tempfile.mkdtemp(prefix="serve-", dir=machine.WORK))
    running = []
    try:
        servers = start_all(tools, folder, server, running)
        rows = []
        for number, (name, path, fields) in enumerate(REQUESTS):
            asked = with_tags(servers, path, fields)
            asked["bare hyper"] = asked["showcase"]
            answer = ask(servers["showcase"], path, asked["showcase"])
            ports = {**servers, "bare hyper": start_bare(tools, folder, server, running, answer)}
            compare(name, ports, path, asked)
            rows.append({"request": name, "by": take_turns(ports, path, asked, load, rounds, seconds)})
            stop_bare(running)
            said = ", ".join(f"{who} {it['rate']:,.0f}" for who, it in rows[-1]["by"].items())
            machine.note(f"{number + 1}/{len(REQUESTS)} {name}: {said}")
        return {"rounds": rounds, "seconds": seconds, "connections": CONNECTIONS, "rows": rows}
    finally:
        for process in running:
            machine.stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def start_all(tools, folder, processor, running):
    """Starts everyone but the bare server; tells their ports."""
    port = machine.free_port()
    site_url = f"http://127.0.0.1:{port}/"
    files = folder / "site"
    command = [tools.showcase, "export", files, "--site-url", site_url]
    subprocess.run(command, cwd=machine.ROOT, check=True, stdout=subprocess.DEVNULL)
    # nginx drops its rights, and is to read the files all the same.
    folder.chmod(0o755)
    listen = ["serve", "--listen", f"127.0.0.1:{port}", "--site-url", site_url]
    own = start([tools.showcase, *listen], port, processor, running)
    machine.note("wait until every page is compressed")
    end = time.monotonic() + 120
    while not all(field(ask(port, path, BROTLI)[0], "content-encoding") for path in ("/", PAGE)):
        if time.monotonic() > end:
            raise SystemExit("benches/run: the pages are not compressed after two minutes")
        time.sleep(0.1)
    machine.wait_until_idle(own, 120)
    ports = {"showcase": port}
    nginx_port = machine.free_port()
    config = nginx_config(folder, ask(port, "/", BROTLI)[0], nginx_port)
    start([tools.nginx, "-p", folder, "-c", config, "-e", folder / "error.log"], nginx_port, processor, running)
    ports["nginx"] = nginx_port
    if tools.sws:
        sws_port = machine.free_port()
        start(
            [tools.sws, "--host", "127.0.0.1", "--port", str(sws_port), "--root", files, "--threads-multiplier", "1",
             "--compression-static=true", "--compression=false", "--log-level", "error", "--page404", files / "404.html"],
            sws_port, processor, running,
        )
        ports["static-web-server"] = sws_port
    return ports


def start(command, port, processor, running):
    """Starts a server on a processor, and waits until it listens."""
    pinned = ["taskset", "-c", str(processor), *map(str, command)]
    process = subprocess.Popen(pinned, stdout=subprocess.DEVNULL, cwd=machine.ROOT)
    running.append(process)
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return process
        except OSError:
            time.sleep(0.05)
        if process.poll() is not None:
            break
    raise SystemExit(f"benches/run: {command[0]} does not listen")


def start_bare(tools, folder, processor, running, answer):
    head, body = answer
    (folder / "head").write_text(head)
    (folder / "body").write_bytes(body)
    port = machine.free_port()
    start([tools.bare, f"127.0.0.1:{port}", folder / "head", folder / "body"], port, processor, running)
    return port


def stop_bare(running):
    machine.stop(running.pop())


def nginx_config(folder, head, port):
    lines = [line.split(": ", 1) for line in head.splitlines()[1:] if ": " in line]
    fields = "\n".join(f'add_header {name} "{value}" always;' for name, value in lines if name.lower() not in OWN)
    config = folder / "nginx.conf"
    config.write_text(f"""
        load_module {machine.BROTLI};
        {"user root;" if os.geteuid() == 0 else ""}
        worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;
        events {{ worker_connections 4096; }}
        http {{
            include /etc/nginx/mime.types; default_type application/octet-stream; charset utf-8;
            access_log off; server_tokens off; keepalive_requests 1000000000;
            client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
            uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
            sendfile on; tcp_nopush on; tcp_nodelay on;
            open_file_cache max=10000 inactive=1h; open_file_cache_valid 1h; open_file_cache_errors on;
            gzip_static on; brotli_static on; gzip_vary on;
            add_header cache-control "no-cache" always;
            {fields}
            server {{ listen 127.0.0.1:{port}; root {folder}/site; error_page 404 /404.html; }}
        }}""")
    return config


def with_tags(ports, path, fields):
    """The fields for each server, with the entity tag that it gives."""
    asked = {}
    for who, port in ports.items():
        tag = field(ask(port, path, fields[:1])[0], "etag")
        modified = field(ask(port, path, fields[:1])[0], "last-modified")
        asked[who] = [
            # static-web-server has no entity tags.
            line.format(etag=tag) if tag or "{etag}" not in line else f"if-modified-since: {modified}"
            for line in fields
        ]
    return asked


def compare(name, ports, path, asked):
    """Says where a server answers with something else than the program does."""
    answers = {who: ask(port, path, asked[who]) for who, port in ports.items()}
    form = lambda head: (head.split(" ", 2)[1], field(head, "content-encoding"))
    head, body = answers["showcase"]
    for who, (other_head, other_body) in answers.items():
        if form(head) != form(other_head) or body != other_body:
            machine.note(f"{name}: {who} answers {form(other_head)} with {len(other_body):,} bytes, "
                         f"not {form(head)} with {len(body):,}")


def take_turns(ports, path, asked, processor, rounds, seconds):
    seen = {who: [] for who in ports}
    for number in range(rounds):
        # Each begins once: whoever comes first finds the machine as the last round has left it.
        order = list(ports)[number % len(ports):] + list(ports)[:number % len(ports)]
        for who in order:
            seen[who].append(load(ports[who], path, asked[who], processor, seconds))
    figures = {}
    for who, rounds_of_it in seen.items():
        rates, slowest = zip(*rounds_of_it)
        rate = statistics.median(rates)
        figures[who] = {"rate": rate, "p99": statistics.median(slowest), "spread": (max(rates) - min(rates)) / rate}
    return figures


def load(port, path, fields, processor, seconds):
    """Requests a second, and the 99th percentile in milliseconds."""
    command = ["taskset", "-c", str(processor), "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    for line in fields:
        command += ["-H", line]
    said = subprocess.run([*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    slowest = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    if not rate or not slowest:
        raise SystemExit(f"benches/run: wrk said {said!r}")
    return float(rate[1]), float(slowest[1]) * {"us": 0.001, "ms": 1, "s": 1000}[slowest[2]]


def ask(port, path, fields):
    """The head, as text, and the body of an answer."""
    with socket.create_connection(("127.0.0.1", port), 30) as stream:
        lines = [f"GET {path} HTTP/1.1", "host: 127.0.0.1", "connection: close", *fields]
        stream.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = b"".join(iter(lambda: stream.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return head.decode("latin-1").replace("\r\n", "\n") + "\n", body


def field(head, name):
    found = re.search(rf"^{name}: (.*)$", head, re.M | re.I)
    return found and found[1]
