#!/usr/bin/env python3
"""Prints methods beside the best of a grid, cell by cell and then part by part, in points of test accuracy.

usage: ./compare.py [--brief] [--worst N] GRID.jsonl METHOD=RUNS.jsonl[:NAME]...

The files are of ./train, with names PART/CELL/METHOD/SEED. The grid is what it has as lrRATE; a method is what RUNS.jsonl has as NAME, which
is METHOD where it is left out. --brief leaves out the cells; --worst N prints the N worst cells of each method.

Two distances are printed. The first is to the rate that is best on average over the very seeds it is judged by, which nobody could have
chosen; the second, in parentheses, to the rate that is best on the other seeds, seed by seed, where the grid has two seeds or more.
"""
import argparse
import json
import statistics
from collections import defaultdict


def read(path):
    """(part, cell) -> method -> seed -> run."""
    cells = defaultdict(lambda: defaultdict(dict))
    with open(path, encoding="utf-8") as file:
        for line in file:
            run = json.loads(line)
            part, cell, method, seed = run["name"].split("/")
            cells[part, cell][method][seed] = run
    return cells


def number(run, key):
    value = (run["summary"] or {}).get(key)
    return value if isinstance(value, (int, float)) else 0


def accuracy(run):
    # A run that was never evaluated counts as the worst: 0.
    return 100 * number(run, "test_accuracy")


def mean(runs):
    return statistics.mean(accuracy(run) for run in runs)


def to_others(grid, runs):
    """How far runs are from the rate that is best on the other seeds; None with a grid of one seed."""
    seeds = set.intersection(*(set(by_seed) for by_seed in grid.values()))
    gaps = []
    for seed in sorted(seeds & set(runs)) if len(seeds) > 1 else []:
        best = max(grid, key=lambda rate: mean(grid[rate][other] for other in sorted(seeds - {seed})))
        gaps.append(accuracy(runs[seed]) - accuracy(grid[best][seed]))
    return statistics.mean(gaps) if gaps else None


class Cell:
    """A method in a cell, beside the grid."""

    def __init__(self, key, grid, runs):
        self.name = "/".join(key)
        self.runs = list(runs.values())
        means = {rate: mean(by_seed.values()) for rate, by_seed in grid.items()}
        self.best = max(means, key=means.get)
        self.reached = means[self.best]
        self.gap = mean(self.runs) - self.reached
        self.honest = to_others(grid, runs)

    def __str__(self):
        peaks = [number(run, "peak_learning_rate") for run in self.runs]
        shown = " ".join(f"{peak:.2g}" for peak in peaks) if len(peaks) <= 4 else f"{statistics.median(peaks):.2g} ({len(peaks)})"
        back = sum(number(run, "rollbacks") for run in self.runs)
        return f"{self.gap:+6.2f}{optional(self.honest)} [{shown}]" + (f" back {back}" if back else "")


def optional(value):
    return "" if value is None else f" ({value:+.2f})"


def summary(cells):
    gaps = sorted(cell.gap for cell in cells)
    runs = [run for cell in cells for run in cell.runs]
    text = f"mean {statistics.mean(gaps):+.2f} median {statistics.median(gaps):+.2f} worst {' '.join(f'{gap:+.2f}' for gap in gaps[:3])}"
    text += f" under -1: {sum(gap < -1 for gap in gaps)} of {len(gaps)}"
    honest = [cell.honest for cell in cells if cell.honest is not None]
    if honest:
        text += f"; to the best on other seeds mean {statistics.mean(honest):+.2f} median {statistics.median(honest):+.2f}"
    text += f"; rolled back {sum(number(run, 'rollbacks') > 0 for run in runs)} of {len(runs)}"
    found = [run["summary"]["rehearsal"] for run in runs if run["summary"] and run["summary"].get("rehearsal")]
    if found:
        share, seconds = ([rehearsal[key] for rehearsal in found] for key in ("share", "seconds"))
        text += f"; probing median {statistics.median(share):.2f} {statistics.median(seconds):.2f} s, most {max(share):.2f} {max(seconds):.2f} s"
    return text


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--brief", action="store_true")
parser.add_argument("--worst", type=int, default=0, metavar="N")
parser.add_argument("grid", metavar="GRID.jsonl")
parser.add_argument("methods", metavar="METHOD=RUNS.jsonl[:NAME]", nargs="+")
arguments = parser.parse_args()

grids = {}
for key, methods in sorted(read(arguments.grid).items()):
    grid = {float(method[2:]): runs for method, runs in methods.items() if method.startswith("lr")}
    if grid:
        grids[key] = grid
found = {}
for item in arguments.methods:
    label, is_given, source = item.partition("=")
    if not is_given:
        parser.error(f"'{item}' is not METHOD=RUNS.jsonl[:NAME]")
    path, _, name = source.partition(":")
    cells = read(path)
    found[label] = {key: Cell(key, grids[key], cells[key][name or label]) for key in grids if cells[key][name or label]}
    if not found[label]:
        parser.error(f"{path} has no run of '{name or label}' in a cell of {arguments.grid}")

for key, grid in grids.items():
    row = [str(of[key]) if key in of else "" for of in found.values()]
    if any(row) and not arguments.brief:
        means = {rate: mean(runs.values()) for rate, runs in grid.items()}
        best = max(means, key=means.get)
        print(" | ".join([f"{'/'.join(key):44} {means[best]:6.2f} at {best:<7g} median {statistics.median(means.values()):6.2f}", *row]))
for part in sorted({part for part, _ in grids}):
    for label, of in found.items():
        cells = [cell for key, cell in of.items() if key[0] == part]
        if cells:
            print(f"{part:9} {label:12} {summary(cells)}")
for label, of in found.items() if arguments.worst > 0 else []:
    print(f"worst of {label}:")
    for cell in sorted(of.values(), key=lambda cell: cell.gap)[:arguments.worst]:
        print(f"  {cell.name:44} {cell.reached:6.2f} at {cell.best:<7g} {cell}")
