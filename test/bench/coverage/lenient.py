"""Loads the modules of a checkout leniently and records what the convolution call sites of all its files see.

The checkout's modules are executed one top-level statement at a time; a statement that fails (it wants a data set, a GPU, a
package that is not here) is passed over, and so are loops, which in scripts are the training.
"""

import ast
import importlib.abc
import importlib.machinery
import inspect
import os
import sys
import types
import warnings
from unittest import mock

warnings.filterwarnings("ignore")
# What is scripted runs as Python: of what TorchScript runs nobody sees that it was executed.
os.environ.setdefault("PYTORCH_JIT", "0")
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "oracle", "python"))
from record import Recorder, patch_keras, patch_torch, stub_summaries  # noqa: E402, F401


def without_gpu() -> None:
    """What a program moves to a GPU stays where it is: its shapes are the same."""
    import torch

    def stay(self, *_args, **_kwargs):
        return self

    torch.Tensor.cuda = stay
    torch.nn.Module.cuda = stay


class Executed:
    """Which functions of a checkout were executed while something ran: where each begins, by file."""

    def __init__(self, root: str) -> None:
        self.root = root + os.sep
        self.begun: set = set()

    def __enter__(self):
        sys.setprofile(self.note)
        return self

    def __exit__(self, *_) -> None:
        sys.setprofile(None)

    def note(self, frame, event, _argument) -> None:
        code = frame.f_code
        # The body of a class is code, too, but not a function's.
        if event == "call" and code.co_flags & inspect.CO_OPTIMIZED and code.co_filename.startswith(self.root):
            self.begun.add((code.co_filename, code.co_firstlineno))


def unexecuted(statement: ast.stmt, path: str, begun: set) -> bool:
    """Whether it defines a function, or a module, nothing of which was executed: of what it does, there is no truth."""
    if isinstance(statement, ast.ClassDef):
        methods = {each.name for each in statement.body if isinstance(each, ast.FunctionDef)}
        # What a class inherits runs only if one is made.
        if not methods & {"__init__", "forward", "call", "__call__"}:
            return False
    elif not isinstance(statement, ast.FunctionDef):
        return is_main_guard(statement)
    first = min([statement.lineno, *(each.lineno for each in statement.decorator_list)])
    return not any((path, line) in begun for line in range(first, statement.end_lineno + 1))


def is_main_guard(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and any(
        isinstance(each, ast.Name) and each.id == "__name__" for each in ast.walk(statement.test)
    )


class CheckoutRecorder(Recorder):
    """Sites of every file of the checkout, not of one program."""

    def owns(self, filename: str) -> bool:
        return filename.startswith(self.program + os.sep)

    def site(self, frame: types.FrameType) -> dict:
        line, end_line, column, end_column = list(frame.f_code.co_positions())[frame.f_lasti // 2]
        key = (frame.f_code.co_filename, line, column, end_line, end_column)
        at = [line, column, end_line, end_column]
        return self.sites.setdefault(
            key, {"file": os.path.relpath(key[0], self.program), "at": at, "callee": None, "uses": [], "error": None}
        )


class Lenient(importlib.machinery.SourceFileLoader):
    """Executes a module statement by statement, passing over what fails and the loops of scripts."""

    # What was not executed, by file: the lines from and to of each statement.
    passed_over: dict = {}
    # The files that were loaded.
    loaded: set = set()

    def passes_over(self, statement: ast.stmt) -> bool:
        return isinstance(statement, (ast.For, ast.While))

    def exec_module(self, module: types.ModuleType) -> None:
        self.loaded.add(os.path.abspath(self.path))
        with open(self.path, "rb") as file:
            tree = ast.parse(file.read(), self.path)
        for statement in tree.body:
            if self.passes_over(statement):
                self.note(statement)
                continue
            try:
                exec(compile(ast.Module([statement], []), self.path, "exec"), module.__dict__)
            except (Exception, SystemExit) as error:
                self.note(statement)
                print(f"{self.path}:{statement.lineno}: passed over: {type(error).__name__}: {error}", file=sys.stderr)

    def note(self, statement: ast.stmt) -> None:
        self.pass_over(os.path.abspath(self.path), statement)

    @classmethod
    def pass_over(cls, path: str, statement: ast.stmt) -> None:
        first = min([statement.lineno, *(each.lineno for each in getattr(statement, "decorator_list", []))])
        lines = [first, statement.end_lineno]
        if lines not in cls.passed_over.setdefault(path, []):
            cls.passed_over[path].append(lines)

    @classmethod
    def pass_over_unexecuted(cls, begun: set) -> None:
        for path in cls.loaded:
            with open(path, "rb") as file:
                tree = ast.parse(file.read(), path)
            for statement in tree.body:
                if unexecuted(statement, path, begun):
                    cls.pass_over(path, statement)


class CheckoutFinder(importlib.abc.MetaPathFinder):
    """Modules of the checkout load leniently; modules that nobody has are stood in for."""

    def __init__(self, root: str, loader: type = Lenient) -> None:
        self.root = root
        self.loader = loader

    def find_spec(self, name, path=None, target=None):
        for finder in sys.meta_path:
            if isinstance(finder, (CheckoutFinder, StandInFinder)) or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(name, path, target)
            if spec is None:
                continue
            if (
                spec.origin
                and os.path.abspath(spec.origin).startswith(self.root + os.sep)
                and spec.origin.endswith(".py")
            ):
                spec.loader = self.loader(name, os.path.abspath(spec.origin))
            return spec
        return None


class StandIn(types.ModuleType):
    __path__: list = []

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        value = mock.MagicMock(name=f"{self.__name__}.{name}")
        setattr(self, name, value)
        return value


class StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Only for what the checkout itself imports: an installed package that tries for an optional one must not find it."""

    def __init__(self, root: str) -> None:
        self.root = root

    def find_spec(self, name, path=None, target=None):
        frame = sys._getframe(1)
        while frame is not None and "importlib" in frame.f_code.co_filename:
            frame = frame.f_back
        wanted = (
            "." in name and name.split(".")[0] in sys.modules and isinstance(sys.modules[name.split(".")[0]], StandIn)
        )
        if wanted or (frame is not None and frame.f_code.co_filename.startswith(self.root)):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return StandIn(spec.name)

    def exec_module(self, module) -> None:
        return None
