# Numbers of Python's own.


class Buffer:
    """Plain numbers of Python's own, which need no library."""

    complex = False

    def __init__(self, value, notes, shape=None):
        view = memoryview(value)
        self.notes, self.device, self.dtype = notes, "cpu", view.format
        # One letter of the struct module, in the machine's own sizes and order.
        code = view.format.replace("c", "B").lstrip("@=<")
        if len(code) != 1 or code not in "bBhHiIlLqQfdn?" or not view.c_contiguous:
            raise Refused("not-numbers", view.format)
        kind = "f" if code in "fd" else "b" if code == "?" else "i" if code.islower() else "u"
        self.code = kind + str(view.itemsize)
        self.shape = view.shape if shape is None else shape
        self.view = view.cast("B")

    def take(self, window, part):
        size = int(self.code[1:])
        if all(each == [0, whole, 1] for each, whole in zip(window, self.shape)):
            return self.code, self.view.tobytes()
        if len(self.shape) != 1:
            raise Refused("window")
        begin, end, step = window[0]
        whole = range(begin, end, step)
        return self.code, b"".join(self.view[at * size : at * size + size] for at in whole)

    def count(self, window, bins):
        raise Refused("window")
