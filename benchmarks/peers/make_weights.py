#!/usr/bin/python3
"""make_weights.py FOLDER: writes the initial weights of each network as FOLDER/NAME.safetensors, from a fixed seed.

PyTorch's default initialisation; for cifar10-full Caffe's (Gaussian, standard deviation 0.0001 in conv1 and 0.01 elsewhere,
biases 0). cifar10-full-awake is the same net with 0.01 in conv1 too: with Caffe's 0.0001 the first 20 losses all stay at
ln 10, which would prove little in the parity check.
"""
import pathlib
import sys

import torch

import formats
import networks


def caffe(model, first):
    for name, parameter in model.named_parameters():
        if name.endswith("bias"):
            torch.nn.init.zeros_(parameter)
        else:
            torch.nn.init.normal_(parameter, std=first if name == "conv1.weight" else 0.01)


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("mlp", "convnet", "cifar10-full", "cifar10-full-awake", "wrn-16-4"):
        torch.manual_seed(1)
        model = networks.create(name.removesuffix("-awake"))
        if name.startswith("cifar10-full"):
            caffe(model, 0.01 if name.endswith("-awake") else 0.0001)
        formats.write_safetensors(folder / f"{name}.safetensors", {k: v.numpy() for k, v in model.state_dict().items()})


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
