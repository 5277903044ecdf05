"""The numbers that both sides make for themselves, so that goldens hold parameters and results only.

`test/oracle/seeded.ts` is the same function in TypeScript; every golden proves that the two agree.
"""

import numpy as np


def hashed(seed: int, count: int) -> np.ndarray:
    """`count` well-mixed 32-bit words (the finalizer "lowbias32" of Chris Wellons over a counter)."""
    start = (seed * 0x9E3779B9) & 0xFFFFFFFF
    x = (np.arange(count, dtype=np.uint64) + start).astype(np.uint32)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x7FEB352D)
    x ^= x >> np.uint32(15)
    x *= np.uint32(0x846CA68B)
    x ^= x >> np.uint32(16)
    return x


def reals(seed: int, shape, dtype: str = "float64") -> np.ndarray:
    """In [-1, 1), float64 whatever `dtype` says; for float32 only values that it holds exactly."""
    words = hashed(seed, int(np.prod(shape)))
    if dtype == "float32":
        return ((words >> np.uint32(8)).astype(np.float64) / 2**23 - 1).reshape(shape)
    return (words.astype(np.float64) / 2**31 - 1).reshape(shape)


def integers(seed: int, shape) -> np.ndarray:
    """In -4..4: sums of products of these are exact in every dtype."""
    return ((hashed(seed, int(np.prod(shape))) >> np.uint32(8)) % np.uint32(9)).astype(np.float64).reshape(shape) - 4
