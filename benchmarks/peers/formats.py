"""The files all engines share: an IDX set, a CIFAR-10 binary set, and weights as safetensors."""
import json
import pathlib
import struct

import numpy

IDX = {"train_images": "train-images-idx3-ubyte", "train_labels": "train-labels-idx1-ubyte",
       "test_images": "t10k-images-idx3-ubyte", "test_labels": "t10k-labels-idx1-ubyte"}
CIFAR_TRAIN = [f"data_batch_{i}.bin" for i in range(1, 6)]
CIFAR_TEST = "test_batch.bin"


def write_idx(path, array):
    """Magic 0x000008nn (unsigned bytes, nn dimensions), the sizes big-endian, then the bytes."""
    header = struct.pack(f">I{array.ndim}I", 0x0800 | array.ndim, *array.shape)
    pathlib.Path(path).write_bytes(header + array.astype(numpy.uint8).tobytes())


def read_idx(path):
    content = pathlib.Path(path).read_bytes()
    dimensions = content[3]
    shape = struct.unpack_from(f">{dimensions}I", content, 4)
    return numpy.frombuffer(content, numpy.uint8, offset=4 + 4 * dimensions).reshape(shape)


def write_cifar10(path, images, labels):
    """A record is the label's byte and the 3072 pixels: the red plane, the green, the blue, each 32x32 row by row."""
    records = numpy.concatenate([labels.astype(numpy.uint8)[:, None], images.reshape(len(images), -1)], axis=1)
    pathlib.Path(path).write_bytes(records.astype(numpy.uint8).tobytes())


def read_cifar10(path):
    records = numpy.frombuffer(pathlib.Path(path).read_bytes(), numpy.uint8).reshape(-1, 3073)
    return records[:, 1:].reshape(-1, 3, 32, 32), records[:, 0]


def read_train(network, folder):
    """Images [N, C, H, W] and labels [N], as bytes, in the order of the files."""
    folder = pathlib.Path(folder)
    if network in ("mlp", "convnet"):
        return read_idx(folder / IDX["train_images"])[:, None], read_idx(folder / IDX["train_labels"])
    parts = [read_cifar10(folder / name) for name in CIFAR_TRAIN]
    return numpy.concatenate([p[0] for p in parts]), numpy.concatenate([p[1] for p in parts])


TYPES = {"F32": numpy.float32, "I64": numpy.int64}


def write_safetensors(path, tensors):
    """8 bytes header length, little-endian; the JSON header, padded with spaces to a multiple of 8; the raw tensors."""
    header, offset = {}, 0
    for name, array in tensors.items():
        kind = next(k for k, v in TYPES.items() if array.dtype == v)
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
        offset += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(path).write_bytes(struct.pack("<Q", len(text)) + text + b"".join(a.tobytes() for a in tensors.values()))


def read_safetensors(path):
    content = pathlib.Path(path).read_bytes()
    start = 8 + struct.unpack_from("<Q", content)[0]
    header = json.loads(content[8:start])
    header.pop("__metadata__", None)
    return {name: numpy.frombuffer(content[start + entry["data_offsets"][0]:start + entry["data_offsets"][1]],
                                   TYPES[entry["dtype"]]).reshape(entry["shape"]) for name, entry in header.items()}
