"""Every module here registers its constructs when it is imported."""

from . import convolutions, frames, illegal, layers, modules, numbers, tensors, values  # noqa: F401
