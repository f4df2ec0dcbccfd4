#!/usr/bin/env python3
"""Prints the comparison as a table: each method beside the best and the median of the grid. usage: ./table.py FOLDER METHOD..."""
import glob
import json
import os
import statistics
import sys

folder, methods = sys.argv[1], sys.argv[2:]
cells = {}
for path in sorted(glob.glob(os.path.join(folder, "*", "*", "s*", "summary.json"))):
    cell, method, _ = path.split(os.sep)[-4:-1]
    with open(path, encoding="utf-8") as file:
        summary = json.load(file)
    accuracy = summary["test_accuracy"]
    # A run that diverged in its first epoch was never evaluated: it counts as a guess.
    accuracy = 100 * accuracy if isinstance(accuracy, float) else 10.0
    cells.setdefault(cell, {}).setdefault(method, []).append((accuracy, summary))


def mean(runs):
    return statistics.mean(accuracy for accuracy, _ in runs)


gaps = {method: [] for method in methods}
print("| cell | best of the grid | median | " + " | ".join(methods) + " |")
print("|---|---|---|" + "---|" * len(methods))
for cell, by_method in cells.items():
    grid = {float(method[2:]): mean(runs) for method, runs in by_method.items() if method.startswith("lr")}
    if not grid:
        continue
    best = max(grid, key=grid.get)
    row = [f"{cell}", f"{grid[best]:.2f} at {best:g}", f"{statistics.median(grid.values()):.2f}"]
    for method in methods:
        runs = by_method.get(method)
        if not runs:
            row.append("")
            continue
        gap = mean(runs) - grid[best]
        gaps[method].append(gap)
        rates = ", ".join(f"{summary['peak_learning_rate']:.2g}" for _, summary in runs)
        row.append(f"{mean(runs):.2f} ({gap:+.2f}) at {rates}")
    print("| " + " | ".join(row) + " |")
for method, gap in gaps.items():
    if gap:
        print(f"{method}: mean {statistics.mean(gap):+.2f}, worst {min(gap):+.2f}, {len(gap)} cells")
        found = [s["rehearsal"] for runs in cells.values() for _, s in runs.get(method, []) if s.get("rehearsal")]
        if found:
            seconds = [s["rehearsal"]["seconds"] / s["seconds"] for runs in cells.values() for _, s in runs.get(method, [])]
            print(f"{method}: probing took {100 * statistics.mean(r['share'] for r in found):.1f} % of the samples, at most "
                  f"{100 * max(r['share'] for r in found):.1f} %; {100 * statistics.mean(seconds):.1f} % of the seconds, at most {100 * max(seconds):.1f} %")
