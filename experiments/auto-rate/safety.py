#!/usr/bin/env python3
"""Prints 200 random runs, one a line: safety/CELL/METHOD/s0|FLAGS of rubato train. Each has a seed of its own among its flags.

usage: MNIST=DIR CIFAR10=DIR ./safety.py [grid [NUMBER...]] | ./train RESULTS.jsonl

Without arguments each run finds its rate; with `grid` they are printed at seven rates half a decade apart around the usual one, with
numbers only the runs of these numbers.
"""
import os
import random
import sys

MNIST = f"--data mnist:{os.environ['MNIST']}"
CIFAR10 = f"--data cifar10:{os.environ['CIFAR10']}"

# Each with rough seconds a sample on one thread, so that no run takes more than about 20 seconds.
NETWORKS = [
    ("mlp(64)", 0.00001),
    ("mlp(256, 128)", 0.00002),
    ("mlp(64, 64, 64, 64, 64, 64)", 0.00002),
    ("mlp(256, 128, norm batch)", 0.00003),
    ("mlp(128, 128, dropout 0.2)", 0.00002),
    ("convnet", 0.0002),
    ("convnet(8, 16)", 0.00008),
    ("convnet(norm none)", 0.0002),
    ("cifar10-quick(norm batch)", 0.0006),
    ("resnet-20", 0.006),
]
OPTIMIZERS = ["sgd", "nesterov", "adam", "adamw", "rmsprop", "adagrad", "adadelta", "adamp", "sgdp", "lamb", "lars"]
GRID = {
    "sgd": "0.003 0.01 0.03 0.1 0.3 1 3",
    "lamb": "0.001 0.003 0.01 0.03 0.1 0.3 1",
    "lars": "0.1 0.3 1 3 10 30 100",
    "adadelta": "0.1 0.3 1 3 10 30 100",
    "adagrad": "0.001 0.003 0.01 0.03 0.1 0.3 1",
}
GRID["nesterov"] = GRID["sgdp"] = GRID["sgd"]
ADAM = "0.0001 0.0003 0.001 0.003 0.01 0.03 0.1"


def draw():
    random.seed(20261122)
    while True:
        network, cost = random.choice(NETWORKS)
        optimizer = random.choice(OPTIMIZERS)
        batch = random.choice([8, 16, 32, 64, 128, 256, 512, 1024])
        updates = int(round(50 * 40 ** random.random()))
        data = random.choice(["glyphs", "glyphs1000", "mnist", "mnist2000", "cifar5000"])
        if data == "cifar5000":
            data = CIFAR10 + " --train-samples 5000"
            cost *= 1.6
        elif data == "mnist":
            data = MNIST
        elif data == "mnist2000":
            data = MNIST + " --train-samples 2000"
        else:
            data = f"--data 'glyphs(seed {random.randint(1, 999)}, train {1000 if data == 'glyphs1000' else 5000})'"
        if updates * batch * cost + updates * 0.0008 > 20:
            continue
        momentum = random.choice(["", "", "", "", " --momentum 0"]) if optimizer == "sgd" else ""
        flags = f"{data} --network '{network}' --optimizer {optimizer}{momentum} --batch {batch} --length {updates}ba --seed {random.randint(0, 10**6)}"
        yield optimizer, flags


mode, wanted = sys.argv[1:2], sys.argv[2:]
if mode not in ([], ["grid"]) or not all(number.isdecimal() and int(number) < 200 for number in wanted):
    sys.exit("usage: ./safety.py [grid [NUMBER...]], with numbers from 0 to 199")
for number, (optimizer, flags) in zip(range(200), draw()):
    if not mode:
        print(f"safety/safety-{number:03d}/auto/s0|{flags} --lr auto")
    elif not wanted or str(number) in wanted:
        for rate in GRID.get(optimizer, ADAM).split():
            print(f"safety/safety-{number:03d}/lr{rate}/s0|{flags} --lr {rate} --warmup 0.1")
