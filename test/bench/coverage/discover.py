"""Finds the models of a checkout that run by themselves and prints, as JSON, what every convolution call site in them saw.

    python discover.py CHECKOUT [SECONDS]

For each file that defines modules: its classes and model functions are made with their defaults (and with plain values for
arguments whose names say what they are), and run once on the first input of a short list that they take. What ran is given
back as the lines that a person would append to the file, `Generator()(torch.randn(2, 100))`, with the sites seen while they
ran. Only imports, definitions and assignments of a file are executed: what its scripts do is left alone.
"""

import ast
import importlib
import importlib.util
import inspect
import json
import os
import re
import signal
import sys
import time

from lenient import (
    CheckoutFinder,
    CheckoutRecorder,
    Executed,
    Lenient,
    StandInFinder,
    patch_keras,
    patch_torch,
    stub_summaries,
    unexecuted,
    without_gpu,
)

GUESSES = (
    (
        r"^(in|input)_?(ch|channels?|nc|planes|dim|features?|filters)$|^(n_?channels|channels|img_ch|inplanes|in_c|ch_in|inc?|in_size|nin|num_in_ch|num_channels|image_channels|channels_img|img_channels|input_nc)$",
        3,
    ),
    (
        r"^(out|output)_?(ch|channels?|nc|planes|dim|features?|filters|size)$|^(n_?class(es)?|num_?class(es)?|classes|nb_classes|ch_out|out_c|outc?|planes|nout|num_out_ch|n_labels|output_nc)$",
        4,
    ),
    (r"^(z|latent|noise|nz|embedding|code)_?(dim|size|channels)?$|^nz$", 32),
    (r"^(image|img|input|crop|resolution|fine)_?(size|res|resolution)?$|^(height|width|size)$", 64),
    (
        r"^(dim|ngf|ndf|nf|features?|filters|width|base_?channels?|n_filters|model_channels|hidden_?(dim|size|channels)?|ch|features_g|features_d|num_features|mid_channels|channel|c)$",
        16,
    ),
    (r"^(n|num)_.*(blocks?|layers?)$|^(depth|n_blocks|layers|num_res_blocks)$", 2),
    (r"^kernel_?size$|^k(size)?$", 3),
    (r"^(stride|dilation|rate|padding|groups)$", 1),
)
SHAPES = [
    (2, 3, 64, 64),
    (2, 1, 64, 64),
    (2, 3, 256, 256),
    (2, 3, 224, 224),
    (2, 1, 28, 28),
    (2, 3, 32, 32),
    (2, 100),
    (2, 100, 1, 1),
    (2, 784),
    (1, 1, 32, 64, 64),
    (2, 512),
]
KERAS_SHAPES = [(128, 128, 3), (256, 256, 1), (32, 64, 64, 1)]
MOST_MAKERS = 4
DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.Try)


class OutOfTime(BaseException):
    pass


def alarm(*_):
    raise OutOfTime()


def guessed(function, skip):
    """Values for the arguments that have no default; None when a name says nothing."""
    values = []
    for parameter in list(inspect.signature(function).parameters.values())[skip:]:
        if (
            parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
            or parameter.default is not parameter.empty
        ):
            continue
        found = next((value for pattern, value in GUESSES if re.search(pattern, parameter.name)), None)
        if found is None or parameter.kind is parameter.KEYWORD_ONLY:
            return None
        values.append(found)
    return values


def inputs_for(model):
    """Shapes to try, likely ones first: with the channels and rank of the first convolution, or the features of the first linear layer."""
    import torch

    for each in model.modules():
        rank = next(
            (
                rank
                for rank in (1, 2, 3)
                if isinstance(each, (getattr(torch.nn, f"Conv{rank}d"), getattr(torch.nn, f"ConvTranspose{rank}d")))
            ),
            None,
        )
        if rank:
            sizes = {
                1: [(256,)],
                2: [(64, 64), (256, 256), (224, 224), (28, 28), (8, 8), (1, 1)],
                3: [(32, 64, 64), (16, 16, 16)],
            }[rank]
            return [(2, each.in_channels, *size) for size in sizes] + SHAPES[6:]
        if isinstance(each, torch.nn.Linear):
            return [(2, each.in_features)] + SHAPES
    return SHAPES


