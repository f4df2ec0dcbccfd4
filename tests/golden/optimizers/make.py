#!/usr/bin/python3
"""Writes the golden data of the optimizers: what PyTorch computes in float64, in 20 steps on a tiny network.

Run it with a Python that has PyTorch and numpy; the files beside it are its output (made with PyTorch 1.13.0, one thread).
network.json   initial parameters and buffers, and 20 batches, shared by all cases
CASE.json      settings of the optimizer, per-step hyper-parameters, the 20 losses, and the final parameters and buffers;
               a momentum is beta1 for Adam's family and unused (0) for Adagrad and Adadelta; "multipliers", where there are
               any, scale a parameter's rate and decay; weight decay is L2 except AdamW's, which is decoupled

Numbers are the shortest decimals that read back as the same float64. Tests compare at 1e-10.
The first linear layer has no bias: batch norm cancels it, so its gradient is rounding noise, which Adam's family would scale
up to full steps. The script fails where a case is too sensitive to be compared on another processor: where a start moved by
1e-14 of itself ends more than 1e-11 away, or where float32 is not within 2e-5 of float64.
"""
import json
import math
import pathlib

import torch

FOLDER = pathlib.Path(__file__).parent
STEPS, BATCH, INPUTS, HIDDEN, CLASSES = 20, 4, 6, 5, 3


def wave(count, scale, speed, offset=0.0):
    """The formula of every number: scale * sin(speed * (i + 1)) + offset, rounded to 4 decimals."""
    return [round(scale * math.sin(speed * (i + 1)) + offset, 4) for i in range(count)]


def network(dtype, moved=0.0):
    model = torch.nn.Sequential(
        torch.nn.Linear(INPUTS, HIDDEN, bias=False), torch.nn.BatchNorm1d(HIDDEN), torch.nn.Linear(HIDDEN, CLASSES)).to(dtype)
    start = {
        "0.weight": wave(HIDDEN * INPUTS, 0.5, 1.7),
        "1.weight": wave(HIDDEN, 0.2, 2.3, 1.0),
        "1.bias": wave(HIDDEN, 0.1, 0.9),
        "2.weight": wave(CLASSES * HIDDEN, 0.4, 2.9),
        "2.bias": wave(CLASSES, 0.1, 1.3),
    }
    state = model.state_dict()
    for name, values in start.items():
        values = [value * (1 + moved * (-1) ** i) for i, value in enumerate(values)]
        state[name] = torch.tensor(values, dtype=dtype).reshape(state[name].shape)
    model.load_state_dict(state)
    return model


