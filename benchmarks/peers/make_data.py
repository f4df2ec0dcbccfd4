#!/usr/bin/python3
"""make_data.py FOLDER: writes FOLDER/mnist (IDX, 10,000 + 2,000 images) and FOLDER/cifar10 (binary, 10,000 + 1,000 records).

Synthetic, from a fixed seed: each class has a smooth random template; a sample is its template, shifted by up to two pixels,
scaled, with pixel noise. So a network learns something, and the files have exactly the shape of the real ones. A tenth of
the labels is drawn anew: the loss stays away from 0, where tiny numbers would change what is timed.
"""
import pathlib
import sys

import numpy

import formats

SEED, CLASSES, LABEL_NOISE = 20261122, 10, 0.1


def templates(random, channels, side):
    """Smooth patterns in 0..1: a coarse random grid, each cell enlarged, blurred twice with a 5-wide box."""
    coarse = random.random((CLASSES, channels, (side + 3) // 4, (side + 3) // 4))
    image = coarse.repeat(4, axis=2).repeat(4, axis=3)[:, :, :side, :side]
    for _ in range(2):
        for axis in (2, 3):
            image = sum(numpy.roll(image, shift, axis) for shift in range(-2, 3)) / 5
    low, high = image.min((1, 2, 3), keepdims=True), image.max((1, 2, 3), keepdims=True)
    return (image - low) / (high - low)


def samples(random, patterns, count):
    labels = random.integers(0, CLASSES, count)
    images = patterns[labels]
    for axis in (2, 3):
        shift = random.integers(-2, 3, count)
        images = numpy.stack([numpy.roll(image, by, axis - 1) for image, by in zip(images, shift)])
    images = 255 * (images * random.uniform(0.4, 1.0, (count, 1, 1, 1)) + 0.25 * random.standard_normal(images.shape))
    drawn_anew = random.random(count) < LABEL_NOISE
    labels = numpy.where(drawn_anew, random.integers(0, CLASSES, count), labels)
    return numpy.clip(numpy.rint(images), 0, 255).astype(numpy.uint8), labels


def main(folder):
    random = numpy.random.Generator(numpy.random.PCG64(SEED))
    digits, pictures = folder / "mnist", folder / "cifar10"
    for each in (digits, pictures):
        each.mkdir(parents=True, exist_ok=True)
    patterns = templates(random, 1, 28)
    for part, count in (("train", 10_000), ("test", 2_000)):
        images, labels = samples(random, patterns, count)
        formats.write_idx(digits / formats.IDX[f"{part}_images"], images[:, 0])
        formats.write_idx(digits / formats.IDX[f"{part}_labels"], labels)
    patterns = templates(random, 3, 32)
    for name in formats.CIFAR_TRAIN:
        formats.write_cifar10(pictures / name, *samples(random, patterns, 2_000))
    formats.write_cifar10(pictures / formats.CIFAR_TEST, *samples(random, patterns, 1_000))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
