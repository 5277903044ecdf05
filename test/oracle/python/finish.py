"""How a program tells its reader the shape of a model's input: by an example call, a comment, an annotation, a test."""

from program import Program


def size_text(program: Program, shape: tuple[int, ...]) -> str:
    return ", ".join(program.number(size) if program.chance(0.3) else str(size) for size in shape)


def example(program: Program, make: str, shape: tuple[int, ...], more: list[tuple[int, ...]] = ()) -> None:
    """Ends the program with code that runs the model."""
    maker = program.pick("torch.randn", "torch.randn", "torch.rand", "torch.zeros", "torch.ones", "torch.empty")
    shapes = [shape, *more]
    given = [
        f"{maker}({program.pick(size_text(program, each), '(' + size_text(program, each) + ')' if True else '')})"
        for each in shapes
    ]
    model = program.pick("model", "net", "m", "network")
    out = program.pick("y", "out", "output", "_")
    names = ["x", "z", "w"] if len(shapes) > 1 else [program.pick("x", "inputs", "dummy", "data")]
    style = program.pick("direct", "variables", "main", "test", "inline", "nograd", "summary", "eval")
    if style == "summary" and len(shapes) == 1 and len(shape) == 4:
        program.use(program.pick("from torchsummary import summary", "from torchinfo import summary"))
        size = (
            "(" + ", ".join(str(each) for each in shape[1:]) + ")"
            if "torchsummary" in program.imports[-1]
            else f"({', '.join(str(each) for each in shape)})"
        )
        program.body += [
            "",
            f"{model} = {make}",
            f"summary({model}, {'input_size=' if 'torchinfo' in program.imports[-1] else ''}{size})",
        ]
        return
    assign = [f"{name} = {text}" for name, text in zip(names, given)]
    call = f"{out} = {model}({', '.join(names)})"
    match style:
        case "inline":
            program.body += ["", f"{model} = {make}", f"{out} = {model}({', '.join(given)})"]
        case "main":
            program.body += ["", 'if __name__ == "__main__":'] + [
                f"    {line}"
                for line in [f"{model} = {make}", *assign, call, f"print({out}.shape)" if out != "_" else "pass"]
            ]
        case "test":
            program.body += ["", "", "def test_shapes():"] + [
                f"    {line}" for line in [f"{model} = {make}", *assign, call, f"assert {out} is not None"]
            ]
            program.driver.append("test_shapes()")
        case "nograd":
            program.body += ["", f"{model} = {make}", *assign, "with torch.no_grad():", f"    {call}"]
        case "eval":
            program.body += ["", f"{model} = {make}.eval()", *assign, call]
        case "direct":
            program.body += ["", f"{out} = {make}({', '.join(given)})"]
        case _:
            program.body += ["", f"{model} = {make}", *assign, call]


def told(program: Program, shape: tuple[int, ...], name: str = "x") -> tuple[str, list[str]]:
    """For the head of `forward`: the text of the parameter and comment lines that tell its shape. The driver runs it."""
    sizes = ", ".join(["N" if program.chance(0.5) else "B", *(str(each) for each in shape[1:])])
    style = program.pick("comment", "comment", "shape", "jaxtyping", "trailing")
    if style == "jaxtyping":
        program.use("from jaxtyping import Float")
        program.use("from torch import Tensor")
        words = " ".join(["batch", *(str(each) for each in shape[1:])])
        return f'{name}: Float[Tensor, "{words}"]', []
    if style == "shape":
        return name, [f"# shape: ({sizes})"]
    return name, [f"# {name}: ({sizes})"]


def drive(program: Program, make: str, shape: tuple[int, ...]) -> None:
    program.driver.append(f"({make})(torch.zeros{shape})")


def finish(program: Program, make: str, shape: tuple[int, ...], spoken: bool) -> None:
    """Either the program runs the model, or it has said the shape in words and the driver runs it."""
    if spoken:
        drive(program, make, shape)
    else:
        example(program, make, shape)
