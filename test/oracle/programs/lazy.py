import torch
import torch.nn as nn


def out(n):
    nn.Conv2d(3, n, 3)(torch.zeros(1, 3, 8, 8))


# %% any stops
seen = []
any(seen.append(c) or c > 2 for c in [1, 2, 3, 4, 5])
out(len(seen))

# %% any goes through
seen = []
any(seen.append(c) or c > 20 for c in [1, 2, 3, 4, 5])
out(len(seen))

# %% next twice
seen = []
g = (seen.append(c) or c for c in [1, 2, 3, 4, 5])
next(g); next(g)
out(len(seen))

# %% not asked yet
seen = [1]
g = (seen.append(c) or c for c in [1, 2, 3, 4, 5])
out(len(seen))

# %% asked whole by list
seen = [1]
g = (seen.append(c) or c for c in [1, 2, 3, 4, 5])
list(g)
out(len(seen))

# %% sum
seen = [1]
w = sum(seen.append(c) or c for c in [1, 2, 3])
out(len(seen) + w)

# %% Sequential of a generator with effects
names = []
net = nn.Sequential(*(names.append(c) or nn.Conv2d(3, 3, 1) for c in range(3)))
net(torch.zeros(1, 3, 8, 8))
out(len(names))

# %% ModuleList of a generator with effects
names = []
net = nn.ModuleList(names.append(c) or nn.Conv2d(3, 3, 1) for c in range(3))
for l in net: l(torch.zeros(1, 3, 9, 9))
out(len(names))

# %% dict of a generator
names = []
d = dict((c, names.append(c) or c + 1) for c in range(3))
out(len(names) + d[2])

# %% join
names = []
s = "".join(names.append(c) or c for c in "abcd")
out(len(names) + len(s))

# %% extend
names, l = [], []
l.extend(names.append(c) or c for c in range(4))
out(len(names) + len(l))

# %% unpacked
names = []
a, b = (names.append(c) or c for c in (3, 4))
out(len(names) + b)

# %% in stops
names = []
2 in (names.append(c) or c for c in range(6))
out(len(names))

# %% a class counts its objects
class A:
    n = 0
    def __init__(self): A.n += 1; self.k = A.n
objs = list(A() for _ in range(4))
out(A.n + objs[1].k)

# %% a class counts its objects, lazily
class A:
    n = 3
    def __init__(self): A.n += 1; self.k = A.n
objs = (A() for _ in range(4))
first = next(objs)
out(A.n + first.k)

# %% lists made inside
def f(n):
    l = []
    for i in range(n): l.append(i)
    return l
g = (f(n) for n in (2, 3))
out(len(next(g)) + len(next(g)))

# %% lists made inside, any
def f(n):
    l = []
    for i in range(n): l.append(i)
    return l
out(4 if any(len(f(n)) > 2 for n in (2, 3)) else 5)

# %% map with append
seen = [1]
m = map(seen.append, [1, 2, 3])
out(len(seen))

# %% map with append, asked
seen = [1]
list(map(seen.append, [1, 2, 3]))
out(len(seen))

# %% map with append, asked once
seen = [1]
m = map(seen.append, [1, 2, 3])
next(m)
out(len(seen))

# %% map with a function that counts
n = 3
def f(c):
    global n
    n += 1
    return c + n
m = map(f, [1, 2, 3])
a = next(m)
out(n + a)

# %% filter that counts
n = 0
def f(c):
    global n
    n += 1
    return c > 1
m = filter(f, [1, 2, 3])
a = next(m)
out(n + a)

# %% filter all
n = 0
def f(c):
    global n
    n += 1
    return c > 1
a = list(filter(f, [1, 2, 3]))
out(n + len(a))

# %% for with break
seen = []
for c in (seen.append(c) or c for c in range(9)):
    if c == 3: break
out(len(seen))

# %% modules of a generator in a class
class Block(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.c = nn.Conv2d(i, o, 3, padding=1)
        self.ws = []
        self.ws.append(o)
    def forward(self, x): return self.c(x)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.made = 0
        self.blocks = nn.ModuleList(self.mk(i, i + 1) for i in range(3, 6))
        self.h = nn.Conv2d(self.made + 3, self.blocks[-1].ws[0], 1)
    def mk(self, i, o):
        self.made += 1
        return Block(i, o)
    def forward(self, x):
        for b in self.blocks: x = b(x)
        return self.h(x)
Net()(torch.zeros(1, 3, 8, 8))

# %% generator of a generator [silent]
seen = []
a = (seen.append(c) or c for c in range(5))
b = (x * 2 for x in a)
next(b); next(b)
out(len(seen) + 1)

# %% generator variable seen by its conditions
seen = set()
u = [x for x in (3, 4, 3, 5) if not (x in seen or seen.add(x))]
out(len(u) + len(seen))

# %% unique by generator
seen = set()
u = tuple(x for x in (3, 4, 3, 5) if not (x in seen or seen.add(x)))
out(len(u) + len(seen))

# %% walrus in any [silent]
if any((w := c) > 3 for c in (2, 4, 6)):
    out(w)

# %% max with effects
seen = []
m = max((seen.append(c) or c for c in (3, 5, 4)))
out(m + len(seen))

# %% all with unknown
import os
seen = []
r = all(seen.append(c) or os.path.exists(c) for c in ("/nothing/a", "/b"))
out(3)

