#!/usr/bin/env python3
"""Besieges a running server with slow clients while an ordinary one reads on, and times who is let go when.

    tests/hostile/slow.py ADDRESS:PORT PID [COUNT]

COUNT connections (500) of each of six kinds stand at once. The ordinary client may meet no failure; then quick
connections come, 3 times 10,000, and the memory of process PID is compared with what it was. The exit code tells
whether everything held; figures are printed either way.
"""

import asyncio
import resource
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


async def hold(kind, sent, limit, ended):
    """Waits until the server hangs up, sending a byte a second where that is what makes the kind slow."""
    begin = time.monotonic()
    reader, writer = await asyncio.open_connection(HOST, PORT, limit=1024)

    async def trickle():
        while True:
            await asyncio.sleep(1)
            writer.write(b"x")

    async def until_closed():
        if kind == "slow read":
            # Takes nothing beyond its small buffer, and looks at last whether anybody is still there.
            await asyncio.sleep(limit - 8)
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


async def ordinary(over, seen):
    """One request after the other on one connection; how long each took, in milliseconds, or None."""
    reader = writer = None
    while not over.is_set():
        begin = time.monotonic()
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection(HOST, PORT)
            writer.write(GET)
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await asyncio.wait_for(reader.readexactly(length), 10)
            seen.append((time.monotonic() - begin) * 1000 if b" 200 " in head[:15] else None)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError):
            seen.append(None)
            writer = None
        await asyncio.sleep(0.02)


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
    before = resident()
    good, over, seen = True, asyncio.Event(), []
    reader = asyncio.create_task(ordinary(over, seen))
    ended = {kind: [] for kind in KINDS}
    holding = [
        hold(kind, sent, limit, ended[kind]) for kind, (sent, limit) in KINDS.items() for _ in range(COUNT)
    ]
    await asyncio.gather(*holding, return_exceptions=True)
    over.set()
    await reader
    for kind, times in ended.items():
        good &= len(times) == COUNT
        print(f"{kind:20}{len(times):5} of {COUNT} closed, the last after {max(times, default=0):5.1f} s")
    times = sorted(it for it in seen if it is not None)
    failed = len(seen) - len(times)
    p99 = times[int(len(times) * 0.99)] if times else float("inf")
    good &= failed == 0
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
