"""Draws icon.png, the icon of the packages: a learning rate that gives and takes, over a ground of one colour. Needs Python alone."""

import math
import pathlib
import struct
import zlib

SIZE, FINE, CORNER = 128, 4, 22
GROUND, LINE = (38, 50, 84), (255, 183, 77)


def rate(x):
    """One cycle: up, down, and out, all of them in 0..1."""
    if x < 0.35:
        return 0.12 + 0.88 * (1 - math.cos(math.pi * x / 0.35)) / 2
    return 0.88 * (1 + math.cos(math.pi * (x - 0.35) / 0.65)) / 2 + 0.12


CURVE = [(22 + 84 * i / 400, 104 - 80 * (rate(i / 400) - 0.05)) for i in range(401)]


def is_ground(x, y):
    dx, dy = (max(CORNER - v, v - (SIZE - CORNER), 0) for v in (x, y))
    return dx * dx + dy * dy <= CORNER * CORNER


def is_line(x, y):
    near = CURVE[max(0, int((x - 30) / 84 * 400)) : max(0, int((x - 14) / 84 * 400) + 1)]
    return any((x - a) ** 2 + (y - b) ** 2 <= 25 for a, b in near)


def pixel(column, row):
    points = [(column + (i + 0.5) / FINE, row + (j + 0.5) / FINE) for i in range(FINE) for j in range(FINE)]
    inside = [LINE if is_line(*point) else GROUND for point in points if is_ground(*point)]
    if not inside:
        return bytes(4)
    return bytes([round(sum(colour[k] for colour in inside) / len(inside)) for k in range(3)] + [round(255 * len(inside) / len(points))])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + b"".join(pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
image = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0))
image += chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
pathlib.Path(__file__).with_name("icon.png").write_bytes(image)
