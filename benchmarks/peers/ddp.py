#!/usr/bin/env python3
"""A process of PyTorch's DistributedDataParallel over Gloo, or of one process alone, as its users write it; prints samples a second.

usage: ddp.py NETWORK BATCH STEPS MEMORY_FORMAT [sums COUNT...], with RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT in the environment.
BATCH is the global one. The median step is reported, as it is of rubato.
"""
import os
import statistics
import sys
import time

import torch
from torch import nn
import torch.distributed as dist

import networks

torch.set_num_threads(int(os.environ.get("THREADS", "1")))
size, rank = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))


def sums(counts):
    for count in counts:
        numbers = torch.zeros(count)
        repeats, times = 9 if count > 5_000_000 else 15 if count > 1_000_000 else 41, []
        for i in range(repeats + 3):
            numbers.fill_(1 / size)
            dist.barrier()
            start = time.perf_counter()
            dist.all_reduce(numbers)
            if i >= 3:
                times.append(1000 * (time.perf_counter() - start))
        if rank == 0:
            print(f"gloo, {size} processes, {count} floats: {statistics.median(times):.3f} ms", flush=True)


def train(name, batch, steps, memory_format):
    torch.manual_seed(1)
    shape = (3, 32, 32) if name == "wrn-16-4" else (1, 28, 28)
    network = networks.mlp() if name == "mlp" else networks.convnet() if name == "convnet" else networks.WideResNet(16, 4)
    order = torch.channels_last if memory_format == "channels-last" else torch.contiguous_format
    network = network.to(memory_format=order)
    model = nn.parallel.DistributedDataParallel(network, gradient_as_bucket_view=True) if size > 1 else network
    optimizer = torch.optim.SGD(model.parameters(), 0.05, momentum=0.9, weight_decay=5e-4, nesterov=True)
    loss = nn.CrossEntropyLoss()
    count = max(4 * batch, 4096)
    inputs, targets = torch.randn(count, *shape), torch.randint(0, 10, (count,))
    own, times = batch // size, []
    for step in range(steps):
        start = time.perf_counter()
        # Rows by index in a random order, as a shuffled loader reads them.
        rows = torch.randint(0, count, (own,))
        optimizer.zero_grad(set_to_none=False)
        loss(model(inputs[rows].contiguous(memory_format=order)), targets[rows]).backward()
        optimizer.step()
        times.append(time.perf_counter() - start)
    if rank == 0:
        print(f"{batch / statistics.median(times[steps // 10:]):.0f}", flush=True)


if size > 1:
    dist.init_process_group("gloo")
if sys.argv[1] == "sums":
    sums([int(count) for count in sys.argv[2:]])
else:
    train(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
