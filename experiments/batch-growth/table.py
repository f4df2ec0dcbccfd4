#!/usr/bin/env python3
"""Prints updates, accuracy and seconds of each plan, and how far each rewrite is from its plan, epoch by epoch. usage: ./table.py FOLDER"""
import csv
import glob
import json
import os
import statistics
import sys


def read(folder):
    with open(os.path.join(folder, "summary.json"), encoding="utf-8") as file:
        summary = json.load(file)
    with open(os.path.join(folder, "epochs.csv"), encoding="utf-8") as file:
        epochs = list(csv.DictReader(file))
    return {
        "accuracy": 100 * summary["test_accuracy"],
        "updates": summary["updates"],
        "seconds": summary["seconds"],
        "curve": [100 * float(epoch["test_accuracy"]) for epoch in epochs],
    }


runs = {}
for path in sorted(glob.glob(os.path.join(sys.argv[1], "*", "*-s*", "summary.json"))):
    task, name = path.split(os.sep)[-3:-1]
    plan = name.rsplit("-s", 1)[0]
    runs.setdefault((task, *plan.split("-", 1)), []).append(read(os.path.dirname(path)))

print("| task | optimizer | plan | updates | share | test accuracy of each seed, % | mean | to the plan | seconds |")
print("|---|---|---|---|---|---|---|---|---|")
for (task, optimizer, plan), seeds in sorted(runs.items(), key=lambda item: (*item[0][:2], -item[1][0]["updates"])):
    base = runs.get((task, optimizer, "decay")) or runs[task, optimizer, "fixed"]
    mean = statistics.mean(run["accuracy"] for run in seeds)
    difference = mean - statistics.mean(run["accuracy"] for run in base)
    updates = seeds[0]["updates"]
    accuracies = " ".join(f"{run['accuracy']:.2f}" for run in seeds)
    seconds = statistics.median(run["seconds"] for run in seeds)
    share = 100 * updates / base[0]["updates"]
    print(f"| {task} | {optimizer} | {plan} | {updates:,} | {share:.1f} % | {accuracies} | {mean:.2f} | {difference:+.2f} | {seconds:.0f} |")

print("\nMean accuracy after each epoch, %:\n")
for (task, optimizer, plan), seeds in sorted(runs.items()):
    points = [statistics.mean(values) for values in zip(*(run["curve"] for run in seeds))]
    print(f"| {task} | {optimizer} | {plan} | {' | '.join(f'{point:.2f}' for point in points)} |")
