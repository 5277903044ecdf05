import functools
from collections import deque
from contextlib import contextmanager

import torch
import torch.nn as nn

x = torch.zeros(1, 3, 9, 9)

# %% the keys of a dictionary that has grown since
sizes = {"a": 1, "b": 2}
keys = sizes.keys()
sizes["c"] = 3
nn.Conv2d(3, len(keys), 3)(x)

# %% the values of a dictionary that has grown since
widths = {"a": 8, "b": 16}
values = widths.values()
widths["c"] = 32
for width in values:
    x = nn.Conv2d(x.shape[1], width, 3)(x)

# %% the items of a dictionary of a class
class Net(nn.Module):
    table = {"a": 4}
    items = table.items()

    def __init__(self):
        super().__init__()
        self.table["b"] = 6
        self.layers = nn.ModuleDict()
        width = 3
        for name, given in self.items:
            self.layers[name] = nn.Conv2d(width, given, 3)
            width = given

    def forward(self, x):
        for layer in self.layers.values():
            x = layer(x)
        return x


Net()(x)

# %% keys of which one has gone
sizes = {"a": 1, "b": 2, "c": 5}
keys = sizes.keys()
del sizes["a"]
nn.Conv2d(3, len(list(keys)), 3)(x)
nn.Conv2d(3, max(sizes.values()), 1)(x)

# %% a key that came later
options = {}
known = options.keys()
options["bias"] = True
nn.Conv2d(3, 4 if "bias" in known else 7, 3)(x)

# %% keys as sets
one = {"x": 1, "y": 2}
other = {"y": 3, "z": 4}
both, either, only = one.keys() & other.keys(), one.keys() | other.keys(), one.keys() - other.keys()
nn.Conv2d(len(both), len(either), len(only))(torch.zeros(1, 1, 8, 8))

# %% values have no index
widths = {"a": 4, "b": 5}
try:
    width = widths.values()[0]
except TypeError:
    width = 8
nn.Conv2d(3, width, 3)(x)

# %% the values and keys of a dictionary of modules
layers = nn.ModuleDict({"a": nn.Conv2d(3, 4, 3)})
values, names = layers.values(), layers.keys()
layers["b"] = nn.Conv2d(4, 5, 3)
for layer in values:
    x = layer(x)
nn.Conv2d(5, len(names), 1)(x)

# %% the variables of an object
class Settings:
    pass


settings = Settings()
variables = vars(settings)
settings.width = 5
nn.Conv2d(3, variables["width"], 3)(x)
variables["depth"] = 6
nn.Conv2d(3, settings.depth, 3)(x)
nn.Conv2d(3, len(variables), 3)(x)

# %% modules are given once
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Conv2d(4, 5, 3))
modules = net.modules()
next(modules)
nn.Conv2d(3, next(modules).out_channels, 3)(x)
nn.Conv2d(3, len(list(modules)), 1)(x)
nn.Conv2d(3, len(list(modules)) + 7, 1)(x)

# %% children and named modules are given once
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Conv2d(4, 5, 3))
children = net.children()
nn.Conv2d(3, len(list(children)) + len(list(children)), 1)(x)
named = net.named_modules()
nn.Conv2d(3, len(dict(named)) + len(dict(named)), 1)(x)

# %% a generator expression reads its variables when it is asked [silent]
size = 1
layers = (nn.Conv2d(3, 4, size) for _ in range(2))
size = 3
for layer in layers:
    layer(x)

# %% a lambda reads its variables when it is asked [silent]
factors = [2]
widths = map(lambda width: width * factors[0], [3])
factors[0] = 4
nn.Conv2d(3, next(widths), 1)(x)

# %% iterators go through a list as it has become [silent]
widths = [1, 2]
positive, pairs, numbered = filter(lambda width: width > 0, widths), zip(widths, widths), enumerate(widths)
widths.append(5)
nn.Conv2d(3, sum(positive), 1)(x)
nn.Conv2d(3, len(list(pairs)), 1)(x)
nn.Conv2d(3, len(list(numbered)), 1)(x)

# %% what has been passed may change
widths = [4, 5, 6]
for place, width in enumerate(widths):
    widths[place] = width * 2
    nn.Conv2d(3, width, 1)(x)
nn.Conv2d(3, sum(widths), 1)(x)

