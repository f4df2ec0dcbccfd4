"""The competitors as processes: how each is built, called and asked for its one JSON line."""
import json
import os
import pathlib
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RUBATO_PROJECT = HERE / "Rubato.Peers"
CPP_BUILD = ROOT / "artifacts" / "peers-cpp"


class EngineFailed(Exception):
    pass


def python_command():
    return [os.environ.get("PEERS_PYTHON", "/usr/bin/python3"), str(HERE / "pytorch_train.py")]


def cpp_command():
    return [str(CPP_BUILD / "peer")]


def rubato_command():
    """PEERS_RUBATO overrides the command; None where the project is not there yet."""
    if "PEERS_RUBATO" in os.environ:
        return shlex.split(os.environ["PEERS_RUBATO"])
    return ["dotnet", str(ROOT / "artifacts/bin/Rubato.Peers/release/Rubato.Peers.dll")] if RUBATO_PROJECT.exists() else None


def build(cpp=True, rubato=True):
    quiet = {"stdout": sys.stderr, "check": True}
    if cpp:
        subprocess.run(["cmake", "-S", HERE / "cpp", "-B", CPP_BUILD], **quiet)
        subprocess.run(["cmake", "--build", CPP_BUILD], **quiet)
    if rubato and "PEERS_RUBATO" not in os.environ and RUBATO_PROJECT.exists():
        subprocess.run(["dotnet", "build", RUBATO_PROJECT, "-c", "Release", "-v", "q"], **quiet)


def make_inputs(folder):
    """Data and weights, once: both are made from fixed seeds."""
    folder = pathlib.Path(folder)
    if not (folder / "complete").exists():
        for script, target in (("make_data.py", folder), ("make_weights.py", folder / "weights")):
            subprocess.run([python_command()[0], HERE / script, target], check=True)
        (folder / "complete").touch()
    return folder


def call(command, options, environment=None, timeout=600):
    """Runs one engine; options are flag names with values, True for a bare flag."""
    words = list(command)
    for name, value in options.items():
        words += [f"--{name}"] if value is True else [f"--{name}", str(value)]
    # One BLAS thread for everyone: OpenBLAS's own threads beside libtorch's cost small networks most of their speed.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", **(environment or {})}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=timeout)
    if done.returncode != 0:
        raise EngineFailed(f"{shlex.join(words)}\nexited with {done.returncode}:\n{done.stderr.strip()[-2000:]}")
    try:
        return json.loads(done.stdout.strip().splitlines()[-1])
    except (IndexError, json.JSONDecodeError) as error:
        raise EngineFailed(f"{shlex.join(words)}\nprinted no JSON line: {done.stdout.strip()[-500:]!r}") from error
