# Arrays that do not lie in the program's memory as one piece.
import sys

use("arrays")


class Sliced:
    """An array that lies elsewhere, on a device, in files or in other processes: sliced there, then brought here."""

    def __init__(self, value, notes, bring, device):
        self.value, self.notes, self.bring = value, notes, bring
        # Written as "float32", "paddle.float32" or "<dtype: 'float32'>".
        self.dtype = str(value.dtype).strip("<>").split(" ")[-1].strip("'").split(".")[-1]
        self.shape, self.device = tuple(int(size) for size in value.shape), device
        self.complex = "complex" in self.dtype

    def local(self, window):
        return Numpy(self.bring(self.value[slices_of(window)] if window else self.value), self.notes)

    def take(self, window, part):
        return self.local(window).take([[0, size, 1] for size in self.local_shape(window)], part)

    def local_shape(self, window):
        return [len(range(*each)) for each in window]

    def count(self, window, bins):
        return self.local(window).count([], bins)


def framed(home, value, notes):
    """A tensor of TensorFlow's, of Keras's or of Paddle's; nothing where the value is none."""
    kind = type(value).__name__
    if kind in ("KerasTensor", "SymbolicTensor"):
        raise Refused("traced", value.shape)
    if kind == "RaggedTensor":
        raise Refused("ragged")
    sparse = kind == "SparseTensor" or home == "paddle" and hasattr(value, "is_sparse") and value.is_sparse()
    if sparse:
        if count_of([int(size) for size in value.shape]) > 8 << 20:
            raise Refused("sparse-large", kind)
        notes.append(["sparse", kind])
        value = value.to_dense() if home == "paddle" else sys.modules["tensorflow"].sparse.to_dense(value)
    if not hasattr(value, "numpy") or not hasattr(value, "shape"):
        return None
    if home != "paddle":
        return Sliced(value, notes, lambda piece: piece.numpy(), str(getattr(value, "device", "")))
    if count_of(value.shape) and hasattr(value, "_is_initialized") and not value._is_initialized():
        raise Refused("freed")
    # NumPy has no such types, and gets the bits of them.
    wide = "float32" if str(value.dtype).split(".")[-1] in ("bfloat16", "float8_e4m3fn", "float8_e5m2") else None
    return Sliced(value, notes, lambda piece: (piece.cast(wide) if wide else piece).numpy(), str(value.place))


class Stored(Sliced):
    """An array of Zarr's. Its own event loop is in a thread that stands still while a debugger has stopped the program."""

    def local(self, window):
        if not hasattr(self.value, "_async_array"):
            return super().local(window)
        loop = __import__("asyncio").new_event_loop()
        try:
            read = loop.run_until_complete(self.value._async_array.getitem(slices_of(window)))
            loop.run_until_complete(loop.shutdown_default_executor())
        finally:
            loop.close()
        return Numpy(read, self.notes)


class Sharded(Sliced):
    """An array of JAX's: read from its shards where they are, so that nothing is computed and nothing is compiled."""

    def __init__(self, value, notes):
        super().__init__(value, notes, None, ", ".join(sorted({str(each.device) for each in value.addressable_shards})[:8]))
        if not value.is_fully_addressable:
            notes.append(["elsewhere", ""])

    def local(self, window):
        numpy = sys.modules["numpy"]
        first = numpy.asarray(self.value.addressable_shards[0].data).dtype
        hole = numpy.nan if first.kind == "f" else 0
        made = numpy.full([len(range(*each)) for each in window], hole, first)
        for shard in self.value.addressable_shards:
            into, out_of = [], []
            for (begin, end, step), index, size in zip(window, shard.index, self.shape):
                low, high, _ = index.indices(size)
                at = max(0, -((begin - low) // step))  # the first of the window's places that lies in the shard
                past = max(at, min(len(range(begin, end, step)), -((begin - high) // step)))
                into.append(slice(at, past))
                start = begin + at * step - low
                out_of.append(slice(start, start + (past - at) * step, step))
            if all(each.stop > each.start for each in into):
                made[tuple(into)] = numpy.asarray(shard.data)[tuple(out_of)]
        return Numpy(made, self.notes)
