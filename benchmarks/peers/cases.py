"""What is timed and what is compared: one row a case, shared by run and parity."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Timing:
    network: str
    batch: int
    threads: int  # 0: all cores
    warmup: int
    steps: int  # chosen so that a run takes about 3 to 8 seconds on two cores
    data: str
    memory_format: str  # of the tuned PyTorch; what rubato reports takes precedence

    @property
    def name(self):
        return f"{self.network} batch {self.batch}" + (f", {self.threads} thread" if self.threads == 1 else "")


TIMINGS = [
    Timing("mlp", 128, 0, 200, 3000, "mnist", "contiguous"),
    Timing("mlp", 128, 1, 200, 3000, "mnist", "contiguous"),
    Timing("convnet", 128, 0, 20, 300, "mnist", "channels-last"),
    Timing("cifar10-full", 100, 0, 10, 100, "cifar10", "contiguous"),
    Timing("wrn-16-4", 64, 0, 1, 4, "cifar10", "contiguous"),
]


@dataclasses.dataclass(frozen=True)
class Parity:
    network: str
    batch: int
    data: str
    weights: str
    optimizer: str
    lr: float
    weight_decay: float

    @property
    def name(self):
        return f"{self.weights} {self.optimizer}"


# Rates and decays. Large enough that the loss moves by far more than the tolerance, small enough that rounding is not amplified:
# with Adagrad at 0.01, whose first step is the sign of each gradient, PyTorch in float32 is 1e-2 (mlp) and 2e-3 (convnet, in either
# memory format) away from PyTorch in float64 within 20 steps.
OPTIMIZERS = {
    "mlp": {"sgd": (0.05, 5e-4), "nesterov": (0.05, 5e-4), "adam": (1e-3, 5e-4), "adamw": (1e-3, 1e-2), "rmsprop": (1e-4, 5e-4),
            "adagrad": (3e-3, 5e-4), "adadelta": (1.0, 5e-4)},
    "convnet": {"sgd": (0.02, 5e-4), "nesterov": (0.02, 5e-4), "adam": (3e-4, 5e-4), "adamw": (3e-4, 1e-2), "rmsprop": (3e-5, 5e-4),
                "adagrad": (5e-4, 5e-4), "adadelta": (0.1, 5e-4)},
}

PARITIES = [Parity(network, 128, "mnist", network, optimizer, lr, decay)
            for network, optimizers in OPTIMIZERS.items() for optimizer, (lr, decay) in optimizers.items()] + [
    Parity("cifar10-full", 100, "cifar10", "cifar10-full", "sgd", 0.001, 0.004),
    Parity("cifar10-full", 100, "cifar10", "cifar10-full-awake", "sgd", 0.001, 0.004),
    Parity("wrn-16-4", 64, "cifar10", "wrn-16-4", "nesterov", 0.001, 5e-4),
]
