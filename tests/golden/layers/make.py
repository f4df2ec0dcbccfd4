#!/usr/bin/python3
"""Writes the golden data of initial weights: what PyTorch's layers draw after torch.manual_seed(7).

Run it with a Python that has PyTorch and numpy; initial-weights.json beside it is its output (made with PyTorch 1.13.0).
The layers are made one after another from one generator, weight before bias.
Numbers are the shortest decimals that read back as the same float32.
"""
import json
import pathlib

import torch

SEED = 7


def main():
    torch.manual_seed(SEED)
    layers = [torch.nn.Linear(6, 5), torch.nn.Conv2d(2, 3, 3), torch.nn.Conv2d(3, 2, 5, bias=False), torch.nn.Linear(40, 3)]
    rows = [{"layer": index, "name": name, "shape": list(value.shape), "values": [float(str(v)) for v in value.detach().numpy().flatten()]}
            for index, layer in enumerate(layers) for name, value in layer.named_parameters()]
    body = ",\n".join("    " + json.dumps(row) for row in rows)
    text = f'{{\n  "made_with": "PyTorch {torch.__version__}",\n  "seed": {SEED},\n  "parameters": [\n{body}\n  ]\n}}\n'
    (pathlib.Path(__file__).parent / "initial-weights.json").write_text(text)


main()
