import fractions
import functools
import math
import operator
import statistics

import numpy as np
import torch
import torch.nn as nn

x = torch.randn(1, 3, 20, 20)
w = torch.randn(4, 3)

# %% 3 / 2
nn.Conv2d(3, 1 if isinstance(3 / 2, float) else 2, 1)(x)

# %% 4 / 2
nn.Conv2d(3, 1 if isinstance(4 / 2, float) else 2, 1)(x)

# %% 4 // 2
nn.Conv2d(3, 1 if isinstance(4 // 2, float) else 2, 1)(x)

# %% 4.0 // 2
nn.Conv2d(3, 1 if isinstance(4.0 // 2, float) else 2, 1)(x)

# %% 7 % 2
nn.Conv2d(3, 1 if isinstance(7 % 2, float) else 2, 1)(x)

# %% 7.0 % 2
nn.Conv2d(3, 1 if isinstance(7.0 % 2, float) else 2, 1)(x)

# %% 2 ** 3
nn.Conv2d(3, 1 if isinstance(2 ** 3, float) else 2, 1)(x)

# %% 2 ** -1
nn.Conv2d(3, 1 if isinstance(2 ** -1, float) else 2, 1)(x)

# %% 2.0 ** 3
nn.Conv2d(3, 1 if isinstance(2.0 ** 3, float) else 2, 1)(x)

# %% 4 ** 0.5
nn.Conv2d(3, 1 if isinstance(4 ** 0.5, float) else 2, 1)(x)

# %% round(2.5)
nn.Conv2d(3, 1 if isinstance(round(2.5), float) else 2, 1)(x)

# %% round(2.567, 1)
nn.Conv2d(3, 1 if isinstance(round(2.567, 1), float) else 2, 1)(x)

# %% round(7, 0)
nn.Conv2d(3, 1 if isinstance(round(7, 0), float) else 2, 1)(x)

# %% int(3.7)
nn.Conv2d(3, 1 if isinstance(int(3.7), float) else 2, 1)(x)

# %% float(3)
nn.Conv2d(3, 1 if isinstance(float(3), float) else 2, 1)(x)

# %% abs(-3)
nn.Conv2d(3, 1 if isinstance(abs(-3), float) else 2, 1)(x)

# %% abs(-3.0)
nn.Conv2d(3, 1 if isinstance(abs(-3.0), float) else 2, 1)(x)

# %% max(2, 3.0)
nn.Conv2d(3, 1 if isinstance(max(2, 3.0), float) else 2, 1)(x)

# %% max(2.0, 3)
nn.Conv2d(3, 1 if isinstance(max(2.0, 3), float) else 2, 1)(x)

# %% min(2, 3.0)
nn.Conv2d(3, 1 if isinstance(min(2, 3.0), float) else 2, 1)(x)

# %% sum([1, 2])
nn.Conv2d(3, 1 if isinstance(sum([1, 2]), float) else 2, 1)(x)

# %% sum([1, 2.0])
nn.Conv2d(3, 1 if isinstance(sum([1, 2.0]), float) else 2, 1)(x)

# %% sum([0.5, 0.5])
nn.Conv2d(3, 1 if isinstance(sum([0.5, 0.5]), float) else 2, 1)(x)

# %% math.floor(2.5)
nn.Conv2d(3, 1 if isinstance(math.floor(2.5), float) else 2, 1)(x)

# %% math.ceil(2.5)
nn.Conv2d(3, 1 if isinstance(math.ceil(2.5), float) else 2, 1)(x)

# %% math.sqrt(4)
nn.Conv2d(3, 1 if isinstance(math.sqrt(4), float) else 2, 1)(x)

# %% math.log2(8)
nn.Conv2d(3, 1 if isinstance(math.log2(8), float) else 2, 1)(x)

# %% math.pow(2, 3)
nn.Conv2d(3, 1 if isinstance(math.pow(2, 3), float) else 2, 1)(x)

# %% pow(2, 3)
nn.Conv2d(3, 1 if isinstance(pow(2, 3), float) else 2, 1)(x)

# %% pow(2, -1)
nn.Conv2d(3, 1 if isinstance(pow(2, -1), float) else 2, 1)(x)

# %% math.trunc(2.5)
nn.Conv2d(3, 1 if isinstance(math.trunc(2.5), float) else 2, 1)(x)

# %% math.prod([2, 3])
nn.Conv2d(3, 1 if isinstance(math.prod([2, 3]), float) else 2, 1)(x)

# %% math.prod([2, 3.0])
nn.Conv2d(3, 1 if isinstance(math.prod([2, 3.0]), float) else 2, 1)(x)

# %% math.gcd(4, 6)
nn.Conv2d(3, 1 if isinstance(math.gcd(4, 6), float) else 2, 1)(x)

# %% math.isqrt(9)
nn.Conv2d(3, 1 if isinstance(math.isqrt(9), float) else 2, 1)(x)

# %% math.fabs(-2)
nn.Conv2d(3, 1 if isinstance(math.fabs(-2), float) else 2, 1)(x)

# %% divmod(7, 2)[0]
nn.Conv2d(3, 1 if isinstance(divmod(7, 2)[0], float) else 2, 1)(x)

# %% divmod(7.0, 2)[0]
nn.Conv2d(3, 1 if isinstance(divmod(7.0, 2)[0], float) else 2, 1)(x)

# %% len([1, 2]) / 1
nn.Conv2d(3, 1 if isinstance(len([1, 2]) / 1, float) else 2, 1)(x)

# %% x.shape[1] / 3
nn.Conv2d(3, 1 if isinstance(x.shape[1] / 3, float) else 2, 1)(x)

# %% x.size(2) // 2
nn.Conv2d(3, 1 if isinstance(x.size(2) // 2, float) else 2, 1)(x)

# %% x.shape[-1] * 1.0
nn.Conv2d(3, 1 if isinstance(x.shape[-1] * 1.0, float) else 2, 1)(x)

# %% x.numel() / 2
nn.Conv2d(3, 1 if isinstance(x.numel() / 2, float) else 2, 1)(x)

# %% -(4 / 2)
nn.Conv2d(3, 1 if isinstance(-(4 / 2), float) else 2, 1)(x)

# %% +(4 / 2)
nn.Conv2d(3, 1 if isinstance(+(4 / 2), float) else 2, 1)(x)

# %% True + 1
nn.Conv2d(3, 1 if isinstance(True + 1, float) else 2, 1)(x)

# %% True / 1
nn.Conv2d(3, 1 if isinstance(True / 1, float) else 2, 1)(x)

# %% 1e3
nn.Conv2d(3, 1 if isinstance(1e3, float) else 2, 1)(x)

# %% 10_000
nn.Conv2d(3, 1 if isinstance(10_000, float) else 2, 1)(x)

# %% 0x10
nn.Conv2d(3, 1 if isinstance(0x10, float) else 2, 1)(x)

# %% (3 - 1) / 2
nn.Conv2d(3, 1 if isinstance((3 - 1) / 2, float) else 2, 1)(x)

# %% int((3 - 1) / 2)
nn.Conv2d(3, 1 if isinstance(int((3 - 1) / 2), float) else 2, 1)(x)

# %% int(4 / 2) * 2
nn.Conv2d(3, 1 if isinstance(int(4 / 2) * 2, float) else 2, 1)(x)

# %% 2 * 0.5
nn.Conv2d(3, 1 if isinstance(2 * 0.5, float) else 2, 1)(x)

# %% 2 * int(1.5)
nn.Conv2d(3, 1 if isinstance(2 * int(1.5), float) else 2, 1)(x)

# %% [1, 2.0][1]
nn.Conv2d(3, 1 if isinstance([1, 2.0][1], float) else 2, 1)(x)

# %% {'a': 2.0}['a']
nn.Conv2d(3, 1 if isinstance({'a': 2.0}['a'], float) else 2, 1)(x)

# %% (lambda v: v / 2)(4)
nn.Conv2d(3, 1 if isinstance((lambda v: v / 2)(4), float) else 2, 1)(x)

# %% np.prod([2, 3]) * 1
nn.Conv2d(3, 1 if isinstance(np.prod([2, 3]) * 1, float) else 2, 1)(x)

# %% int(np.ceil(2.5))
nn.Conv2d(3, 1 if isinstance(int(np.ceil(2.5)), float) else 2, 1)(x)

# %% np.ceil(2.5)
nn.Conv2d(3, 1 if isinstance(np.ceil(2.5), float) else 2, 1)(x)

# %% np.floor(5 / 2)
nn.Conv2d(3, 1 if isinstance(np.floor(5 / 2), float) else 2, 1)(x)

# %% np.sqrt(4)
nn.Conv2d(3, 1 if isinstance(np.sqrt(4), float) else 2, 1)(x)

# %% int(np.sqrt(4))
nn.Conv2d(3, 1 if isinstance(int(np.sqrt(4)), float) else 2, 1)(x)

# %% np.log2(8)
nn.Conv2d(3, 1 if isinstance(np.log2(8), float) else 2, 1)(x)

# %% np.int64(4)
nn.Conv2d(3, 1 if isinstance(np.int64(4), float) else 2, 1)(x)

# %% np.float64(4)
nn.Conv2d(3, 1 if isinstance(np.float64(4), float) else 2, 1)(x)

# %% np.array([2, 3])[0] * 1
nn.Conv2d(3, 1 if isinstance(np.array([2, 3])[0] * 1, float) else 2, 1)(x)

# %% np.array([2.0, 3])[0]
nn.Conv2d(3, 1 if isinstance(np.array([2.0, 3])[0], float) else 2, 1)(x)

# %% np.mean([2, 4])
nn.Conv2d(3, 1 if isinstance(np.mean([2, 4]), float) else 2, 1)(x)

# %% np.sum([2, 4]) * 1
nn.Conv2d(3, 1 if isinstance(np.sum([2, 4]) * 1, float) else 2, 1)(x)

# %% np.max([2, 4]) * 1
nn.Conv2d(3, 1 if isinstance(np.max([2, 4]) * 1, float) else 2, 1)(x)

# %% torch.tensor(3).item()
nn.Conv2d(3, 1 if isinstance(torch.tensor(3).item(), float) else 2, 1)(x)

# %% torch.tensor(3.0).item()
nn.Conv2d(3, 1 if isinstance(torch.tensor(3.0).item(), float) else 2, 1)(x)

# %% torch.tensor([2, 4]).sum().item()
nn.Conv2d(3, 1 if isinstance(torch.tensor([2, 4]).sum().item(), float) else 2, 1)(x)

# %% torch.tensor([2, 4]).float().mean().item()
nn.Conv2d(3, 1 if isinstance(torch.tensor([2, 4]).float().mean().item(), float) else 2, 1)(x)

# %% float('2')
nn.Conv2d(3, 1 if isinstance(float('2'), float) else 2, 1)(x)

# %% int('2')
nn.Conv2d(3, 1 if isinstance(int('2'), float) else 2, 1)(x)

# %% eval('2') [silent]
nn.Conv2d(3, 1 if isinstance(eval('2'), float) else 2, 1)(x)

# %% sorted([3, 1.0])[0]
nn.Conv2d(3, 1 if isinstance(sorted([3, 1.0])[0], float) else 2, 1)(x)

# %% next(iter([2.0]))
nn.Conv2d(3, 1 if isinstance(next(iter([2.0])), float) else 2, 1)(x)

# %% functools.reduce(lambda a, b: a * b, [2, 3])
nn.Conv2d(3, 1 if isinstance(functools.reduce(lambda a, b: a * b, [2, 3]), float) else 2, 1)(x)

# %% functools.reduce(lambda a, b: a / b, [4, 2])
nn.Conv2d(3, 1 if isinstance(functools.reduce(lambda a, b: a / b, [4, 2]), float) else 2, 1)(x)

# %% 2 if True else 2.0
nn.Conv2d(3, 1 if isinstance(2 if True else 2.0, float) else 2, 1)(x)

# %% 2.0 if x.dim() == 4 else 2
nn.Conv2d(3, 1 if isinstance(2.0 if x.dim() == 4 else 2, float) else 2, 1)(x)

# %% (2 and 2.0)
nn.Conv2d(3, 1 if isinstance((2 and 2.0), float) else 2, 1)(x)

# %% (0 or 2.0)
nn.Conv2d(3, 1 if isinstance((0 or 2.0), float) else 2, 1)(x)

# %% not 2.0
nn.Conv2d(3, 1 if isinstance(not 2.0, float) else 2, 1)(x)

# %% ~2
nn.Conv2d(3, 1 if isinstance(~2, float) else 2, 1)(x)

# %% 2 << 1
nn.Conv2d(3, 1 if isinstance(2 << 1, float) else 2, 1)(x)

# %% 6 & 3
nn.Conv2d(3, 1 if isinstance(6 & 3, float) else 2, 1)(x)

# %% fractions.Fraction(1, 2) [silent]
nn.Conv2d(3, 1 if isinstance(fractions.Fraction(1, 2), float) else 2, 1)(x)

# %% operator.truediv(4, 2)
nn.Conv2d(3, 1 if isinstance(operator.truediv(4, 2), float) else 2, 1)(x)

# %% operator.floordiv(4, 2)
nn.Conv2d(3, 1 if isinstance(operator.floordiv(4, 2), float) else 2, 1)(x)

# %% statistics.mean([2, 4]) [silent]
nn.Conv2d(3, 1 if isinstance(statistics.mean([2, 4]), float) else 2, 1)(x)

# %% statistics.mean([2, 3]) [silent]
nn.Conv2d(3, 1 if isinstance(statistics.mean([2, 3]), float) else 2, 1)(x)

# %% math.floor(7 / 2) + 1
nn.Conv2d(3, 1 if isinstance(math.floor(7 / 2) + 1, float) else 2, 1)(x)

# %% math.floor(7 / 2) / 1
nn.Conv2d(3, 1 if isinstance(math.floor(7 / 2) / 1, float) else 2, 1)(x)

# %% int(math.log2(8)) + 1
nn.Conv2d(3, 1 if isinstance(int(math.log2(8)) + 1, float) else 2, 1)(x)

# %% round(8 / 3)
nn.Conv2d(3, 1 if isinstance(round(8 / 3), float) else 2, 1)(x)

# %% round(0.5 * x.shape[2])
nn.Conv2d(3, 1 if isinstance(round(0.5 * x.shape[2]), float) else 2, 1)(x)

# %% range(0, 9, 2)[1]
nn.Conv2d(3, 1 if isinstance(range(0, 9, 2)[1], float) else 2, 1)(x)

# %% list(range(3))[1] / 1
nn.Conv2d(3, 1 if isinstance(list(range(3))[1] / 1, float) else 2, 1)(x)

# %% enumerate([1])
nn.Conv2d(3, 1 if isinstance(enumerate([1]), float) else 2, 1)(x)

# %% x.shape[2] ** 2
nn.Conv2d(3, 1 if isinstance(x.shape[2] ** 2, float) else 2, 1)(x)

# %% x.shape[2] ** 0.5
nn.Conv2d(3, 1 if isinstance(x.shape[2] ** 0.5, float) else 2, 1)(x)

# %% x.dim() / 2
nn.Conv2d(3, 1 if isinstance(x.dim() / 2, float) else 2, 1)(x)

# %% w.shape[0] - 1
nn.Conv2d(3, 1 if isinstance(w.shape[0] - 1, float) else 2, 1)(x)

# %% math.comb(4, 2)
nn.Conv2d(3, 1 if isinstance(math.comb(4, 2), float) else 2, 1)(x)

# %% math.dist([0], [2]) [silent]
nn.Conv2d(3, 1 if isinstance(math.dist([0], [2]), float) else 2, 1)(x)

# %% math.hypot(3, 4)
nn.Conv2d(3, 1 if isinstance(math.hypot(3, 4), float) else 2, 1)(x)

# %% (1, 2) [1]
nn.Conv2d(3, 1 if isinstance((1, 2) [1], float) else 2, 1)(x)

# %% int.__add__(1, 2) [silent]
nn.Conv2d(3, 1 if isinstance(int.__add__(1, 2), float) else 2, 1)(x)

# %% float.__add__(1.0, 2) [silent]
nn.Conv2d(3, 1 if isinstance(float.__add__(1.0, 2), float) else 2, 1)(x)

# %% (2.0).is_integer()
nn.Conv2d(3, 1 if isinstance((2.0).is_integer(), float) else 2, 1)(x)

# %% int((2.0).is_integer())
nn.Conv2d(3, 1 if isinstance(int((2.0).is_integer()), float) else 2, 1)(x)

# %% (4).bit_length()
nn.Conv2d(3, 1 if isinstance((4).bit_length(), float) else 2, 1)(x)

# %% (2.7).__round__() [silent]
nn.Conv2d(3, 1 if isinstance((2.7).__round__(), float) else 2, 1)(x)

# %% (2.7).__int__()
nn.Conv2d(3, 1 if isinstance((2.7).__int__(), float) else 2, 1)(x)

# %% (2.7).__trunc__()
nn.Conv2d(3, 1 if isinstance((2.7).__trunc__(), float) else 2, 1)(x)

# %% complex(2, 0) [silent]
nn.Conv2d(3, 1 if isinstance(complex(2, 0), float) else 2, 1)(x)

# %% 1j [silent]
nn.Conv2d(3, 1 if isinstance(1j, float) else 2, 1)(x)

# %% int(2.0 + 1e-9)
nn.Conv2d(3, 1 if isinstance(int(2.0 + 1e-9), float) else 2, 1)(x)

# %% 5 // 2.0
nn.Conv2d(3, 1 if isinstance(5 // 2.0, float) else 2, 1)(x)

# %% -7 // 2
nn.Conv2d(3, 1 if isinstance(-7 // 2, float) else 2, 1)(x)

# %% -7 % 3
nn.Conv2d(3, 1 if isinstance(-7 % 3, float) else 2, 1)(x)

# %% -7.5 // 2
nn.Conv2d(3, 1 if isinstance(-7.5 // 2, float) else 2, 1)(x)

# %% 1_000.0
nn.Conv2d(3, 1 if isinstance(1_000.0, float) else 2, 1)(x)

# %% .5
nn.Conv2d(3, 1 if isinstance(.5, float) else 2, 1)(x)

# %% 5.
nn.Conv2d(3, 1 if isinstance(5., float) else 2, 1)(x)

# %% 1.e1
nn.Conv2d(3, 1 if isinstance(1.e1, float) else 2, 1)(x)


# %% a whole number of NumPy's is none of Python's
def pair(size):
    return (size, size) if isinstance(size, int) else (1, 1)


nn.Conv2d(3, 2, pair(np.int64(4)))(x)
nn.Conv2d(3, 3, pair(int(np.int64(4))))(x)
nn.Conv2d(3, 4 if isinstance(np.prod([2, 3]), int) else 5, 1)(x)
nn.Conv2d(3, 6 if isinstance(np.array([3])[0] + 1, int) else 7, 1)(x)
nn.Conv2d(3, 8 if isinstance(np.array([3])[0].item(), int) else 9, 1)(x)
nn.Conv2d(3, 10 if isinstance(x.shape[1], int) else 11, 1)(x)

# %% a product with what may be a fraction, as a whole number [silent]
import os

ratio = float(os.environ.get("RATIO", "0.5"))
torch.cat([torch.zeros(1, 1, int(ratio * 4), 2), torch.zeros(1, 1, int(ratio) * 4 + 2, 2)], 1)
