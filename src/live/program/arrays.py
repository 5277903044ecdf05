# Arrays of NumPy's, and what becomes one.
import sys


class Numpy:
    """An array of NumPy's, and what becomes one."""

    def __init__(self, value, notes):
        numpy = sys.modules.get("numpy")
        if numpy is None:
            raise Refused("no-numpy")
        self.numpy = numpy
        self.notes = notes
        masked = type(value).__module__.startswith("numpy.ma")
        self.mask = numpy.ma.getmaskarray(value) if masked else None
        if masked:
            notes.append(["masked", ""])
        self.array = numpy.asarray(value)
        dtype = self.array.dtype
        self.shape, self.dtype, self.device = self.array.shape, dtype.name, "cpu"
        if dtype.names:
            raise Refused("structured", ", ".join(dtype.names)[:200])
        # Of the kind "V" are numbers of ml_dtypes's as well as bytes that are none.
        if dtype.kind in "OSUT" or dtype.type is numpy.void:
            raise Refused("not-numbers", dtype)
        self.complex = dtype.kind == "c"

    def take(self, window, part):
        """Values of a window as (code of their type, bytes in C order)."""
        numpy = self.numpy
        piece = self.array[slices_of(window)] if window else self.array
        if self.complex:
            piece = parts(numpy, piece, part)
        dtype = piece.dtype
        if self.mask is not None:
            wide = numpy.float32 if dtype.kind == "f" and dtype.itemsize <= 4 or dtype.itemsize <= 2 else numpy.float64
            piece = numpy.where(self.mask[slices_of(window)], numpy.nan, piece.astype(wide))
        elif dtype.kind in "mM":
            self.notes.append(["times", dtype])
            piece = numpy.where(numpy.isnat(piece), numpy.nan, piece.view(numpy.int64).astype(numpy.float64))
        elif dtype.kind not in NUMBERS or dtype.name.startswith(("bfloat", "float8_", "float6_", "float4_", "int4", "uint4")):
            # ml_dtypes: bfloat16, float8 and their like, every value of which is one of float32.
            piece = piece.astype(numpy.float32)
        elif dtype.itemsize > 8:
            self.notes.append(["rounded", dtype])
            piece = piece.astype(numpy.float64)
        elif dtype.kind in "iu" and dtype.itemsize == 8 and piece.size and max(int(piece.max()), -int(piece.min())) > EXACT:
            self.notes.append(["rounded", dtype])
        piece = numpy.ascontiguousarray(piece, piece.dtype.newbyteorder("<"))
        return piece.dtype.kind + str(piece.dtype.itemsize), piece.tobytes()

    def count(self, window, bins):
        numpy = self.numpy
        piece = self.array[slices_of(window)] if window else self.array
        piece = (abs(piece) if self.complex else piece).astype(numpy.float64, copy=False)
        finite = piece[numpy.isfinite(piece)]
        told = {
            "count": int(piece.size),
            "finite": int(finite.size),
            "nan": int(numpy.isnan(piece).sum()),
            "positive": int((piece == numpy.inf).sum()),
            "sum": float(finite.sum()) if finite.size else 0.0,
            "min": float(finite.min()) if finite.size else 0.0,
            "max": float(finite.max()) if finite.size else 0.0,
        }
        if bins:
            number, low, high = bins
            told["histogram"] = numpy.histogram(finite, number, (low, high))[0].tolist()
        return told
