"""Values that are slow, loud, silent or lie, in a thread of their own; debugged over a port."""
import sys
import threading
import time

import debugpy
import numpy as np


class Slow:
    """An array that takes its time."""

    def __array__(self, dtype=None, copy=None):
        time.sleep(1.5)
        return np.ones(2)


class Printing:
    def __array__(self, dtype=None, copy=None):
        print("said by the program", flush=True)
        return np.arange(3.0)

    def __repr__(self):
        raise ValueError("no text")


class Mute(Exception):
    def __str__(self):
        raise RuntimeError("not even this")


class Raising:
    def __array__(self, dtype=None, copy=None):
        raise Mute()


class Hidden:
    """Of a library whose arrays are known here, and none itself: whatever it is asked for, it hangs."""

    @property
    def shape(self):
        time.sleep(60)

    dtype = data = dims = shape


class Liar(np.ndarray):
    """States another shape than it has."""

    shape = property(lambda self: (1000, 1000))


def worker():
    held = np.full(3, 2.0)
    slow, printing, raising, hidden = Slow(), Printing(), Raising(), Hidden()
    liar = np.arange(6.0).view(Liar)
    debugpy.breakpoint()  # the first stop, in this thread
    for _ in range(200):
        time.sleep(0.05)
    return held, slow, printing, raising, hidden, liar


def main():
    held = np.zeros(2)
    thread = threading.Thread(target=worker)
    thread.start()
    thread.join()
    return held


port = debugpy.listen(("127.0.0.1", 0))[1]
print("port", port, flush=True)
debugpy.wait_for_client()
main()
