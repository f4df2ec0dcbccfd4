#!/usr/bin/env python3
"""Prints the figures of README.md from the run folders.

usage: table.py FOLDER [FOLDER ...]
"""
import json
import pathlib
import statistics
import sys
from collections import defaultdict


def runs(folders):
    """(task, plan) -> form -> seed -> summary, from TASK/PLAN-sSEED-FORM/summary.json."""
    found = defaultdict(lambda: defaultdict(dict))
    for folder in folders:
        for path in sorted(pathlib.Path(folder).glob("*/*/summary.json")):
            plan, seed, form = path.parent.name.split("-", 2)
            summary = json.loads(path.read_text())
            if summary["status"] != "completed":
                sys.exit(f"{path}: the run is {summary['status']}")
            found[path.parent.parent.name, plan][form][int(seed[1:])] = summary
    return found


def largest_rate(folder, task, plan, seed, form):
    """The largest exponent of the growing rate at any update."""
    with open(pathlib.Path(folder) / task / f"{plan}-s{seed}-{form}" / "steps.jsonl", encoding="utf-8") as steps:
        return max(json.loads(line).get("log10_exponential_rate", float("-inf")) for line in steps)


def error(values):
    """The standard error of a mean; empty of less than six values, whose scatter says little."""
    return f"{statistics.mean(values):+.3f} ± {statistics.stdev(values) / len(values) ** 0.5:.3f}" if len(values) > 5 else ""


def main(folders):
    print("| task | plan | form | accuracy | mean | spread of the seeds | to weight decay, by seed | on average | largest rate |")
    print("|---|---|---|---|---|---|---|---|---|")
    for (task, plan), forms in sorted(runs(folders).items()):
        decay = {seed: 100 * run["test_accuracy"] for seed, run in forms.get("decay", {}).items()}
        for form, seeds in forms.items():
            accuracy = {seed: 100 * run["test_accuracy"] for seed, run in sorted(seeds.items())}
            cells = [
                task,
                plan,
                form,
                " ".join(f"{value:.2f}" for value in accuracy.values()),
                f"{statistics.mean(accuracy.values()):.2f}",
                f"{max(accuracy.values()) - min(accuracy.values()):.2f}",
            ]
            if form == "decay":
                cells += ["", "", ""]
            else:
                apart = [accuracy[seed] - decay[seed] for seed in accuracy if seed in decay]
                home = next(folder for folder in folders if (pathlib.Path(folder) / task / f"{plan}-s{min(accuracy)}-{form}").is_dir())
                cells += [" ".join(f"{value:+.2f}" for value in apart), error(apart), f"10^{largest_rate(home, task, plan, min(accuracy), form):.1f}"]
            print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: table.py FOLDER [FOLDER ...]")
    main(sys.argv[1:])
