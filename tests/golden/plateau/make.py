#!/usr/bin/python3
"""Writes the golden data of ReduceOnPlateau: what PyTorch's ReduceLROnPlateau makes of random series of losses.

Run it with a Python that has PyTorch; the file beside it is its output (made with PyTorch 1.13).
reduce-on-plateau.jsonl   120 random settings, one a line: the arguments, "losses", and "lr", the rate after each of them

Numbers are the shortest decimals that read back as the same double; losses that are not finite are strings.
"""
import json
import math
import pathlib
import random
import warnings

import torch
from torch.optim.lr_scheduler import ReduceLROnPlateau

FOLDER = pathlib.Path(__file__).parent
SETTINGS = 120
warnings.simplefilter("ignore")


def losses(draw, count):
    """Falls, stays, rises again: pieces of random slope with noise, rounded so that equal losses occur; a few are not finite."""
    kind, level, noise = draw.choice(["falling", "pieces", "flat", "rounded"]), draw.choice([2.3, 2.3, 0.01, -1.0, 300.0]), draw.choice([0, 1e-5, 0.01, 0.3])
    slope, series = -abs(level) * draw.choice([0.05, 0.02]), []
    for _ in range(count):
        if kind == "pieces" and draw.random() < 0.08:
            slope = abs(level) * draw.choice([-0.1, -0.02, -1e-4, 0, 0.05])
        if kind != "flat":
            level += slope
            slope *= 0.8 if kind in ("falling", "rounded") else 1
        value = float(f"{level + noise * draw.gauss(0, 1):.6g}")
        series.append(round(value, 2) if kind == "rounded" else value)
        if draw.random() < 0.02:
            series[-1] = draw.choice([math.nan, math.nan, math.inf, 1e300])
    return series


def setting(draw):
    given = {
        "factor": draw.choice([0.1, 0.5, round(draw.uniform(0.05, 0.95), 3)]),
        "patience": draw.choice([0, 1, 2, 3, 5, 10]),
        "threshold": draw.choice([1e-4, 0, 1e-2, 0.1]),
        "threshold_mode": draw.choice(["rel", "abs"]),
        "cooldown": draw.choice([0, 0, 1, 2, 5]),
        "min_lr": draw.choice([0, 0, 1e-3, 0.05]),
        "eps": draw.choice([1e-8, 1e-8, 1e-8, 1e-3])}
    lr = float(f"{10 ** draw.uniform(-3, 0):.4g}")
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr)
    scheduler = ReduceLROnPlateau(optimizer, **given)
    series, rates = losses(draw, draw.randint(40, 150)), []
    for loss in series:
        scheduler.step(loss)
        rates.append(float(optimizer.param_groups[0]["lr"]))
    return {"initial_lr": lr, **given, "losses": [x if math.isfinite(x) else {math.inf: "Infinity"}.get(x, "NaN") for x in series], "lr": rates}


draw = random.Random("reduce-on-plateau")
with open(FOLDER / "reduce-on-plateau.jsonl", "w", encoding="utf-8") as file:
    for _ in range(SETTINGS):
        file.write(json.dumps(setting(draw), separators=(",", ":")) + "\n")
