#!/usr/bin/python3
"""Writes the golden data of layers and losses: inputs, outputs and gradients as PyTorch computes them in float32.

Run it with a Python that has PyTorch and numpy; the files beside it are its output (made with PyTorch 1.13.0, one thread).
The Caffe layers are checked against plain loops over Caffe's own definition (pooling_layer.cpp, lrn_layer.cpp) in float64:
  output size   ceil((height + 2 * pad - kernel) / stride) + 1
  AVE divisor   the window clipped to the PADDED image: (min(h0 + kernel, height + pad) - h0) * the same for the width.
                With pad 1, kernel 3, stride 1 that is 9 everywhere (zeros outside count); with pad 0, kernel 3, stride 2 on an
                even size the last row and column divide by 6 and the corner by 4. In PyTorch: ceil_mode=True,
                count_include_pad=True, which are the same formulas.
  LRN           y = x * (1 + alpha * AVE(x^2))^-beta, AVE with kernel local_size and pad (local_size - 1) / 2

Each case has the output's upstream gradient; input_gradient is that of sum(output * upstream).
Numbers are the shortest decimals that read back as the same float32.
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
    return torch.tensor(values, dtype=torch.float32).reshape(shape)


def shortest(tensor):
    array = tensor.detach().numpy().flatten()
    if array.dtype.kind == "i":
        return array.tolist()
    decimals = [float(str(value)) for value in array]
    assert (numpy.array(decimals).astype(numpy.float32) == array).all()
    return decimals


def windows(size, kernel, stride, pad):
    """Caffe's pooling windows along one side: (first, end) inside the image, and the divisor's length."""
    count = math.ceil((size + 2 * pad - kernel) / stride) + 1
    if pad and (count - 1) * stride >= size + pad:
        count -= 1
    for index in range(count):
        first = index * stride - pad
        end = min(first + kernel, size + pad)
        yield max(first, 0), min(end, size), end - first


def caffe_pool(x, kernel, stride, pad, mean):
    rows, columns = list(windows(x.shape[2], kernel, stride, pad)), list(windows(x.shape[3], kernel, stride, pad))
    y = numpy.empty((x.shape[0], x.shape[1], len(rows), len(columns)))
    for i, (top, bottom, height) in enumerate(rows):
        for j, (left, right, width) in enumerate(columns):
            block = x[:, :, top:bottom, left:right]
            y[:, :, i, j] = block.sum((2, 3)) / (height * width) if mean else block.max((2, 3))
    return y


def caffe_lrn(x, size, alpha, beta):
    return x * (1 + alpha * caffe_pool(x * x, size, 1, (size - 1) // 2, mean=True)) ** -beta


def torch_lrn(x, size, alpha, beta):
    average = functional.avg_pool2d(x * x, size, stride=1, padding=(size - 1) // 2, count_include_pad=True)
    return x * (1 + alpha * average) ** -beta


def layer(settings, x, forward, reference):
    x = x.clone().requires_grad_()
    y = forward(x)
    expected = reference(x.detach().numpy().astype(numpy.float64))
    assert expected.shape == tuple(y.shape), (expected.shape, y.shape)
    numpy.testing.assert_allclose(y.detach().numpy(), expected, rtol=2e-6, atol=1e-6)
    upstream = wave(y.shape, 1.0, 0.7, 2)
    (y * upstream).sum().backward()
    return {**settings, "input_shape": list(x.shape), "input": shortest(x), "output_shape": list(y.shape), "output": shortest(y),
            "upstream": shortest(upstream), "input_gradient": shortest(x.grad)}


def lrn(x, size, alpha, beta):
    return layer({"local_size": size, "alpha": alpha, "beta": beta}, x,
                 lambda t: torch_lrn(t, size, alpha, beta), lambda a: caffe_lrn(a, size, alpha, beta))


def pool(x, mean):
    torch_pool = functional.avg_pool2d if mean else functional.max_pool2d
    return layer({"kernel": 3, "stride": 2, "padding": 0, "ceil": True}, x,
                 lambda t: torch_pool(t, 3, stride=2, ceil_mode=True), lambda a: caffe_pool(a, 3, 2, 0, mean))


LABELS = torch.tensor([2, 0, 4, 2])


def loss(settings, forward, reference):
    logits = wave((4, 5), 3.0, 1.9).requires_grad_()
    value = forward(logits)
    numpy.testing.assert_allclose(float(value), reference(logits.detach().numpy().astype(numpy.float64)), rtol=1e-6)
    value.backward()
    return {**settings, "input_shape": [4, 5], "input": shortest(logits), "labels": LABELS.tolist(),
            "loss": shortest(value)[0], "input_gradient": shortest(logits.grad)}


def smoothed(smoothing):
    """Target q = (1 - s) * one-hot + s / classes over all classes, the true one included; mean over the batch."""
    def reference(z):
        target = numpy.eye(5)[LABELS.numpy()] * (1 - smoothing) + smoothing / 5
        return -(target * (z - numpy.log(numpy.exp(z).sum(1, keepdims=True)))).sum(1).mean()
    return loss({"label_smoothing": smoothing}, lambda z: functional.cross_entropy(z, LABELS, label_smoothing=smoothing), reference)


def squared():
    """Mean over samples and classes of (output - one-hot)^2, as MSELoss has it by default."""
    return loss({}, lambda z: functional.mse_loss(z, functional.one_hot(LABELS, 5).float()),
                lambda z: ((z - numpy.eye(5)[LABELS.numpy()]) ** 2).mean())


def write(name, cases):
    """One key a line, so that a change can be read in a diff."""
    body = ",\n".join("    {\n" + ",\n".join(f"      {json.dumps(k)}: {json.dumps(v)}" for k, v in case.items()) + "\n    }"
                      for case in cases)
    (FOLDER / f"{name}.json").write_text(f'{{\n  "made_with": "PyTorch {torch.__version__}",\n  "cases": [\n{body}\n  ]\n}}\n')
    print(name, len(cases))


def main():
    torch.set_num_threads(1)
    pixels = wave((1, 2, 5, 5), 120.0, 1.1, 2)
    write("lrn-within-channel", [
        lrn(pixels, 3, 5e-5, 0.75), lrn(wave((2, 1, 4, 3), 2.0, 0.8), 3, 1.0, 0.75), lrn(wave((1, 1, 6, 6), 3.0, 1.3), 5, 0.5, 0.5)])
    image = (wave((1, 1, 32, 32), 9.0, 0.7, 0))
    write("average-pool-ceil", [pool(wave((1, 2, 8, 8), 2.0, 0.9), True), pool(wave((2, 1, 7, 4), 2.0, 0.9), True), pool(image, True)])
    write("max-pool-ceil", [pool(wave((1, 2, 8, 8), 2.0, 0.9), False), pool(wave((2, 1, 7, 4), 2.0, 0.9), False)])
    write("cross-entropy", [smoothed(s) for s in (0.0, 0.1, 0.3)])
    write("mean-squared-error", [squared()])


main()
