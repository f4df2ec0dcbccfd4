#!/usr/bin/env python3
"""Runs --lr one-cycle on ten other tasks, and one-cycle with a ninth, a third, three and nine times the maximum that it found. usage: MNIST=DIR ./elsewhere.py FOLDER"""
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

RUBATO = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "rubato")
MNIST = ["--data", "mnist:" + os.environ["MNIST"]]
NORMED = MNIST + ["--network", "mlp(256, 128, norm batch)", "--epochs", "5"]
TASKS = {f"normed mlp, {name}": NORMED + ["--optimizer", name] for name in ("nesterov", "adam", "rmsprop", "adagrad", "adadelta", "lamb")}
TASKS |= {
    "normed mlp, sgd, batch 1,024": NORMED + ["--batch", "1024"],
    "mlp, adamw": MNIST + ["--network", "mlp(256, 128)", "--epochs", "5", "--optimizer", "adamw"],
    "convnet, sgd, 10,000 samples, 4 epochs": MNIST + ["--network", "convnet", "--train-samples", "10000", "--epochs", "4"],
    "glyphs, mlp(128), sgd, batch 64, 10 epochs": ["--data", "glyphs", "--network", "mlp(128)", "--epochs", "10", "--batch", "64"],
}
WITHOUT_MOMENTUM = ("rmsprop", "adagrad", "adadelta")


def run(name, flags):
    folder = os.path.join(sys.argv[1], name)
    if not os.path.exists(os.path.join(folder, "summary.json")):
        command = [RUBATO, "train", *flags, "--threads", "1", "--quiet", "--out", sys.argv[1], "--name", name]
        subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    with open(os.path.join(folder, "summary.json"), encoding="utf-8") as file:
        summary = json.load(file)
    accuracy = summary["test_accuracy"]
    # A run that diverged in its first epoch was never evaluated: it counts as a guess.
    return 100 * accuracy if isinstance(accuracy, float) else 10.0, summary


def row(task):
    name = "".join(c if c.isalnum() else "-" for c in task)
    flags = TASKS[task]
    found, summary = run(f"{name}-found", flags + ["--lr", "one-cycle"])
    peak = summary["range_test"]["max_lr"]
    momentum = [] if any(word in task for word in WITHOUT_MOMENTUM) else ["--momentum", "one-cycle-momentum(0.85..0.95)"]
    others = [run(f"{name}-x{factor:.2f}", flags + momentum + ["--lr", f"one-cycle({peak * factor!r})"])[0] for factor in (1 / 9, 1 / 3, 3, 9)]
    cells = [f"{value:.2f}" for value in others]
    return f"| {task} | {peak:.2g} | {cells[0]} | {cells[1]} | **{found:.2f}** | {cells[2]} | {cells[3]} | {found - max(found, *others):.2f} |"


print("| task | found | a ninth | a third | found | three times | nine times | found less best |\n|---|---|---|---|---|---|---|---|")
with ThreadPoolExecutor(2) as pool:
    for line in pool.map(row, TASKS):
        print(line, flush=True)
