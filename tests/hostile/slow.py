#!/usr/bin/env python3
"""Besieges a running server with slow clients while an ordinary one reads on, and times who is let go when.

    tests/hostile/slow.py ADDRESS:PORT PID [COUNT]

COUNT connections (500) of each of six kinds stand at once. The ordinary client may meet no failure; then quick
connections come, 3 times 10,000, and the memory of process PID is compared with what it was. The exit code tells
whether everything held; figures are printed either way.
"""

import asyncio
import multiprocessing
import os
import pathlib
import resource
import socket
import sys
import time

HOST, PORT = sys.argv[1].rsplit(":", 1)
PID = sys.argv[2]
COUNT = int((sys.argv[3:] or ["500"])[0])
GET = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"

# What is sent, and in how many seconds the server has to hang up (its limit, and some for a busy machine).
KINDS = {
    "nothing sent": (b"", 15),
    "slow request line": (b"GET /", 15),
    "slow head": (b"GET / HTTP/1.1\r\nhost: localhost\r\nx: ", 15),
    "slow body": (b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000\r\n\r\n", 15),
    "idle keep-alive": (GET, 80),
    "slow read": (GET * 2000, 70),
}


def resident():
    """Megabytes."""
    with open(f"/proc/{PID}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def sockets():
    """How many the server has open."""
    count = 0
    for it in pathlib.Path(f"/proc/{PID}/fd").iterdir():
        try:
            count += "socket:" in os.readlink(it)
        except FileNotFoundError:
            pass  # Closed while this looked.
    return count


async def hold(kind, sent, limit, ended):
    """Waits until the server hangs up, sending a byte a second where that is what makes the kind slow."""
    begin = time.monotonic()
    if kind == "slow read":
        # Takes nothing at all, and so does not see the end either: the server's own list of files tells of it.
        with socket.create_connection((HOST, PORT)) as stream:
            stream.sendall(sent)
            await asyncio.sleep(limit)
        return
    reader, writer = await asyncio.open_connection(HOST, PORT)

    async def trickle():
        while True:
            await asyncio.sleep(1)
            writer.write(b"x")

    async def until_closed():
        while await reader.read(65536):
            pass

    slow = None
    try:
        writer.write(sent)
        if kind in ("slow head", "slow request line", "slow body"):
            slow = asyncio.create_task(trickle())
        await asyncio.wait_for(until_closed(), limit)
        ended.append(time.monotonic() - begin)
    except asyncio.TimeoutError:
        pass
    except OSError:
        ended.append(time.monotonic() - begin)
    finally:
        if slow:
            slow.cancel()
        writer.transport.abort()


def ordinary(over, result):
    """One request after the other; how long each took, in milliseconds, or None. A process of its own, so that it
    measures the server and not the crowd beside it."""
    seen, stream = [], None
    while not over.is_set():
        begin = time.monotonic()
        try:
            if stream is None:
                stream = socket.create_connection((HOST, int(PORT)), 10)
            stream.sendall(GET)
            answer = stream.recv(65536)
            while b"\r\n\r\n" not in answer:
                answer += stream.recv(65536)
            head, _, body = answer.partition(b"\r\n\r\n")
            left = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]) - len(body)
            while left > 0:
                left -= len(stream.recv(65536)) or 1 << 40
            seen.append((time.monotonic() - begin) * 1000 if left == 0 and b" 200 " in head[:15] else None)
        except (OSError, IndexError):
            seen.append(None)
            stream = None
        time.sleep(0.02)
    result.put(seen)


async def quick(count, width=200):
    """The failures among so many connections with one request each."""
    failures, left = 0, iter(range(count))

    async def work():
        nonlocal failures
        for _ in left:
            try:
                reader, writer = await asyncio.open_connection(HOST, PORT)
                writer.write(GET.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n"))
                answer = await asyncio.wait_for(reader.read(-1), 30)
                failures += not answer.startswith(b"HTTP/1.1 200 ")
                writer.close()
            except (OSError, asyncio.TimeoutError):
                failures += 1

    await asyncio.gather(*(work() for _ in range(width)))
    return failures


async def main():
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    await quick(2000)
    # The smaller forms of every page are made meanwhile.
    await asyncio.sleep(15)
    before, idle = resident(), sockets()
    good, over, result = True, multiprocessing.Event(), multiprocessing.Queue()
    reader = multiprocessing.Process(target=ordinary, args=(over, result))
    reader.start()
    ended = {kind: [] for kind in KINDS}
    holding = [
        hold(kind, sent, limit, ended[kind]) for kind, (sent, limit) in KINDS.items() for _ in range(COUNT)
    ]
    await asyncio.gather(*holding, return_exceptions=True)
    # Those that were let go last are seen to end by their clients before the server has put them away.
    await asyncio.sleep(1)
    held = sockets() - idle
    over.set()
    seen = result.get()
    reader.join()
    del ended["slow read"]
    for kind, times in ended.items():
        good &= len(times) == COUNT
        print(f"{kind:20}{len(times):5} of {COUNT} closed, the last after {max(times, default=0):5.1f} s")
    print(f"connections that the server still holds, those of slow readers among them: {held}")
    good &= held <= 1
    times = sorted(it for it in seen if it is not None)
    failed = len(seen) - len(times)
    p99 = times[int(len(times) * 0.99)] if times else float("inf")
    good &= failed == 0 and p99 < 10
    print(f"ordinary client: {len(seen)} requests, {failed} failed, p50 {times[len(times) // 2]:.1f} ms, p99 {p99:.1f} ms")
    for _ in range(3):
        failed = await quick(10_000)
        good &= failed == 0
        print(f"10,000 quick connections: {failed} failed")
    await asyncio.sleep(2)
    after = resident()
    good &= after - before < 10
    print(f"memory: {before:.1f} MB before, {after:.1f} MB afterwards")
    sys.exit(0 if good else 1)


asyncio.run(main())
