#!/usr/bin/env python3
"""Draws test accuracy against epochs and against updates, the mean of the seeds; needs matplotlib. usage: ./curves.py FOLDER FILE.svg"""
import csv
import glob
import os
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "rubato"
import matplotlib.pyplot as plt

PLANS = {"decay": "the rate decays", "grow": "grow-batch", "hybrid": "grow-batch(first 1)", "scale-grow": "scale-batch(5), grow-batch"}
STYLES = {"decay": "-", "grow": "--", "hybrid": "-.", "scale-grow": ":"}


def curves(task, plan):
    for path in sorted(glob.glob(os.path.join(sys.argv[1], task, f"sgd-{plan}-s*", "epochs.csv"))):
        with open(path, encoding="utf-8") as file:
            yield [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]


figure, axes = plt.subplots(2, 2, figsize=(10, 7))
for row, (task, title) in enumerate([("mnist", "MNIST, convnet"), ("quick", "CIFAR-10, cifar10-quick(norm batch)")]):
    for plan, label in PLANS.items():
        runs = list(zip(*curves(task, plan)))
        if not runs:
            continue
        accuracy = [100 * sum(epoch["test_accuracy"] for epoch in epochs) / len(epochs) for epochs in runs]
        axes[row][0].plot([epochs[0]["epoch"] for epochs in runs], accuracy, STYLES[plan], label=label)
        axes[row][1].plot([epochs[0]["step"] for epochs in runs], accuracy, STYLES[plan], label=label)
    axes[row][0].set(title=title, xlabel="epochs", ylabel="test accuracy, %")
    axes[row][1].set(title=title, xlabel="updates", xscale="log")
    axes[row][0].legend()
for axis in axes.flat:
    axis.grid(True, alpha=0.3)
figure.tight_layout()
figure.savefig(sys.argv[2], metadata={"Date": None})
