#!/usr/bin/python3
"""A training run in PyTorch as its users write it, timed. The protocol is in README.md."""
import argparse
import json
import time

import numpy
import torch
from torch.utils.data import DataLoader, TensorDataset

import formats
import networks

SETTINGS = {  # learning rate, weight decay, nesterov
    "mlp": (0.05, 5e-4, True), "convnet": (0.05, 5e-4, True), "cifar10-full": (0.001, 0.004, False), "wrn-16-4": (0.1, 5e-4, True)}


def load(network, folder, dtype):
    """Float images, normalised as README.md says to the bit: of float32 numbers, whatever the type they are trained in."""
    images, labels = formats.read_train(network, folder)
    if network == "cifar10-full":
        pixels = images.astype(numpy.float32) - images.mean(0, dtype=numpy.float64).astype(numpy.float32)
    else:
        scaled = images / 255.0
        mean, deviation = scaled.mean((0, 2, 3), keepdims=True), scaled.std((0, 2, 3), keepdims=True)
        # float32 factors; the product and the sum are exact in float64, so that the end is rounded once.
        scale, shift = (1 / (255 * deviation)).astype(numpy.float32), (-mean / deviation).astype(numpy.float32)
        pixels = (images * scale.astype(numpy.float64) + shift).astype(numpy.float32)
    return torch.from_numpy(pixels).to(dtype), torch.from_numpy(labels.astype(numpy.int64))


def make_optimizer(name, model, lr, decay):
    parameters = model.parameter_groups(lr, decay) if hasattr(model, "parameter_groups") else model.parameters()
    kinds = {
        "sgd": lambda: torch.optim.SGD(parameters, lr=lr, momentum=0.9, weight_decay=decay),
        "nesterov": lambda: torch.optim.SGD(parameters, lr=lr, momentum=0.9, nesterov=True, weight_decay=decay),
        "adam": lambda: torch.optim.Adam(parameters, lr=lr, weight_decay=decay),
        "adamw": lambda: torch.optim.AdamW(parameters, lr=lr, weight_decay=decay),
        "rmsprop": lambda: torch.optim.RMSprop(parameters, lr=lr, weight_decay=decay),
        "adagrad": lambda: torch.optim.Adagrad(parameters, lr=lr, weight_decay=decay),
        "adadelta": lambda: torch.optim.Adadelta(parameters, lr=lr, weight_decay=decay),
    }
    return kinds[name]()


def lean_batches(images, labels, batch):
    """An epoch in random order, without the DataLoader."""
    for index in torch.randperm(len(images)).split(batch):
        yield images[index], labels[index]


def sequential_batches(images, labels, batch):
    for start in range(0, len(images), batch):
        yield images[start:start + batch], labels[start:start + batch]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--network", required=True, choices=SETTINGS)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--warmup", type=int, default=0)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--data", required=True, help="folder of the IDX or CIFAR-10 files")
    parser.add_argument("--weights", required=True, help="safetensors file of the initial weights")
    parser.add_argument("--lean", action="store_true", help="no DataLoader, no loss.item()")
    parser.add_argument("--parity", action="store_true", help="batches in file order, constant rate")
    parser.add_argument("--optimizer", help="default: nesterov, for cifar10-full sgd")
    parser.add_argument("--lr", type=float)
    parser.add_argument("--weight-decay", type=float)
    parser.add_argument("--dtype", choices=["float32", "float64"], default="float32")
    parser.add_argument("--memory-format", choices=["contiguous", "channels-last"], default="contiguous")
    return parser.parse_args()


def main():
    args = arguments()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    dtype = getattr(torch, args.dtype)
    images, labels = load(args.network, args.data, dtype)
    model = networks.create(args.network)
    model.load_state_dict({k: torch.from_numpy(v.copy()) for k, v in formats.read_safetensors(args.weights).items()})
    model = model.to(dtype)
    if args.memory_format == "channels-last":
        model, images = model.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)
    lr, decay, nesterov = SETTINGS[args.network]
    lr = lr if args.lr is None else args.lr
    decay = decay if args.weight_decay is None else args.weight_decay
    optimizer = make_optimizer(args.optimizer or ("nesterov" if nesterov else "sgd"), model, lr, decay)
    last = args.warmup + args.steps
    constant = args.parity or args.network == "cifar10-full"
    scheduler = None if constant else torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=last)
    criterion = torch.nn.CrossEntropyLoss()
    loader = DataLoader(TensorDataset(images, labels), batch_size=args.batch, shuffle=True)

    model.train()
    step = samples = 0
    running_loss, losses, begin = 0.0, [], time.perf_counter()
    while step < last:
        if args.parity:
            epoch = sequential_batches(images, labels, args.batch)
        else:
            epoch = lean_batches(images, labels, args.batch) if args.lean else loader
        for inputs, targets in epoch:
            if step == args.warmup:
                samples, begin = 0, time.perf_counter()
            optimizer.zero_grad()
            loss = criterion(model(inputs), targets)
            loss.backward()
            optimizer.step()
            if scheduler:
                scheduler.step()
            if not args.lean:
                running_loss += loss.item()
            if step < 20:
                losses.append(loss.item())
            step += 1
            samples += len(targets)
            if step == last:
                break
    seconds = time.perf_counter() - begin
    print(json.dumps({"samples_per_second": samples / seconds, "losses": losses, "steps": args.steps, "seconds": seconds,
                      "memory_format": args.memory_format, "libtorch": torch.__version__}))


main()
