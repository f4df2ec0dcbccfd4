#!/usr/bin/python3
"""Writes lrn-within-channel.json: inputs, outputs and gradients of Caffe's LRN within channels, as PyTorch computes them in float64.

Run it with a Python that has PyTorch and numpy; the file beside it is its output (made with PyTorch 1.13.0, one thread).
It is checked against plain loops over Caffe's own definition (pooling_layer.cpp, lrn_layer.cpp):
  y = x * (1 + alpha * a)^-beta, a the mean of x^2 over windows of local_size, pad (local_size - 1) / 2, stride 1, zeros outside included

Each case has the output's upstream gradient; input_gradient is that of sum(output * upstream).
"""
import json
import math
import pathlib

import numpy
import torch
from torch.nn import functional

FOLDER = pathlib.Path(__file__).parent


def wave(shape, scale, speed, decimals=4):
    """The formula of every number: scale * sin(speed * (i + 1)), rounded."""
    values = [round(scale * math.sin(speed * (i + 1)), decimals) for i in range(math.prod(shape))]
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def caffe_lrn(x, size, alpha, beta):
    pad = (size - 1) // 2
    squares = numpy.pad(x * x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    y = numpy.empty(x.shape)
    for i in range(x.shape[2]):
        for j in range(x.shape[3]):
            mean = squares[:, :, i:i + size, j:j + size].sum((2, 3)) / (size * size)
            y[:, :, i, j] = x[:, :, i, j] * (1 + alpha * mean) ** -beta
    return y


def torch_lrn(x, size, alpha, beta):
    average = functional.avg_pool2d(x * x, size, stride=1, padding=(size - 1) // 2, count_include_pad=True)
    return x * (1 + alpha * average) ** -beta


def lrn(x, size, alpha, beta):
    x = x.clone().requires_grad_()
    y = torch_lrn(x, size, alpha, beta)
    numpy.testing.assert_allclose(y.detach().numpy(), caffe_lrn(x.detach().numpy(), size, alpha, beta), rtol=1e-13)
    upstream = wave(y.shape, 1.0, 0.7, 2)
    (y * upstream).sum().backward()
    return {"local_size": size, "alpha": alpha, "beta": beta, "shape": list(x.shape), "input": x.flatten().tolist(),
            "output": y.flatten().tolist(), "upstream": upstream.flatten().tolist(), "input_gradient": x.grad.flatten().tolist()}


def write(name, cases):
    """One key a line, so that a change can be read in a diff."""
    body = ",\n".join("    {\n" + ",\n".join(f"      {json.dumps(k)}: {json.dumps(v)}" for k, v in case.items()) + "\n    }"
                      for case in cases)
    (FOLDER / f"{name}.json").write_text(f'{{\n  "made_with": "PyTorch {torch.__version__}",\n  "cases": [\n{body}\n  ]\n}}\n')
    print(name, len(cases))


def main():
    torch.set_num_threads(1)
    write("lrn-within-channel", [
        lrn(wave((1, 2, 5, 5), 120.0, 1.1, 2), 3, 5e-5, 0.75),
        lrn(wave((2, 1, 4, 3), 2.0, 0.8), 3, 1.0, 0.75),
        lrn(wave((1, 1, 6, 6), 3.0, 1.3), 5, 0.5, 0.5)])


main()
