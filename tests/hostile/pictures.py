#!/usr/bin/env python3
"""Broken, mislabelled, enormous and hostile pictures: every one is a located problem, or shown; none takes the program down.

    tests/hostile/pictures.py target/release/showcase [FOLDER]

Lays a site with some hundred of them into FOLDER (a temporary one otherwise) and checks it. It fails where the program
panics, passes over a picture that cannot be shown, or takes more than 200 MB.
"""

import gzip
import json
import resource
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

LIMIT = 200 << 20


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width, height, body=None, depth=8, colour=2, extra=b""):
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    if body is None:
        body = zlib.compress((b"\0" + b"\x60" * 3 * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg(width, height):
    """Headers of a JPEG, with the beginning of its pixels."""
    quant = b"\xff\xdb\0\x43\0" + b"\x10" * 64
    frame = b"\xff\xc0\0\x11\x08" + struct.pack(">HH", height, width) + b"\3\1\x11\0\2\x11\0\3\x11\0"
    codes = b"".join(
        b"\xff\xc4" + struct.pack(">H", 20) + bytes([table]) + b"\1" + b"\0" * 15 + b"\0" for table in (0, 16)
    )
    scan = b"\xff\xda\0\x0c\3\1\0\2\0\3\0\0\x3f\0" + b"\0" * 400
    return b"\xff\xd8" + quant + frame + codes + scan + b"\xff\xd9"


def gif(width, height, frames=1):
    frame = b",\0\0\0\0" + struct.pack("<HH", width, height) + b"\0\2\2\x84Q\0"
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0\xff\0\0\0\0\xff" + frame * frames + b";"


def webp(width, height):
    head = struct.pack("<I", (width - 1) | (height - 1) << 14)
    body = b"VP8L" + struct.pack("<I", 5) + b"\x2f" + head + b"\0"
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def avif(width, height):
    ispe = struct.pack(">I4sIII", 20, b"ispe", 0, width, height)
    return struct.pack(">I4s4sI4s", 20, b"ftyp", b"avif", 0, b"avif") + struct.pack(">I4s", len(ispe) + 8, b"meta") + ispe


def svg(inner, head="", root=""):
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 60"{root}>{inner}</svg>'.encode()


def pictures():
    good = png(40, 30)
    zeros = zlib.compressobj(9)
    bomb = b"".join(zeros.compress(bytes(1 << 20)) for _ in range(400)) + zeros.flush()
    yield from {
        "30000.png": png(30000, 30000, zlib.compress(b"\0" * 1000)),
        "30001.png": png(30001, 1, zlib.compress(b"\0" * 1000)),
        "none.png": png(0, 0, zlib.compress(b"")),
        "bomb.png": png(64, 64, bomb),
        "wide-bomb.png": png(6300, 6300, bomb),
        "sixteen-bit.png": png(4000, 3000, bomb, depth=16, colour=6),
        "text-bomb.png": png(9, 9, extra=chunk(b"zTXt", b"a\0\0" + bomb)),
        "profile-bomb.png": png(9, 9, extra=chunk(b"iCCP", b"a\0\0" + bomb)),
        "frames.png": png(9, 9, extra=chunk(b"acTL", struct.pack(">II", 1 << 30, 0))),
        "gzip.png": gzip.compress(bytes(50 << 20)),
        "trailing.png": good + bytes(1 << 20),
        "wrong-sum.png": good[:-5] + b"\0" + good[-4:],
        "30000.jpg": jpeg(30000, 30000),
        "65535.jpg": jpeg(65535, 65535),
        "none.jpg": jpeg(0, 0),
        "thin.jpg": jpeg(30000, 1),
        "large.jpg": jpeg(7000, 7000),
        "30000.gif": gif(30000, 30000),
        "65535.gif": gif(65535, 65535, frames=2),
        "frames.gif": gif(2, 2, frames=20000),
        "16384.webp": webp(16384, 16384),
        "30000.avif": avif(30000, 30000),
        "none.avif": avif(0, 0),
        "page.png": b"<!DOCTYPE html><script>alert(1)</script>",
        "shell.jpg": b"#!/bin/sh\nrm -rf /\n",
        "zip.jpg": b"PK\3\4" + bytes(400),
        "named.jpg": good,
        "named.gif": jpeg(9, 9),
        "heic.jpg": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "film.jpg": b"\0\0\0\x18ftypqt  \0\0\0\0qt  ",
        "empty.jpg": b"",
        "zeros.jpg": bytes(3 << 20),
    }.items()
    for name, whole in {"png": good, "gif": gif(2, 2), "webp": webp(9, 9), "jpg": jpeg(64, 64)}.items():
        for part in range(1, 8):
            yield f"cut-{part}.{name}", whole[: len(whole) * part // 8]
        for at in range(8, len(whole), max(1, len(whole) // 8)):
            yield f"flipped-{at}.{name}", whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
    lol = "".join('<!ENTITY l{} "{}">'.format(i, f"&l{i - 1};" * 10) for i in range(1, 12))
    many = " ".join(f"a{i}='1'" for i in range(30000))
    use = '<use xlink:href="#u{}"/>'
    uses = "".join(f'<g id="u{i}">{use.format(i - 1) * 10}</g>' for i in range(1, 9))
    yield from {
        "entities.svg": svg("<desc>&l11;</desc>", f'<!DOCTYPE svg [<!ENTITY l0 "ha">{lol}]>'),
        "long-entity.svg": svg("<desc>" + "&a;" * 20000 + "</desc>", f'<!DOCTYPE svg [<!ENTITY a "{"ha" * 9000}">]>'),
        "file-entity.svg": svg("<text>&a;</text>", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "cycle-use.svg": svg('<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g>'),
        "cycle-mask.svg": svg('<mask id="a" mask="url(#a)"><rect width="9" height="9" mask="url(#a)"/></mask><rect width="9" height="9" mask="url(#a)"/>'),
        "cycle-pattern.svg": svg('<pattern id="a" width="9" height="9"><rect width="9" height="9" fill="url(#a)"/></pattern><rect width="9" height="9" fill="url(#a)"/>'),
        "use-bomb.svg": svg(f'<path id="u0" d="M0 0h9v9z"/>{uses}'),
        "deep.svg": svg("<g>" * 50000 + "</g>" * 50000),
        "large.svg": svg('<rect width="9" height="9"/>').replace(b"0 0 90 60", b"0 0 1e30 1e30"),
        "filter.svg": svg('<filter id="a" x="-9e9" y="-9e9" width="2e10" height="2e10"><feGaussianBlur stdDeviation="9e9"/></filter><rect width="9" height="9" filter="url(#a)"/>'),
        "dashes.svg": svg('<path d="M0 0H1e6" stroke="red" stroke-dasharray="1e-6"/>'),
        "file-image.svg": svg('<image width="9" height="9" xlink:href="/etc/passwd"/><image width="9" height="9" xlink:href="file:///etc/passwd"/>'),
        "self-image.svg": svg('<image width="9" height="9" xlink:href="self-image.svg"/>'),
        "script.svg": svg("<script>alert(1)</script><rect width='9' height='9' onclick='alert(1)'/>"),
        "unclosed.svg": svg("<g>")[:-12],
        "empty.svg": b"",
        "latin.svg": svg("<desc>\u00e9</desc>").decode().encode("latin-1"),
        "nul.svg": svg("<desc>\0</desc>"),
        "attributes.svg": svg(f"<rect {many}/>"),
    }.items()


def main():
    program = Path(sys.argv[1]).resolve()
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp())
    (folder / "recap").mkdir(parents=True, exist_ok=True)
    (folder / "event.yaml").write_text("id: x\nname: X\ndate: 2024-10-10\nlanguages: [en]\n")
    names = []
    for name, body in pictures():
        (folder / "recap" / name).write_bytes(body)
        names.append(name)
    (folder / "recap/en.md").write_text("".join(f"![A picture]({name})\n\n" for name in names))
    command = [program, "--content", folder, "--cache", folder.with_name(folder.name + "-cache"), "check", "--format", "json"]
    done = subprocess.run(command, capture_output=True, timeout=300)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    problems = json.loads(done.stdout)
    told = {it["file"].split("/")[-1] for it in problems if it["file"].startswith("recap/") and it["file"] != "recap/en.md"}
    print(f"{len(names)} pictures, {len(problems)} problems, {peak >> 20} MiB, exit {done.returncode}")
    print("nothing is said of:", ", ".join(sorted(set(names) - told)))
    faults = []
    if b"panicked" in done.stderr or done.returncode != 1:
        faults.append(done.stderr.decode(errors="replace"))
    if peak > LIMIT:
        faults.append(f"{peak} bytes")
    sys.exit("\n".join(faults))


main()
