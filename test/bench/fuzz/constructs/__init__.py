"""Every module here registers its constructs when it is imported."""

from . import (  # noqa: F401
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
    reductions,
    resizing,
    tensors,
    texts,
    values,
)
