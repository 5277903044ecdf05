"""Every module here registers its constructs when it is imported."""

from . import convolutions, frames, numbers, tensors  # noqa: F401
