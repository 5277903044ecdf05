"""Which classes of torch.nn derive from which: what `issubclass` says, in PyTorch's own words."""

import importlib
import pkgutil

from torch import nn


def ancestries():
    """Of every module class, by the name under which programs write it, the names of itself and what it derives from."""
    found = {}
    for module in pkgutil.walk_packages(nn.modules.__path__, "torch.nn.modules."):
        for name, each in vars(importlib.import_module(module.name)).items():
            if isinstance(each, type) and issubclass(each, nn.Module) and each.__module__ == module.name:
                found[_name(each)] = sorted(_name(base) for base in each.__mro__ if base is not object)
    return dict(sorted(found.items()))


def _name(cls):
    public = getattr(nn, cls.__name__, None) is cls
    return f"torch.nn.{cls.__name__}" if public else f"{cls.__module__}.{cls.__name__}"
