"""Every module here registers its constructs when it is imported."""

from . import (  # noqa: F401
    behaviours,
    changed,
    classes,
    collections,
    convolutions,
    frames,
    illegal,
    indexing,
    kept,
    layers,
    making,
    modules,
    networks,
    numbers,
    protocols,
    reductions,
    resizing,
    tensors,
    texts,
    values,
)
