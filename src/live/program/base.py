# What every question needs: who a value is, and the parts of this program that are compiled only where they are used.
# Runs inside the user's program (see expression.ts), under globals of its own. No library is imported that the program
# has not imported itself.
import sys

NUMBERS = "biuf"
# Up to here a float64 has every whole number.
EXACT = 1 << 53


def use(name):
    """Brings a part of this program, of which `PARTS` has the text: to compile all of it takes as long as to read."""
    if name in PARTS:
        type(use)(compile(PARTS.pop(name), "<transposed-conv-inspector " + name + ">", "exec"), globals())()


def reader(part, name):
    use(part)
    return globals()[name]


class Refused(Exception):
    """Why a value is not read: a code that the extension has a sentence for, and what belongs into the sentence."""

    def __init__(self, code, detail=""):
        super().__init__(code)
        self.code = code
        self.detail = str(detail)


def kind_of(value):
    """The name of the class, which no property of the value is asked for: a proxy answers for another one."""
    kind = type(value)
    return kind.__module__ + "." + kind.__qualname__


def count_of(shape):
    count = 1
    for size in shape:
        count *= size
    return count


def slices_of(window):
    return tuple(slice(begin, end, step) for begin, end, step in window)


def parts(library, piece, part):
    """A real number of each complex one."""
    if part == "imag":
        return piece.imag
    if part == "abs":
        return abs(piece)
    return library.angle(piece) if part == "angle" else piece.real