class Discovery:
    def __init__(self, root, holder, seconds):
        self.root, self.holder, self.until = root, holder, time.time() + seconds

    def attempt(self, act, seconds=12):
        """What the act gives and the sites that it saw; nothing when it fails or takes too long."""
        recorder = CheckoutRecorder(self.root)
        self.holder[:] = [recorder]
        signal.alarm(int(max(1, min(seconds, self.until - time.time()))))
        try:
            with Executed(self.root) as executed:
                result = act()
            recorder.begun = executed.begun
            return result, recorder
        except (Exception, SystemExit, OutOfTime) as error:
            print(f"not run: {type(error).__name__}: {error}", file=sys.stderr)
            return None, recorder
        finally:
            signal.alarm(0)
            self.holder.clear()

    def load(self, path):
        name = os.path.relpath(path, self.root)[:-3].replace(os.sep, ".")
        try:
            return importlib.import_module(name)
        except ImportError:
            pass  # A folder or file whose name no import statement can say.
        package = name.rpartition(".")[0]
        spec = importlib.util.spec_from_file_location(name, path, loader=Definitions(name, path))
        module = importlib.util.module_from_spec(spec)
        module.__package__ = package
        sys.modules.setdefault(name, module)
        spec.loader.exec_module(module)
        return module

    def torch_model(self, cls, covered):
        import torch

        values = guessed(cls.__init__, 1) if isinstance(cls, type) else []
        if values is None:
            return None
        made, _ = self.attempt(lambda: cls(*values))
        if (
            not isinstance(made, torch.nn.Module)
            or type(made).__name__ in covered
            or not any("Conv" in type(each).__name__ for each in made.modules())
        ):
            return None
        extra = sum(
            1
            for each in list(inspect.signature(made.forward).parameters.values())
            if each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD
        )
        if extra not in (1, 2):
            return None
        for shape in dict.fromkeys(inputs_for(made)):
            second = (
                [[]]
                if extra == 1
                else [
                    ["torch.randint(0, 10, (2,))", torch.zeros(2, dtype=torch.long)],
                    [f"torch.randn{shape}", torch.zeros(shape)],
                ]
            )
            for more in second:
                if time.time() > self.until:
                    return None
                result, recorder = self.attempt(lambda: (cls(*values)(torch.randn(*shape), *more[1:]), True)[1])
                if result:
                    covered.update(
                        type(each).__name__ for each in made.modules() if each is not made or not isinstance(cls, type)
                    )
                    arguments = ", ".join(map(str, values))
                    return f"{cls.__name__}({arguments})(torch.randn{shape}{', ' + more[0] if more else ''})", recorder
        return None

    def keras_model(self, function, keras):
        required = [each.name for each in inspect.signature(function).parameters.values() if each.default is each.empty]
        tries = (
            [[]]
            if not required
            else [[shape] for shape in KERAS_SHAPES]
            if re.search(r"shape|size", required[0])
            else []
        )
        for values in tries:
            rest = guessed(function, len(values))
            if rest is None:
                return None
            result, recorder = self.attempt(lambda: function(*values, *rest), 25)
            if isinstance(result, keras.Model) or (
                isinstance(result, tuple) and any(isinstance(each, keras.Model) for each in result)
            ):
                return f"{function.__name__}({', '.join(map(str, [*values, *rest]))})", recorder
        return None

    def file(self, path, with_keras):
        import torch

        before = set(sys.modules)
        sys.path.append(os.path.dirname(path))
        module, _ = self.attempt(lambda: self.load(path), 20)
        lines, found = [], []
        if module is not None:
            own = [each for each in vars(module).values() if getattr(each, "__module__", None) == module.__name__]
            classes = [each for each in own if isinstance(each, type) and issubclass(each, torch.nn.Module)]
            covered = set()
            # Users come after what they use; what runs as part of another is not run by itself.
            for cls in reversed(classes):
                ran = None if cls.__name__ in covered or time.time() > self.until else self.torch_model(cls, covered)
                if ran:
                    lines.append(ran[0])
                    found.append(ran[1])
            functions = [each for each in own if inspect.isfunction(each) and not each.__name__.startswith("_")]
            for maker in [each for each in functions if guessed(each, 0) == []][:MOST_MAKERS]:
                ran = self.torch_model(maker, covered) if time.time() < self.until and not with_keras else None
                if ran:
                    lines.append(ran[0])
                    found.append(ran[1])
            if with_keras:
                import keras

                for function in functions:
                    ran = self.keras_model(function, keras) if time.time() < self.until else None
                    if ran:
                        lines.append(ran[0])
                        found.append(ran[1])
        sys.path.pop()
        # Files of one name in several folders: none may be taken for another.
        for name in set(sys.modules) - before:
            origin = getattr(sys.modules[name], "__file__", None) or ""
            if origin.startswith(self.root):
                del sys.modules[name]
        begun = {each for recorder in found for each in recorder.begun}
        return lines, merged(found), begun


