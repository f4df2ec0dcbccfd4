#!/usr/bin/python3
"""Times a step of PyTorch's schedulers over an optimizer with one parameter; prints one JSON object: nanoseconds a step by name."""
import argparse
import json
import math
import platform
import statistics
import time
import warnings

import torch
from torch.optim import lr_scheduler


def warmup_then_cosine(optimizer, steps):
    warmup = steps // 10
    linear = lr_scheduler.LinearLR(optimizer, start_factor=1e-3, total_iters=warmup)
    cosine = lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps - warmup)
    return lr_scheduler.SequentialLR(optimizer, [linear, cosine], milestones=[warmup])


def warmup_then_cosine_lambda(optimizer, steps):
    warmup = steps // 10

    def factor(step):
        return step / warmup if step < warmup else 0.5 * (1 + math.cos(math.pi * (step - warmup) / (steps - warmup)))

    return lr_scheduler.LambdaLR(optimizer, factor)


KINDS = {
    "SequentialLR([LinearLR, CosineAnnealingLR])": warmup_then_cosine,
    "LambdaLR": warmup_then_cosine_lambda,
}


def nanoseconds_a_step(make, steps):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
    scheduler = make(optimizer, steps)
    optimizer.step()  # what the scheduler wants to see before its first step
    began = time.perf_counter_ns()
    for _ in range(steps - 1):
        scheduler.step()
    return (time.perf_counter_ns() - began) / (steps - 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    times = {name: statistics.median(nanoseconds_a_step(make, args.steps) for _ in range(args.rounds)) for name, make in KINDS.items()}
    print(json.dumps({"torch": torch.__version__, "python": platform.python_version(), "nanoseconds": times}))


main()
