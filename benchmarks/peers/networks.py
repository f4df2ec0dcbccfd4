"""The four networks, as a PyTorch user writes them."""
import torch
from torch import nn
from torch.nn import functional as F


def mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))


def convnet():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1, bias=False), nn.BatchNorm2d(64), nn.ReLU(), nn.AdaptiveAvgPool2d(1),
        nn.Flatten(), nn.Linear(64, 10))


class WithinChannelNorm(nn.Module):
    """Caffe's LRN within a channel: x * (1 + alpha * mean of x^2 over size x size, zeros outside counted)^-beta."""

    def __init__(self, size=3, alpha=5e-5, beta=0.75):
        super().__init__()
        self.size, self.alpha, self.beta = size, alpha, beta

    def forward(self, x):
        mean = F.avg_pool2d(x * x, self.size, stride=1, padding=self.size // 2)
        return x * (1 + self.alpha * mean) ** -self.beta


class Cifar10Full(nn.Module):
    """Caffe's cifar10_full. Pools are 3x3, stride 2, ceil: 32 -> 16 -> 8 -> 4."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 5, padding=2)
        self.conv2 = nn.Conv2d(32, 32, 5, padding=2)
        self.conv3 = nn.Conv2d(32, 64, 5, padding=2)
        self.ip1 = nn.Linear(1024, 10)
        self.max_pool = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.mean_pool = nn.AvgPool2d(3, 2, ceil_mode=True)
        self.norm = WithinChannelNorm()

    def forward(self, x):
        x = self.norm(F.relu(self.max_pool(self.conv1(x))))
        x = self.norm(self.mean_pool(F.relu(self.conv2(x))))
        x = self.mean_pool(F.relu(self.conv3(x)))
        return self.ip1(x.flatten(1))

    def parameter_groups(self, lr, weight_decay):
        """Caffe's lr_mult and decay_mult: biases of conv1, conv2 and ip1 at twice the rate; ip1 decays 250-fold, its bias not."""
        rate = {"conv1.bias": 2, "conv2.bias": 2, "ip1.bias": 2}
        decay = {"ip1.weight": 250, "ip1.bias": 0}
        return [{"params": [p], "lr": lr * rate.get(n, 1), "weight_decay": weight_decay * decay.get(n, 1)}
                for n, p in self.named_parameters()]


class WideBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.convShortcut = None if inputs == outputs else nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False)

    def forward(self, x):
        active = F.relu(self.bn1(x), inplace=True)
        out = self.conv2(F.relu(self.bn2(self.conv1(active)), inplace=True))
        return out + (x if self.convShortcut is None else self.convShortcut(active))


class WideGroup(nn.Module):
    def __init__(self, inputs, outputs, stride, blocks):
        super().__init__()
        self.layer = nn.Sequential(*(WideBlock(inputs if i == 0 else outputs, outputs, stride if i == 0 else 1)
                                     for i in range(blocks)))

    def forward(self, x):
        return self.layer(x)


class WideResNet(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        blocks = (depth - 4) // 6
        self.conv1 = nn.Conv2d(3, 16, 3, padding=1, bias=False)
        self.block1 = WideGroup(16, 16 * width, 1, blocks)
        self.block2 = WideGroup(16 * width, 32 * width, 2, blocks)
        self.block3 = WideGroup(32 * width, 64 * width, 2, blocks)
        self.bn1 = nn.BatchNorm2d(64 * width)
        self.fc = nn.Linear(64 * width, 10)

    def forward(self, x):
        x = self.block3(self.block2(self.block1(self.conv1(x))))
        x = F.adaptive_avg_pool2d(F.relu(self.bn1(x), inplace=True), 1)
        return self.fc(x.flatten(1))


def create(name):
    return {"mlp": mlp, "convnet": convnet, "cifar10-full": Cifar10Full, "wrn-16-4": lambda: WideResNet(16, 4)}[name]()
