"""The competitors as processes: how each is built, called and asked for its one JSON line."""
import json
import os
import pathlib
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROJECTS = {"rubato": "Rubato.Peers", "torchsharp": "TorchSharp.Peers"}
# What ./rubato sets.
LAUNCHER = {"GOMP_SPINCOUNT": "20000"}
# OpenBLAS's own threads beside libtorch's cost small networks most of their speed.
DEBIAN = {"OPENBLAS_NUM_THREADS": "1"}


class EngineFailed(Exception):
    pass


def python_command():
    return [os.environ.get("PEERS_PYTHON", "/usr/bin/python3"), str(HERE / "pytorch_train.py")]


def program(name, root=ROOT):
    """A .NET program of a checkout."""
    return ["dotnet", str(root / "artifacts" / "bin" / name / "release" / f"{name}.dll")]


def rubato_command():
    """PEERS_RUBATO overrides the command."""
    return shlex.split(os.environ["PEERS_RUBATO"]) if "PEERS_RUBATO" in os.environ else program("Rubato.Peers")


def torchsharp_command():
    return program("TorchSharp.Peers")


def old_checkout():
    """PEERS_OLD: a checkout with the engine that stood on Debian's libtorch, with its Rubato.Peers built."""
    if "PEERS_OLD" not in os.environ:
        raise EngineFailed("set PEERS_OLD to a checkout of the old engine in which benchmarks/peers/Rubato.Peers is built")
    return pathlib.Path(os.environ["PEERS_OLD"])


def old_command():
    return program("Rubato.Peers", old_checkout())


def old_environment():
    return {"RUBATO_NATIVE": str(old_checkout() / "native" / "build" / "librubato_torch.so")}


def blas_core():
    """The kernels of Debian's OpenBLAS that suit this processor, which it takes for an old one where it came later: PEERS_BLAS_CORE or a rule."""
    if "PEERS_BLAS_CORE" in os.environ:
        return os.environ["PEERS_BLAS_CORE"]
    facts = {}
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            name, _, value = line.partition(":")
            facts.setdefault(name.strip(), value.strip())
    flags = facts.get("flags", "").split()
    if facts.get("vendor_id") == "AuthenticAMD":
        return "ZEN"
    return "SKYLAKEX" if "avx512f" in flags else "HASWELL"


def build(*projects):
    for project in projects:
        subprocess.run(["dotnet", "build", HERE / project, "-c", "Release", "-v", "q"], stdout=sys.stderr, check=True)


def make_inputs(folder):
    """Data and weights, once: both are made from fixed seeds."""
    folder = pathlib.Path(folder)
    if not (folder / "complete").exists():
        for script, target in (("make_data.py", folder), ("make_weights.py", folder / "weights")):
            subprocess.run([python_command()[0], HERE / script, target], check=True)
        (folder / "complete").touch()
    return folder


def words(command, options):
    """A command line: options are flag names with values, True for a bare flag."""
    return [*command, *(word for name, value in options.items() for word in ([f"--{name}"] if value is True else [f"--{name}", str(value)]))]


def answer(called, done):
    """The JSON line of a process that has ended."""
    if done.returncode != 0:
        raise EngineFailed(f"{shlex.join(called)}\nexited with {done.returncode}:\n{done.stderr.strip()[-2000:]}")
    try:
        return json.loads(done.stdout.strip().splitlines()[-1])
    except (IndexError, json.JSONDecodeError) as error:
        raise EngineFailed(f"{shlex.join(called)}\nprinted no JSON line: {done.stdout.strip()[-500:]!r}") from error


def call(command, options, environment=None, timeout=3600):
    """Runs one engine."""
    called = words(command, options)
    environment = {**os.environ, **(environment or {})}
    return answer(called, subprocess.run(called, env=environment, capture_output=True, text=True, timeout=timeout))
