#!/usr/bin/env python3
"""Prints the accuracy of each setting, the mean of its seeds. usage: ./table.py FOLDER"""
import glob
import json
import os
import statistics
import sys

found = {}
for path in sorted(glob.glob(os.path.join(sys.argv[1], "*", "*-s*", "summary.json"))):
    task, run = path.split(os.sep)[-3:-1]
    with open(path, encoding="utf-8") as file:
        summary = json.load(file)
    accuracy = summary["test_accuracy"]
    # A run that diverged in its first epoch was never evaluated: it counts as a guess.
    accuracy = 100 * accuracy if isinstance(accuracy, float) else 10.0
    test = summary.get("range_test") or {}
    found.setdefault(task, {}).setdefault(run.rsplit("-s", 1)[0], []).append((accuracy, test.get("max_lr")))

print("| task | setting | test accuracy of each seed, % | mean | max_lr found |\n|---|---|---|---|---|")
for task, settings in found.items():
    for name, runs in settings.items():
        seeds = " ".join(f"{accuracy:.2f}" for accuracy, _ in runs)
        rates = " ".join(f"{rate:.2g}" for _, rate in runs if rate is not None)
        print(f"| {task} | {name} | {seeds} | {statistics.mean(accuracy for accuracy, _ in runs):.2f} | {rates} |")
