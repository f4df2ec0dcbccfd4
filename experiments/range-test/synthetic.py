#!/usr/bin/env python3
"""Writes curves that are known: usage: synthetic.py FOLDER. A fall's middle, where there is one, stands in the file's name as a power of ten."""
import math
import random
import sys


def curve(draw, kind, noise):
    decades, count = draw.uniform(5, 8), draw.choice((100, 200, 400))
    begins = draw.uniform(0.1, 0.45) * decades
    ends = begins + draw.uniform(0.15, 0.35) * decades
    cliff = ends + draw.uniform(0, 0.15) * decades
    high = draw.choice((0.69, 2.3, 4.6))
    depth = high * draw.uniform(0.3, 0.95)
    rows = []
    for i in range(count):
        at = decades * i / (count - 1)
        done = min(max((at - begins) / (ends - begins), 0), 1)
        loss = high
        if kind in ("valley", "nan", "falling"):
            loss -= depth * (1 - math.cos(math.pi * done)) / 2
        if kind in ("valley", "nan") and at > cliff:
            loss += 0.3 * depth * (math.exp(min(4 * (at - cliff), 20)) - 1)
        if kind == "rising":
            loss += 0.3 * depth * (math.exp(min(at, 20)) - 1)
        loss += noise * depth * draw.gauss(0, 1)
        if kind == "nan" and at > cliff:
            loss = math.nan
        if kind == "falling" and at > (begins + ends) / 2:
            break
        rows.append((i + 1, 10 ** (at - 6), loss))
    return rows, (begins + ends) / 2 - 6


for kind, count in (("valley", 20), ("nan", 5), ("flat", 5), ("rising", 5), ("falling", 5)):
    for number in range(count):
        draw = random.Random(f"{kind} {number}")
        rows, middle = curve(draw, kind, noise=0.2 * number / count if kind != "flat" else 0.05 + 0.05 * number)
        known = f"{middle:.3f}" if kind in ("valley", "nan") else "none"
        with open(f"{sys.argv[1]}/synthetic-{kind}-{number}_{known}.csv", "w", encoding="ascii") as file:
            file.write("iteration,learning_rate,loss\n")
            file.writelines(f"{i},{rate!r},{'NaN' if math.isnan(loss) else repr(loss)}\n" for i, rate, loss in rows)
