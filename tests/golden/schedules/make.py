#!/usr/bin/python3
"""Writes the golden data of the schedules: what PyTorch's learning rate schedulers give at every step.

Run it with a Python that has PyTorch; the files beside it are its output (made with PyTorch 1.13).
SHAPE.jsonl   50 random settings of a scheduler, one a line: its arguments, "lr" (the value at step 0, 1, ...) and, where it
              cycles the momentum too, "momentum"

Values are of the closed form where the scheduler has one, else as stepped; numbers are the shortest decimals that read back as
the same double.
"""
import json
import pathlib
import random
import warnings

import torch
from torch.optim import lr_scheduler as schedulers

FOLDER = pathlib.Path(__file__).parent
SETTINGS = 50
warnings.simplefilter("ignore")


def optimizer(lr, momentum=0.9):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr, momentum=momentum)


def number(draw, low, high):
    """Evenly spread over the logarithm, with 4 digits."""
    return float(f"{low * (high / low) ** draw.random():.4g}")


def stepped(scheduler, steps, momentum=False):
    rates, momentums = [], []
    closed = getattr(scheduler, "_get_closed_form_lr", None)
    for _ in range(steps):
        group = scheduler.optimizer.param_groups[0]
        rates.append(float(closed()[0] if closed else group["lr"]))
        momentums.append(float(group["momentum"]))
        scheduler.optimizer.step()
        if len(rates) < steps:
            scheduler.step()
    return {"lr": rates, "momentum": momentums} if momentum else {"lr": rates}


def plain(name, arguments):
    """A scheduler whose only value from outside is the rate."""
    def setting(draw):
        steps, lr = draw.randint(40, 120), number(draw, 1e-4, 1)
        given = arguments(draw, steps)
        return {"initial_lr": lr, **given, **stepped(getattr(schedulers, name)(optimizer(lr), **given), steps)}
    return setting


def cyclic(mode):
    def setting(draw):
        base = number(draw, 1e-5, 0.1)
        given = {
            "base_lr": base, "max_lr": float(f"{base * draw.uniform(1.5, 10):.4g}"), "step_size_up": draw.randint(2, 25),
            "step_size_down": draw.choice([None, draw.randint(1, 25)]),
            "base_momentum": round(draw.uniform(0.5, 0.85), 3), "max_momentum": round(draw.uniform(0.86, 0.99), 3)}
        if mode == "exp_range":
            given["gamma"] = round(draw.uniform(0.95, 0.9999), 4)
        scheduler = schedulers.CyclicLR(optimizer(base), mode=mode, **given)
        return {**given, **stepped(scheduler, draw.randint(40, 110), momentum=True)}
    return setting


def one_cycle(three_phase, anneal):
    def setting(draw):
        given = {
            "max_lr": number(draw, 1e-3, 10), "total_steps": draw.randint(40, 110),
            "pct_start": round(draw.uniform(0.05, 0.45 if three_phase else 0.9), 3),
            "div_factor": round(draw.uniform(5, 50), 1), "final_div_factor": number(draw, 10, 1e4),
            "base_momentum": round(draw.uniform(0.5, 0.85), 3), "max_momentum": round(draw.uniform(0.86, 0.99), 3)}
        scheduler = schedulers.OneCycleLR(optimizer(1), three_phase=three_phase, anneal_strategy=anneal, **given)
        return {**given, **stepped(scheduler, given["total_steps"], momentum=True)}
    return setting


def step(draw, steps):
    return {"step_size": draw.randint(1, 40), "gamma": round(draw.uniform(0.1, 0.99), 3)}


def multi_step(draw, steps):
    return {"milestones": sorted(draw.sample(range(1, steps), draw.randint(1, 20))), "gamma": round(draw.uniform(0.3, 0.99), 3)}


def constant(draw, steps):
    return {"factor": round(draw.uniform(0.01, 1), 3), "total_iters": draw.randint(1, steps + 5)}


def linear(draw, steps):
    return {
        "start_factor": round(draw.uniform(0.01, 1), 3), "end_factor": round(draw.uniform(0, 1), 3), "total_iters": draw.randint(1, steps + 5)}


def exponential(draw, steps):
    return {"gamma": round(draw.uniform(0.7, 1.05), 4)}


def polynomial(draw, steps):
    return {"total_iters": draw.randint(1, steps + 5), "power": round(draw.uniform(0.3, 4), 2)}


def cosine(draw, steps):
    return {"T_max": draw.randint(2, steps + 5), "eta_min": draw.choice([0, number(draw, 1e-6, 1e-3)])}


def warm_restarts(draw, steps):
    return {"T_0": draw.randint(1, 30), "T_mult": draw.randint(1, 3), "eta_min": draw.choice([0, number(draw, 1e-6, 1e-3)])}


def sequential(draw):
    """Two to four parts, each as stepped: SequentialLR has no closed form."""
    steps, lr = draw.randint(60, 120), number(draw, 1e-4, 1)
    kinds = {"StepLR": step, "ConstantLR": constant, "LinearLR": linear, "ExponentialLR": exponential}
    milestones = sorted(draw.sample(range(2, steps - 1), draw.randint(1, 3)))
    parts = [{"name": name, **kinds[name](draw, 30)} for name in (draw.choice(list(kinds)) for _ in range(len(milestones) + 1))]
    sgd = optimizer(lr)
    inner = [getattr(schedulers, part["name"])(sgd, **{key: part[key] for key in part if key != "name"}) for part in parts]
    values = stepped(schedulers.SequentialLR(sgd, inner, milestones), steps)
    return {"initial_lr": lr, "milestones": milestones, "parts": parts, **values}


SHAPES = {
    "step": plain("StepLR", step),
    "multi-step": plain("MultiStepLR", multi_step),
    "constant": plain("ConstantLR", constant),
    "linear": plain("LinearLR", linear),
    "exponential": plain("ExponentialLR", exponential),
    "polynomial": plain("PolynomialLR", polynomial),
    "cosine": plain("CosineAnnealingLR", cosine),
    "warm-restarts": plain("CosineAnnealingWarmRestarts", warm_restarts),
    "cyclic-triangular": cyclic("triangular"),
    "cyclic-triangular2": cyclic("triangular2"),
    "cyclic-exp-range": cyclic("exp_range"),
    "one-cycle-2-cosine": one_cycle(False, "cos"),
    "one-cycle-2-linear": one_cycle(False, "linear"),
    "one-cycle-3-cosine": one_cycle(True, "cos"),
    "one-cycle-3-linear": one_cycle(True, "linear"),
    "sequential": sequential,
}

for shape, setting in SHAPES.items():
    draw = random.Random(shape)
    with open(FOLDER / f"{shape}.jsonl", "w", encoding="utf-8") as file:
        for _ in range(SETTINGS):
            file.write(json.dumps(setting(draw), separators=(",", ":")) + "\n")
