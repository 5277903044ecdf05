import torch
import torch.nn as nn

# Of what is under this name nothing is known before it runs.
anything = eval

# %% a parameter for each place, added to what is not known [silent]
pos = nn.Parameter(torch.zeros(1, 8, 16, 16))
x = anything("torch.zeros(4, 8, 16, 16)")
nn.Conv2d(8, 4, 3)(x + pos)

# %% a parameter without a batch, added to what is not known [silent]
gamma = nn.Parameter(torch.zeros(3, 16, 16))
x = anything("torch.zeros(2, 3, 16, 16)")
nn.Conv2d(3, 4, 3)(x * gamma)

# %% a batch of one, added to what is not known [silent]
x = torch.zeros(1, 8, 16, 16)
nn.Conv2d(8, 4, 3)(x + anything("torch.zeros(4, 8, 16, 16)"))

# %% a batch of one, multiplied in place by what is not known
x = torch.zeros(1, 8, 16, 16)
x *= anything("torch.zeros(8, 1, 1)")
nn.Conv2d(8, 4, 3)(x)

# %% one column, compared with what is not known [silent]
x = torch.zeros(2, 8, 16, 1)
mask = (x > anything("torch.zeros(1, 16)")).float()
nn.Conv2d(8, 4, 3)(mask)

# %% a gate of one column is not as wide as what it is multiplied with [silent]
x = anything("torch.zeros(2, 8, 16, 16)")
gate = nn.Conv2d(8, 8, 1)(anything("torch.zeros(2, 8, 16, 1)"))
wide = nn.Conv2d(8, 8, 1)(x)
nn.Linear(16, 4)(wide * gate)

# %% a count that is not known, before a line that says what it would have to be and raises [silent]
times = torch.randperm(3).max()
x = nn.Conv1d(3, 4, 3)(torch.cat([torch.zeros(3, 3, 9)] * times, 0))
torch.cat([x, torch.zeros(7, 4, 7)], dim=1)

# %% a count that is not known, before a line that says what it has to be [in part]
times = torch.randperm(3).max()
x = nn.Conv1d(3, 4, 3)(torch.cat([torch.zeros(3, 3, 9)] * times, 0))
nn.Conv1d(8, 2, 1)(torch.cat([x, torch.zeros(6, 4, 7)], dim=1))