# %% a list from which its loop takes
widths = [1, 2, 3, 4]
rounds = 0
for width in widths:
    rounds += 1
    if width % 2 == 0:
        widths.remove(width)
nn.Conv2d(3, rounds, 1)(x)

# %% a list to which its loop adds
widths = [3]
for width in widths:
    if len(widths) < 5:
        widths.append(width + 1)
nn.Conv2d(3, len(widths), 1)(x)
nn.Conv2d(3, widths[-1], 3)(x)

# %% the values of a dictionary that its loop changes
widths = {"a": 4, "b": 5}
for name, width in widths.items():
    widths["b"] = 9
    nn.Conv2d(3, width, 1)(x)

# %% a generator begins when it is asked
class State:
    width = 1


def widths():
    State.width = 9
    yield 3


never, made = widths(), widths()
nn.Conv2d(3, State.width, 3)(x)
next(made)
nn.Conv2d(3, State.width, 3)(x)

# %% a generator goes on when it is asked again
class State:
    width = 1


def sizes():
    State.width = 5
    yield 1
    State.width = 9


for size in sizes():
    nn.Conv2d(3, State.width, size)(x)
nn.Conv2d(3, State.width, 3)(x)

# %% a generator that writes over what was written meanwhile [silent]
class State:
    width = 1


def sizes():
    State.width = 5
    yield 1


asked = sizes()
State.width = 7
next(asked)
nn.Conv2d(3, State.width, 3)(x)

# %% functions out of a comprehension
width = 7
layers = [lambda x: nn.Conv2d(3, width, 1)(x) for width in (2, 5)]
layers[0](x)
sizes = {size: (lambda: size) for size in (1, 3)}
nn.Conv2d(3, 4, sizes[1]())(x)
nn.Conv2d(3, width, 3)(x)

# %% a function that remembers
calls = []


@functools.lru_cache(maxsize=None)
def width(given):
    calls.append(given)
    return given + 1


width(1)
width(1)
width(2)
nn.Conv2d(3, len(calls), 3)(x)


@functools.cache
def layer():
    return nn.Conv2d(3, 4, 3)


layer().stride = (2, 2)
layer()(x)

# %% a method that remembers
class Widths:
    calls = 0

    @functools.lru_cache()
    def of(self, given):
        Widths.calls += 1
        return given * 2


widths = Widths()
nn.Conv2d(3, widths.of(2) + widths.of(2), 1)(x)
nn.Conv2d(3, widths.calls, 3)(x)

# %% a queue is no list
queue = deque([4, 8, 16])
queue.rotate(1)
nn.Conv2d(3, 5 if isinstance(queue, list) else queue[0], 1)(x)
queue = deque(maxlen=3)
queue.extend(range(1, 6))
queue.appendleft(9)
queue.extendleft([7])
for width in queue:
    nn.Conv2d(3, width, 1)(x)

# %% an exit that looks at what was raised
entered = []


class Forgiving:
    def __enter__(self):
        entered.append(1)
        return self

    def __exit__(self, kind, value, trace):
        entered.append(2)
        return kind is ValueError


def run():
    with Forgiving():
        raise ValueError
    return len(entered)


nn.Conv2d(3, run(), 1)(x)
nn.Conv2d(3, len(entered), 3)(x)

# %% nothing to go through, and nothing to write to
try:
    for each in 7:
        pass
    width = 1
except TypeError:
    width = 5
nn.Conv2d(3, width, 1)(x)
sizes = (1, 2)
try:
    sizes[0] = 5
    width = 1
except TypeError:
    width = 6
nn.Conv2d(3, width, 1)(x)

# %% what a generator does when it is left [in part]
ended = []


def sizes():
    try:
        yield 1
        yield 2
    finally:
        ended.append(1)


for size in sizes():
    break
nn.Conv2d(3, 4, size)(x)
nn.Conv2d(3, len(ended), 3)(x)

# %% pairs of names and modules, numbered
class Features(nn.ModuleDict):
    def forward(self, x):
        given = []
        for place, (name, module) in enumerate(self.items()):
            x = module(x)
            given.append(x)
        return given


net = Features({"stem": nn.Sequential(nn.Conv2d(3, 4, 3)), "body": nn.Sequential(nn.Conv2d(4, 5, 3))})
nn.Conv2d(5, 2, 1)(net(x)[-1])
