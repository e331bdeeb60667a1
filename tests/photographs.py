#!/usr/bin/env python3
"""Makes the photographs of tests/second-event, as a camera would write them: lying on their side, with the position.

Needs Pillow. By hand: tests/photographs.py
"""

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

CONTENT = Path(__file__).parent / "second-event"
SIZE = (1280, 854)


def light(centre, near, far):
    """A surface with the light of one lamp on it."""
    image = Image.new("RGB", (64, 43))
    for x in range(64):
        for y in range(43):
            away = min(1, (((x / 64 - centre[0]) * 1.5) ** 2 + (y / 43 - centre[1]) ** 2) ** 0.5)
            image.putpixel((x, y), tuple(round(a + (b - a) * away) for a, b in zip(near, far)))
    return image.resize(SIZE, Image.BICUBIC)


def blurred(image, radius, draw):
    """Draws something that is out of focus."""
    layer = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    draw(ImageDraw.Draw(layer))
    layer = layer.filter(ImageFilter.GaussianBlur(radius))
    image.paste(layer, (0, 0), layer)


def bowl():
    """A mended tea bowl on a table."""
    image = light((0.3, 0.2), (168, 130, 92), (38, 27, 22))
    blurred(image, 30, lambda it: it.ellipse((360, 640, 1080, 800), fill=(20, 13, 10, 210)))
    for step in range(60):
        edge = step * 4
        shade = tuple(round(a + b * step / 60) for a, b in zip((34, 46, 52), (92, 98, 92)))
        box = (330 + edge * 0.9, 250 + edge * 0.35, 1010 - edge * 1.5, 770 - edge * 1.3)
        blurred(image, 3, lambda it: it.pieslice(box, 0, 180, fill=(*shade, 255))) if step % 6 == 0 else None
    blurred(image, 2, lambda it: it.ellipse((330, 410, 1010, 612), fill=(96, 104, 102, 255)))
    blurred(image, 5, lambda it: it.ellipse((352, 428, 988, 600), fill=(28, 34, 38, 255)))
    random.seed(7)
    for start, end in [((380, 560), (560, 764)), ((700, 606), (640, 770)), ((940, 570), (800, 742)), ((700, 690), (880, 660))]:
        points = [start]
        for part in range(1, 8):
            at = [a + (b - a) * part / 8 + random.randint(-9, 9) for a, b in zip(start, end)]
            points.append(tuple(at))
        points.append(end)
        blurred(image, 2, lambda it: it.line(points, fill=(226, 176, 72, 255), width=9, joint="curve"))
    return image


def yard():
    """Lamps above a yard, in the evening."""
    image = light((0.5, 0.95), (120, 84, 60), (20, 26, 48))
    random.seed(3)
    for number in range(26):
        x, y, size = random.randint(0, 1280), random.randint(60, 520), random.randint(14, 70)
        colour = random.choice([(255, 196, 110), (255, 160, 80), (250, 226, 170)])
        blurred(image, 6, lambda it: it.ellipse((x, y, x + size, y + size), fill=(*colour, 130)))
    for x in range(40, 1280, 150):
        top = 520 + (x * 7) % 90
        blurred(image, 9, lambda it: it.rounded_rectangle((x, top, x + 96, 900), 46, fill=(16, 14, 22, 235)))
    return image


def drawer():
    """A drawer of screws, from above."""
    image = light((0.7, 0.3), (150, 140, 126), (56, 52, 50))
    random.seed(11)
    for column in range(5):
        for row in range(3):
            x, y = 40 + column * 246, 40 + row * 268
            blurred(image, 8, lambda it: it.rectangle((x, y, x + 214, y + 236), fill=(44, 38, 34, 220)))
            tone = random.choice([(176, 164, 140), (150, 112, 72), (120, 128, 134)])
            for _ in range(16):
                a, b = x + random.randint(24, 180), y + random.randint(24, 200)
                blurred(image, 1.5, lambda it: it.ellipse((a, b, a + 26, b + 26), fill=(*tone, 255)))
    return image


def take(image, path, turn, quality):
    grain = Image.effect_noise(SIZE, 9).convert("RGB")
    image = Image.blend(image, grain, 0.05)
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010E] = "53.0793N 8.8017E"
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 4.0, 45.5), 3: "E", 4: (8.0, 48.0, 6.1)})
    turns = {1: None, 3: Image.ROTATE_180, 6: Image.ROTATE_90, 8: Image.ROTATE_270}
    image = image.transpose(turns[turn]) if turns[turn] is not None else image
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, quality=quality, exif=exif, optimize=True)
    print(path, path.stat().st_size)
    assert path.stat().st_size < 30_000


take(bowl(), CONTENT / "talks/kintsugi/Schale.JPG", 6, 46)
take(yard(), CONTENT / "media/abend/hof.jpg", 8, 40)
take(drawer(), CONTENT / "media/abend/schrauben.jpg", 3, 24)
