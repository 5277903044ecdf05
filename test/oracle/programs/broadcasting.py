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