class Definitions(Lenient):
    """What a file defines, not what it does."""

    def passes_over(self, statement):
        return not isinstance(statement, DEFINITIONS)


def passed_over(path, text, begun):
    """The lines of a file that nobody watched running: its scripts, and what of it was not executed."""
    found = []
    for statement in ast.parse(text).body:
        if unexecuted(statement, path, begun) or not isinstance(statement, DEFINITIONS):
            first = min([statement.lineno, *(each.lineno for each in getattr(statement, "decorator_list", []))])
            found.append([first, statement.end_lineno])
    return found


def merged(recorders):
    sites = {}
    for recorder in recorders:
        for key, site in recorder.sites.items():
            if not site["callee"]:
                continue
            kept = sites.setdefault(key, site)
            kept["uses"] += [use for use in site["uses"] if use not in kept["uses"]]
    return sorted(sites.values(), key=lambda site: (site["file"], site["at"]))


def main():
    root = os.path.realpath(sys.argv[1])
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 120
    paths = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        paths += [os.path.join(folder, name) for name in sorted(names) if name.endswith(".py")]
    paths = [path for path in paths if os.path.exists(path)]
    texts = {path: open(path, encoding="utf8", errors="replace").read() for path in paths}
    wanted = [
        path
        for path in paths
        if re.search(r"Conv\w*\s*\(|import_module", texts[path]) and re.search(r"torch|keras", texts[path])
    ]
    with_keras = any(re.search(r"^\s*(from|import)\s+(keras|tensorflow)", texts[path], re.M) for path in wanted)
    holder = []
    patch_torch(holder)
    if with_keras:
        patch_keras(holder)
    stub_summaries()
    without_gpu()
    signal.signal(signal.SIGALRM, alarm)
    sys.argv = ["train.py"]
    os.chdir(root)
    sys.path.insert(0, root)
    sys.meta_path.insert(0, CheckoutFinder(root, Definitions))
    sys.meta_path.append(StandInFinder(root))
    discovery = Discovery(root, holder, seconds)
    out, sys.stdout = sys.stdout, sys.stderr
    entries = []
    for path in wanted:
        if time.time() > discovery.until:
            break
        lines, sites, begun = discovery.file(path, with_keras and bool(re.search(r"keras|tensorflow", texts[path])))
        if lines:
            entries.append(
                {
                    "file": os.path.relpath(path, root),
                    "passedOver": {
                        each: passed_over(each, texts[each], begun)
                        for each in {path, *(os.path.join(root, site["file"]) for site in sites)}
                        if each in texts
                    },
                    "lines": lines,
                    "sites": sites,
                }
            )
    sys.stdout = out
    print(json.dumps(entries))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
