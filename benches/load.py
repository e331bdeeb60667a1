#!/usr/bin/env python3
"""Compares requests a second of one server core with nginx and with a bare hyper server, on the same bytes.

    benches/load.py SHOWCASE BARE [ROUNDS] [SECONDS]

SHOWCASE and BARE are the release builds of the program and of benches/bare.rs. Needs `wrk`, and `nginx` with its
brotli_static module. The servers are pinned to processor 0, the load to processor 1; they take turns, and each
figure is the median of its rounds, because a machine that others use is never as fast twice.
"""

import pathlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODULE = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
SELF_SET = {"date", "content-length", "connection", "etag", "content-encoding", "vary", "content-type"}


def ask(port, path, fields):
    """The head, as text, and the body of an answer."""
    with socket.create_connection(("127.0.0.1", port), 10) as stream:
        lines = [f"GET {path} HTTP/1.1", "host: localhost", "connection: close", *fields]
        stream.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = b"".join(iter(lambda: stream.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return head.decode().replace("\r\n", "\n") + "\n", body


def field(head, name):
    found = re.search(rf"^{name}: (.*)$", head, re.M | re.I)
    return found and found[1]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(command, port):
    process = subprocess.Popen(["taskset", "-c", "0", *command], stdout=subprocess.DEVNULL, cwd=ROOT)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return process
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{command[0]} does not listen")


def load(port, path, fields, seconds):
    """Requests a second, and the 99th percentile in milliseconds."""
    command = ["taskset", "-c", "1", "wrk", "-t1", "-c32", f"-d{seconds}s", "--latency"]
    for line in fields:
        command += ["-H", line]
    said = subprocess.run([*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def nginx_files(root, port):
    """The answers of the program as files, with their smaller forms beside them."""
    for path in ["/", "/projects/rrc/"]:
        folder = root / path.strip("/")
        folder.mkdir(parents=True, exist_ok=True)
        for end, coding in [("", "identity"), (".br", "br"), (".gz", "gzip")]:
            _, body = ask(port, path, [f"accept-encoding: {coding}"])
            (folder / f"index.html{end}").write_bytes(body)
    (root / "404.html").write_bytes(ask(port, "/nothing/", [])[1])
    (root / "404.html.br").write_bytes(ask(port, "/nothing/", ["accept-encoding: br"])[1])


def nginx_config(folder, head, port):
    locked = [line.split(": ", 1) for line in head.splitlines()[1:] if ": " in line]
    headers = "\n".join(
        f'add_header {name} "{value}" always;' for name, value in locked if name not in SELF_SET
    )
    config = folder / "nginx.conf"
    config.write_text(f"""
        load_module {MODULE};
        worker_processes 1; daemon off; pid {folder}/pid; error_log /dev/null;
        events {{ worker_connections 4096; }}
        http {{
            include /etc/nginx/mime.types; access_log off; keepalive_requests 1000000000;
            sendfile on; tcp_nopush on; tcp_nodelay on; charset utf-8;
            open_file_cache max=1000 inactive=60s; open_file_cache_valid 60s; open_file_cache_errors on;
            gzip_static on; brotli_static on; gzip_vary on;
            {headers}
            server {{ listen 127.0.0.1:{port}; root {folder}/site; error_page 404 /404.html; }}
        }}""")
    return config


def main():
    showcase, bare = sys.argv[1:3]
    rounds, seconds = (int(it) for it in (sys.argv[3:5] + ["5", "3"][len(sys.argv[3:5]):]))
    cases = [
        ("first page, br", "/", ["accept-encoding: br"]),
        ("project page, br", "/projects/rrc/", ["accept-encoding: br"]),
        ("project page, identity", "/projects/rrc/", []),
        ("revalidation", "/projects/rrc/", ["accept-encoding: br", "if-none-match: {etag}"]),
        ("not found, br", "/nothing/", ["accept-encoding: br"]),
    ]
    folder = pathlib.Path(tempfile.mkdtemp())
    running = []
    try:
        port = free_port()
        running.append(start([showcase, "serve", "--listen", f"127.0.0.1:{port}"], port))
        while field(ask(port, "/projects/rrc/", ["accept-encoding: br"])[0], "content-encoding") is None:
            time.sleep(0.1)
        time.sleep(2)  # The compression of the other pages is to be over.
        (folder / "site").mkdir()
        folder.chmod(0o755)
        nginx_files(folder / "site", port)
        nginx_port = free_port()
        config = nginx_config(folder, ask(port, "/", [])[0], nginx_port)
        running.append(start(["nginx", "-c", str(config)], nginx_port))
        print(f"{'':24}{'ours/s':>9}{'bare/s':>9}{'nginx/s':>9}{'/bare':>7}{'/nginx':>7}{'p99 ms: ours':>14}{'bare':>7}{'nginx':>7}")
        for index, (name, path, fields) in enumerate(cases):
            lines = {}
            for who, where in (("ours", port), ("nginx", nginx_port)):
                etag = field(ask(where, path, fields[:1])[0], "etag")
                lines[who] = [line.format(etag=etag) for line in fields]
            lines["bare"] = lines["ours"]
            head, body = ask(port, path, lines["ours"])
            (folder / f"{index}.head").write_text(head)
            (folder / f"{index}.body").write_bytes(body)
            bare_port = free_port()
            address = f"127.0.0.1:{bare_port}"
            server = start([bare, address, f"{folder}/{index}.head", f"{folder}/{index}.body"], bare_port)
            ports = {"ours": port, "bare": bare_port, "nginx": nginx_port}
            seen = {who: [] for who in ports}
            for _ in range(rounds):
                for who, where in ports.items():
                    seen[who].append(load(where, path, lines[who], seconds))
            server.terminate()
            rate = {who: statistics.median(it[0] for it in them) for who, them in seen.items()}
            late = {who: statistics.median(it[1] for it in them) for who, them in seen.items()}
            print(
                f"{name:24}{rate['ours']:9.0f}{rate['bare']:9.0f}{rate['nginx']:9.0f}"
                f"{rate['ours'] / rate['bare']:7.2f}{rate['ours'] / rate['nginx']:7.2f}"
                f"{late['ours']:14.2f}{late['bare']:7.2f}{late['nginx']:7.2f}",
                flush=True,
            )
    finally:
        for process in running:
            process.terminate()


main()
