"""Trains for long on small tables with wrong labels, and prints what the last and the best weights do on the test set.

Tables of 200 features, 500 rows to train on, 2,000 to test on, and two classes, a quarter of all labels changed to the other one:
  clouds  each class is a cloud; their centres differ by 1 in each of 20 features of spread 1
  plane   the sum of 10 features decides
Usage, from the repository's root, after a build: python3 experiments/best-model/run.py
"""

import json
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

FEATURES, ROWS, NOISE, SEEDS = 200, 2_500, 0.25, range(10)
WATCHED = ["validation-loss", "validation-accuracy", "test-accuracy"]
TRAIN = ["--label", "class", "--held-out", "0.8", "--network", "mlp(128)", "--optimizer", "adamw", "--lr", "1e-3",
         "--batch", "32", "--epochs", "60", "--threads", "1", "--quiet"]


def clouds(draw):
    label = draw.random() < 0.5
    row = [draw.gauss(0, 1) + (0.5 if label else -0.5) * (i < 20) for i in range(FEATURES)]
    return row, label


def plane(draw):
    row = [draw.gauss(0, 1) for _ in range(FEATURES)]
    return row, sum(row[:10]) > 0


def write(path, kind, seed):
    draw = random.Random(seed)
    with open(path, "w") as file:
        file.write(",".join(f"x{i}" for i in range(FEATURES)) + ",class\n")
        for _ in range(ROWS):
            row, label = kind(draw)
            file.write(",".join(f"{x:.4f}" for x in row) + (",yes\n" if label != (draw.random() < NOISE) else ",no\n"))


def summary(folder, seed, name, *flags):
    command = ["dotnet", "artifacts/bin/Rubato.Cli/debug/Rubato.Cli.dll", "train", "--data", f"csv:{folder / 'table.csv'}", *TRAIN,
               "--seed", str(seed), "--out", str(folder), "--name", name, *flags]
    subprocess.run(command, check=True, capture_output=True)
    return json.loads((folder / name / "summary.json").read_text())


def measure(kind, seed):
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root)
        write(folder / "table.csv", kind, seed)
        last = summary(folder, seed, "all")
        row = {"the last, of all 500 rows": (last["test_accuracy"], last["test_loss"], 60)}
        for watched in WATCHED:
            found = summary(folder, seed, watched, "--validation", "0.2", "--best", watched)
            row["the last, of 400 rows"] = (found["test_accuracy"], found["test_loss"], 60)
            best = found["best"]
            row[f"the best by {watched}"] = (best["test_accuracy"], best["test_loss"], best["epoch"])
        print(kind.__name__, seed, {name: value[0] for name, value in row.items()}, file=sys.stderr, flush=True)
        return row


def main():
    for kind in [clouds, plane]:
        rows = [measure(kind, seed) for seed in SEEDS]
        print(f"\n{kind.__name__}\n\n| weights | test accuracy | lowest to highest | test loss | epoch |\n|---|---|---|---|---|")
        for name in rows[0]:
            accuracy, loss, epoch = zip(*(row[name] for row in rows))
            print(f"| {name} | {100 * statistics.mean(accuracy):.1f} % | {100 * min(accuracy):.1f} to {100 * max(accuracy):.1f} % "
                  f"| {statistics.mean(loss):.2f} | {statistics.mean(epoch):.1f} |")


main()
