#!/usr/bin/env python3
"""Prints what each rule says of each recorded curve, as a table. usage: ./table.py FOLDER"""
import glob
import json
import math
import os
import re
import subprocess
import sys
import tempfile

RUBATO = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "rubato")
RULES = ("lowest", "accuracy", "valley", "slide", "steep", "minimum")
near = total = 0
print("| curve | points | " + " | ".join(RULES) + " | confidence |")
print("|---|---|" + "---|" * len(RULES) + "---|")
for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.csv"))):
    name = os.path.basename(path)[:-4]
    with tempfile.TemporaryDirectory() as scratch:
        to = os.path.join(scratch, "answer.json")
        subprocess.run([RUBATO, "find", "--from", path, "--json", to, "--quiet"], capture_output=True, check=False)
        with open(to, encoding="utf-8") as file:
            variant = json.load(file)["variants"][0]
    answers = {answer["rule"]: answer["max_lr"] for answer in variant["answers"]}
    reason = variant["suggestion"]["reason"]
    cells = ["-" if answers.get(rule) is None else f"{answers[rule]:.2g}" for rule in RULES]
    last = f"{variant['suggestion']['confidence']:.2f}" if reason is None else reason.split(":")[0].split(";")[0]
    known = re.search(r"_(-\d+\.\d+)$", name)
    if known:
        truth = 10 ** float(known[1])
        total += 1
        near += answers.get("valley") is not None and abs(math.log(answers["valley"] / truth)) < math.log(1.5)
        name = re.sub(r"_-.*", f" (fall's middle {truth:.2g})", name)
    print(f"| {name.replace('_none', '')} | {len(variant['runs'][0]['loss'])} | " + " | ".join(cells) + f" | {last} |")

print(f"\nvalley within a factor 1.5 of the fall's middle: {near} of {total}")
