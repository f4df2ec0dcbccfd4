#!/usr/bin/python3
"""Writes forward.json: what networks compute in evaluation and float64, as PyTorch modules written from the papers and Caffe's prototxt files.

Run it with a Python that has PyTorch and numpy (made with PyTorch 1.13.0, one thread). Parameters and buffers are no part of the file:
the test fills them by the same formula, by name, see fill(). The input is sin(0.37 (i + 1)) in row-major order.
"""
import json
import math
import pathlib

import numpy
import torch
from torch import nn
from torch.nn import functional


def wave(count, speed, shift):
    return numpy.sin(speed * (numpy.arange(count, dtype=numpy.float64) + 1) + shift)


def fill(model):
    """Tensors in alphabetical order of their names; the number of a tensor shifts its wave."""
    state = model.state_dict()
    names = sorted(name for name in state if not name.endswith("num_batches_tracked"))
    for number, name in enumerate(names):
        shape = state[name].shape
        values = wave(state[name].numel(), 0.7, number)
        if name.endswith("running_var"):
            values = 1 + 0.3 * values
        elif len(shape) == 1:
            values = (1 if name.endswith("weight") else 0) + 0.2 * values
        else:
            values = values * math.sqrt(2 / math.prod(shape[1:]))
        state[name].copy_(torch.tensor(values).reshape(shape))


def conv3(inputs, outputs, stride=1):
    return nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)


class Basic(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1, self.bn1 = conv3(inputs, outputs, stride), nn.BatchNorm2d(outputs)
        self.conv2, self.bn2 = conv3(outputs, outputs), nn.BatchNorm2d(outputs)
        self.stride, self.added = stride, (outputs - inputs) // 2

    def forward(self, x):
        y = self.bn2(self.conv2(functional.relu(self.bn1(self.conv1(x)))))
        if self.stride != 1:
            x = functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.added, self.added))
        return functional.relu(x + y)


class ResNet(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.conv1, self.bn1 = conv3(3, 16), nn.BatchNorm2d(16)
        stage = lambda i, o, s: nn.Sequential(Basic(i, o, s), *[Basic(o, o, 1) for _ in range(n - 1)])
        self.layer1, self.layer2, self.layer3 = stage(16, 16, 1), stage(16, 32, 2), stage(32, 64, 2)
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        x = functional.relu(self.bn1(self.conv1(x)))
        return self.fc(self.layer3(self.layer2(self.layer1(x))).mean((2, 3)))


class Wide(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1, self.conv1 = nn.BatchNorm2d(inputs), conv3(inputs, outputs, stride)
        self.bn2, self.conv2 = nn.BatchNorm2d(outputs), conv3(outputs, outputs)
        self.convShortcut = None if inputs == outputs else nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x):
        a = functional.relu(self.bn1(x))
        y = self.conv2(functional.relu(self.bn2(self.conv1(a))))
        return y + (x if self.convShortcut is None else self.convShortcut(a))


class Stage(nn.Module):
    def __init__(self, n, inputs, outputs, stride):
        super().__init__()
        self.layer = nn.Sequential(Wide(inputs, outputs, stride), *[Wide(outputs, outputs, 1) for _ in range(n - 1)])

    def forward(self, x):
        return self.layer(x)


class WideResNet(nn.Module):
    def __init__(self, n, k):
        super().__init__()
        self.conv1 = conv3(3, 16)
        self.block1, self.block2, self.block3 = Stage(n, 16, 16 * k, 1), Stage(n, 16 * k, 32 * k, 2), Stage(n, 32 * k, 64 * k, 2)
        self.bn1, self.fc = nn.BatchNorm2d(64 * k), nn.Linear(64 * k, 10)

    def forward(self, x):
        x = self.block3(self.block2(self.block1(self.conv1(x))))
        return self.fc(functional.relu(self.bn1(x)).mean((2, 3)))


def lrn(x):
    return x * (1 + 5e-5 * functional.avg_pool2d(x * x, 3, 1, 1)) ** -0.75


class Caffe(nn.Module):
    def __init__(self, quick):
        super().__init__()
        self.conv1, self.conv2, self.conv3 = (nn.Conv2d(i, o, 5, padding=2) for i, o in ((3, 32), (32, 32), (32, 64)))
        self.ip1 = nn.Linear(64 * 2 * 2, 64 if quick else 10)
        if quick:
            self.ip2 = nn.Linear(64, 10)
        self.quick = quick

    def forward(self, x):
        norm = (lambda t: t) if self.quick else lrn
        x = norm(functional.relu(functional.max_pool2d(self.conv1(x), 3, 2, ceil_mode=True)))
        x = norm(functional.avg_pool2d(functional.relu(self.conv2(x)), 3, 2, ceil_mode=True))
        x = functional.avg_pool2d(functional.relu(self.conv3(x)), 3, 2, ceil_mode=True)
        x = self.ip1(x.flatten(1))
        return self.ip2(x) if self.quick else x


def convnet():
    layers = []
    for inputs, outputs in ((3, 16), (16, 32), (32, 64)):
        layers += [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers[:-1], nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def mlp():
    return nn.Sequential(
        nn.Flatten(), nn.Linear(3 * 20 * 20, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Linear(6, 10))


def main():
    torch.set_num_threads(1)
    rows = []
    for name, model in (("mlp(8, 6, norm batch)", mlp()), ("convnet", convnet()), ("cifar10-quick", Caffe(True)),
                        ("cifar10-full", Caffe(False)), ("resnet-20", ResNet(3)), ("wrn-16-2", WideResNet(2, 2))):
        model.double().eval()
        with torch.no_grad():
            fill(model)
            y = model(torch.tensor(wave(2 * 3 * 20 * 20, 0.37, 0)).reshape(2, 3, 20, 20))
        assert y.dtype == torch.float64
        print(f"{name:24} largest {float(y.abs().max()):.3f}")
        rows.append({"network": name, "output": y.flatten().tolist()})
    body = ",\n".join("    " + json.dumps(row) for row in rows)
    text = f'{{\n  "made_with": "PyTorch {torch.__version__}",\n  "input_shape": [2, 3, 20, 20],\n  "cases": [\n{body}\n  ]\n}}\n'
    (pathlib.Path(__file__).parent / "forward.json").write_text(text)


main()