def batches():
    """Inputs that lean towards their class, labels in an uneven order."""
    answer = []
    for step in range(STEPS):
        labels = [(step * 2 + row * row + row // 2) % CLASSES for row in range(BATCH)]
        noise = wave(BATCH * INPUTS, 1.0, 0.37 + 0.11 * step)
        inputs = [round(noise[row * INPUTS + k] + (0.8 if k % CLASSES == labels[row] else -0.2), 4)
                  for row in range(BATCH) for k in range(INPUTS)]
        answer.append({"inputs": inputs, "labels": labels})
    return answer


def numbers(tensor):
    """A float64 tensor as decimals, which Python prints as the shortest that read back the same; integers stay integers."""
    assert tensor.dtype in (torch.float64, torch.int64)
    return tensor.detach().flatten().tolist()


def entries(state):
    return [{"name": name, "shape": list(value.shape), "values": numbers(value)} for name, value in state.items()]


def train(case, data, dtype, moved=0.0):
    model = network(dtype, moved)
    scale = case.get("multipliers", {})
    groups = [{"params": [p], "name": n} for n, p in model.named_parameters()]
    settings = dict(case["settings"])
    if settings.get("nesterov"):
        settings["momentum"] = case["momentums"][0]  # the constructor refuses Nesterov without it
    optimizer = getattr(torch.optim, case["optimizer"])(groups, lr=1.0, **settings)
    losses = []
    for step, batch in enumerate(data):
        rate, momentum, decay = (case[k][step] for k in ("learning_rates", "momentums", "weight_decays"))
        for group in optimizer.param_groups:
            by = scale.get(group["name"], {"learning_rate": 1, "weight_decay": 1})
            group["lr"] = rate * by["learning_rate"]
            group["weight_decay"] = decay * by["weight_decay"]
            if "momentum" in group:
                group["momentum"] = momentum
            if "betas" in group:
                group["betas"] = (momentum, group["betas"][1])
        optimizer.zero_grad()
        inputs = torch.tensor(batch["inputs"], dtype=dtype).reshape(BATCH, INPUTS)
        loss = torch.nn.functional.cross_entropy(model(inputs), torch.tensor(batch["labels"]))
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return torch.stack(losses), model.state_dict()


def case(optimizer, rate, momentum=0.0, decay=0.0, multipliers=None, **settings):
    """One case; a number for rate, momentum or decay means the same at every step. Momentum is beta1 for Adam's family."""
    spread = lambda value: list(value) if isinstance(value, list) else [value] * STEPS
    answer = {"optimizer": optimizer, "settings": settings,
              "learning_rates": spread(rate), "momentums": spread(momentum), "weight_decays": spread(decay)}
    if multipliers:
        answer["multipliers"] = multipliers
    return answer


COSINE = [round(0.1 * (1 + math.cos(math.pi * step / STEPS)) / 2, 6) for step in range(STEPS)]
CASES = {
    "sgd": case("SGD", 0.1),
    "sgd-momentum": case("SGD", 0.1, 0.9, 5e-4),
    "sgd-nesterov": case("SGD", 0.1, 0.9, 5e-4, nesterov=True),
    "sgd-changing-rate": case("SGD", COSINE, 0.9, 5e-4),
    "sgd-changing-all": case("SGD", COSINE, [round(0.85 + 0.005 * s, 3) for s in range(STEPS)],
                             [round(5e-4 * (1 + s / 10), 6) for s in range(STEPS)]),
    "sgd-multipliers": case("SGD", 0.05, 0.9, 4e-3, multipliers={
        "1.bias": {"learning_rate": 2, "weight_decay": 0}, "2.weight": {"learning_rate": 1, "weight_decay": 250},
        "2.bias": {"learning_rate": 2, "weight_decay": 0}}),
    "adam": case("Adam", 1e-3, 0.9, 1e-2, betas=[0.9, 0.999], eps=1e-8),
    "adam-fast": case("Adam", 0.05, 0.9, 0.0, betas=[0.9, 0.999], eps=1e-8),
    "adamw": case("AdamW", 0.01, 0.9, 0.01, betas=[0.9, 0.999], eps=1e-8),
    "rmsprop": case("RMSprop", 0.01, 0.0, 5e-4, alpha=0.99, eps=1e-8),
    "rmsprop-momentum": case("RMSprop", 0.003, 0.9, 5e-4, alpha=0.99, eps=1e-8),
    "adagrad": case("Adagrad", 0.05, 0.0, 5e-4, eps=1e-10),
    "adadelta": case("Adadelta", 1.0, 0.0, 5e-4, rho=0.9, eps=1e-6),
}


def write(name, content):
    """Compact JSON with one top-level value, list row or tensor a line, so that a change can be read in a diff."""
    def row(value):
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return "[\n    " + ",\n    ".join(json.dumps(item) for item in value) + "\n  ]"
        return json.dumps(value)
    body = ",\n".join(f"  {json.dumps(key)}: {row(value)}" for key, value in content.items())
    (FOLDER / f"{name}.json").write_text("{\n" + body + "\n}\n")


def distance(run, exact):
    """The largest difference of two runs in losses and state, of each number relative to itself plus 0.01."""
    pairs = [(run[0], exact[0])] + [(run[1][name], exact[1][name]) for name in exact[1]]
    return max(float(((a.double() - b.double()).abs() / (b.double().abs() + 1e-2)).max()) for a, b in pairs)


def main():
    torch.set_num_threads(1)
    data = batches()
    write("network", {"made_with": f"PyTorch {torch.__version__}, float64", "inputs": INPUTS, "classes": CLASSES, "batch": BATCH,
                      "initial": entries(network(torch.float64).state_dict()), "batches": data})
    for name, settings in CASES.items():
        losses, state = exact = train(settings, data, torch.float64)
        moved = distance(train(settings, data, torch.float64, moved=1e-14), exact)
        single = distance(train(settings, data, torch.float32), exact)
        print(f"{name:18} loss {losses[0]:.4f} -> {losses[-1]:.4f}, a start moved by 1e-14 ends {moved:.1e} away, float32 {single:.1e}")
        assert moved < 1e-11 and single < 2e-5, name
        write(name, {**settings, "losses": numbers(losses), "final": entries(state)})


main()
