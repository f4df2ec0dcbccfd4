"""An independent reader and writer of the safetensors format, with numpy alone.

python3 safetensors_numpy.py write small.safetensors    makes the golden file
python3 safetensors_numpy.py read FILE                  prints names, types, shapes and first values of any file
"""
import json
import sys

import numpy

TYPES = {"F32": "<f4", "F64": "<f8", "I64": "<i8", "U8": "u1"}


def read(path):
    content = open(path, "rb").read()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    data = content[8 + length :]
    header.pop("__metadata__", None)
    return {
        name: numpy.frombuffer(data[slice(*entry["data_offsets"])], TYPES[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in header.items()
    }


def write(path, tensors):
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, (kind, array) in tensors.items():
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
        offset += array.nbytes
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + b"".join(array.tobytes() for _, array in tensors.values()))


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2], {
            "1.num_batches_tracked": ("I64", numpy.array(7, "<i8")),
            "0.weight": ("F32", numpy.arange(6, dtype="<f4").reshape(2, 3) / 4),
            "0.bias": ("F32", numpy.array([-1.5, numpy.inf], "<f4")),
            "größe": ("U8", numpy.array([1, 2, 3], "u1")),
        })
    else:
        for name, array in read(sys.argv[2]).items():
            print(name, array.dtype, array.shape, array.ravel()[:4].tolist())
