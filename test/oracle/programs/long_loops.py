import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.randn(1, 4, 8, 100)

# %% steps of a long sound
steps = []
for t in range(x.shape[-1]):
    steps.append(x[..., t])
nn.Conv2d(4, 2, 1)(torch.stack(steps, 3))
nn.Conv2d(4, len(steps), 1)(x)

# %% a state that is kept of all steps
class Normalised(nn.Module):
    def forward(self, x):
        state = x[..., 0]
        states = []
        for t in range(x.shape[-1]):
            state = state * 0.9 + x[..., t] * 0.1
            states.append(state)
        return x / torch.stack(states, -1)


nn.Conv2d(4, 3, 1)(Normalised()(x))

# %% two for each step
parts = []
for t in range(60):
    parts.append(x[..., :1])
    parts += [x[..., :2]]
nn.Conv2d(4, 2, 1)(torch.cat(parts, 3))

# %% every other step
steps = []
for t in range(64):
    if t % 2:
        steps.append(x[..., t])
nn.Conv2d(4, 2, 1)(torch.stack(steps, 3))

# %% numbers and entries
numbers = []
for i in range(80):
    numbers.append(i)
entries = {}
for i in range(90):
    entries[f"k{i}"] = x
history = {"loss": [], "count": 0}
for i in range(70):
    history["loss"].append(x.mean())
    history["count"] += 1
assert len(numbers) == 80 and numbers[-1] == 79
assert len(entries) == 90 and len(history["loss"]) == 70 and history["count"] == 70
conv = nn.Conv2d(4, 2, 1)(x)

# %% an object that keeps what it is given
class Bank:
    def __init__(self):
        self.items, self.count = [], 0

    def add(self, x):
        self.items.append(x)
        self.count += 1


bank = Bank()
for i in range(70):
    bank.add(x)
nn.Conv2d(4, bank.count // 7, 1)(x)
nn.Conv2d(280, 2, 1)(torch.cat(bank.items, 1))

# %% fifty layers
body = nn.Sequential()
for i in range(50):
    body.append(nn.Conv2d(4, 4, 3, padding=1))
nn.Conv2d(4, len(body) // 10, 1)(body(x))

# %% a tensor that grows, and one that shrinks for a while
y = x
for i in range(60):
    y = F.pad(y, (0, 1))
nn.Conv2d(4, 2, 1)(y)
z = x
for i in range(100):
    z = z[..., 1:] if z.shape[-1] > 50 else z
nn.Conv2d(4, 2, 1)(z)

# %% more rounds than are run [silent]
parts = []
for i in range(1500):
    parts.append(x[..., :1])
y, n = x[..., :1], 0
for i in range(1500):
    y = F.pad(y, (0, 1))
    n += 1
nn.Conv2d(4, n // 500, 1)(y)

# %% loops that end before their last round, and what they leave
parts = []
for i in range(100):
    if len(parts) >= 60:
        break
    parts.append(x[..., :1])
nn.Conv2d(4, i // 30, 1)(torch.cat(parts, 3))
for i in range(100):
    y = x if i < 70 else x[:, :2]
nn.Conv2d(2, i // 33, 1)(y)

# %% a queue, and generators that give many
from collections import deque

queue = deque(maxlen=5)
for i in range(90):
    queue.append(x)


def columns():
    for i in range(60):
        yield x[..., :1]


nn.Conv2d(20, len(queue), 1)(torch.cat(list(queue), 1))
nn.Conv2d(4, 7, 1)(torch.cat(list(columns()), 3))
nn.Conv2d(4, sum(1 for _ in columns()) // 6, 2)(x)

# %% a generator that gives nobody knows how many [silent]
import random


def some():
    for i in range(random.randint(5, 5)):
        yield x[..., :1]


nn.Conv2d(4, 7, 1)(torch.cat(list(some()), 3))

# %% a loop that is too long to be followed to its end [in part]
class Deep(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(
            [nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU()) for _ in range(20)]
        )

    def forward(self, x):
        for layer in self.layers:
            x = layer(x) + x
        return x


net, losses = Deep(), []
for i in range(100):
    y = net(x[..., :8])
    losses.append(y.mean())
    z = y if i < 70 else y[:, :2]
nn.Conv2d(4, 2, 1)(y)
nn.Conv2d(2, len(losses) // 10, 1)(z)
