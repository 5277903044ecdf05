from collections import deque

import torch
import torch.nn as nn

conv = nn.Conv2d(1, 2, 3)

# %% a queue of a known length pushes out what came first
q = deque(maxlen=2)
for n in range(3):
    q.append(torch.zeros(1, 1, 5 + n, 6))
conv(q.popleft())
conv(q.pop())

# %% a queue that is filled from both ends
q = deque([torch.zeros(1, 1, 3, 4), torch.zeros(1, 1, 3, 5)], maxlen=3)
q.extend([torch.zeros(1, 1, 3, 6), torch.zeros(1, 1, 3, 7)])
q.appendleft(torch.zeros(1, 1, 3, 8))
for x in q:
    conv(x)

# %% pairs in the order of their names, whatever goes with them
d = {"b": torch.zeros(1, 1, 9, 9), "a": torch.zeros(1, 1, 8, 8)}
for name, x in sorted(d.items()):
    conv(x) if name == "a" else nn.Conv2d(1, 3, 3)(x)
conv(dict(sorted(d.items(), reverse=True))["b"])

# %% pairs of which two have the same first item and cannot be put in order [silent]
pairs = [(1, 1.5), (1, eval("2")), (0, 3)]
nn.Conv2d(1, 2, int(sorted(pairs)[1][1] * 2))(torch.zeros(1, 1, 9, 9))
