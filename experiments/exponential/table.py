#!/usr/bin/env python3
"""Prints the tables of README.md from the run folders.

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


def main(folders):
    print("| task | plan | form | seeds | accuracy % | to decay, by seed | mean | spread of the seeds of decay | largest rate |")
    print("|---|---|---|---|---|---|---|---|---|")
    for (task, plan), forms in sorted(runs(folders).items()):
        decay = {seed: 100 * run["test_accuracy"] for seed, run in forms.get("decay", {}).items()}
        for form, seeds in forms.items():
            accuracy = {seed: 100 * run["test_accuracy"] for seed, run in seeds.items()}
            shared = sorted(set(accuracy) & set(decay))
            apart = [accuracy[seed] - decay[seed] for seed in shared]
            cells = [task, plan, form, str(len(accuracy)), " ".join(f"{accuracy[seed]:.2f}" for seed in sorted(accuracy))]
            if form == "decay":
                cells += ["", f"{statistics.mean(accuracy.values()):.2f}", f"{max(decay.values()) - min(decay.values()):.2f}", ""]
            else:
                home = next(folder for folder in folders if (pathlib.Path(folder) / task / f"{plan}-s{min(accuracy)}-{form}").is_dir())
                cells += [
                    " ".join(f"{value:+.2f}" for value in apart),
                    f"{statistics.mean(accuracy.values()):.2f}",
                    "",
                    f"10^{largest_rate(home, task, plan, min(accuracy), form):.1f}",
                ]
            print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: table.py FOLDER [FOLDER ...]")
    main(sys.argv[1:])
