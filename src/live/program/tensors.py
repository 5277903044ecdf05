# Tensors of PyTorch's.
import ctypes
import re
import sys

# Several numbers in one element, or one in a part of it: PyTorch itself has no way to read them.
PACKED = re.compile(r"float4|u?int[1-7]$|bits")


class Torch:
    """A tensor of PyTorch's. What is refused is told before anything is computed with it."""

    def __init__(self, value, notes):
        torch = sys.modules["torch"]
        self.torch, self.notes = torch, notes
        if type(value).__name__ == "DTensor":
            notes.append(["shard", value.placements])
            value = value._local_tensor
        self.shape, self.dtype = (), str(value.dtype).replace("torch.", "")
        self.device = str(value.device)
        if type(value).__name__ in ("FakeTensor", "FunctionalTensor"):
            raise Refused("fake", kind_of(value))
        if type(value).__name__.startswith("Uninitialized"):
            raise Refused("lazy")
        if type(value).__name__ == "MaskedTensor" and hasattr(value, "_masked_mask"):
            notes.append(["masked", ""])
            value = self.unmasked(value)
        if getattr(value, "is_nested", False):
            raise Refused("nested")
        self.shape = tuple(int(size) for size in value.shape)
        wrapped = getattr(getattr(torch._C, "_functorch", None), "is_functorch_wrapped_tensor", None)
        if wrapped and wrapped(value):
            raise Refused("traced", "torch.func")
        if value.device.type == "meta":
            raise Refused("meta")
        if value.device.type == "cuda" and torch.cuda.is_current_stream_capturing():
            raise Refused("capturing")
        self.value = value.detach()
        self.quantised = bool(value.is_quantized)
        if PACKED.match(self.dtype):
            raise Refused("packed", self.dtype)
        if value.layout != torch.strided:
            if self.size() > 8 << 20:
                raise Refused("sparse-large", value.layout)
            notes.append(["sparse", str(value.layout).replace("torch.", "")])
            self.value = self.value.to_dense()
        elif not self.quantised and value.device.type == "cpu":
            self.check_storage()
        if self.quantised:
            notes.append(["quantised", value.qscheme()])
        self.complex = value.is_complex()

    def unmasked(self, value):
        data = value._masked_data
        wide = data if data.is_floating_point() or data.is_complex() else data.double()
        return wide.where(value._masked_mask, float("nan"))

    def size(self):
        return count_of(self.shape)

    def check_storage(self):
        """Values that were freed, as sharded training frees parameters, would be read from memory of somebody else."""
        value = self.value
        last = value.storage_offset() + sum((size - 1) * step for size, step in zip(value.shape, value.stride()))
        held = value.untyped_storage().nbytes() if hasattr(value, "untyped_storage") else value.storage().nbytes()
        if self.size() and (last + 1) * value.element_size() > held:
            raise Refused("freed")

    def piece(self, window, part):
        torch, piece = self.torch, self.value
        if window:
            piece = piece[slices_of(window)]
        if self.quantised:
            piece = piece.dequantize()
        if self.complex:
            piece = parts(torch, piece.resolve_conj(), part)
        return piece.resolve_neg() if hasattr(piece, "resolve_neg") else piece

    def take(self, window, part):
        torch = self.torch
        piece = self.piece(window, part)
        codes = {"bool": "b1", "uint8": "u1", "int8": "i1", "int16": "i2", "int32": "i4", "int64": "i8"}
        codes.update({"uint16": "u2", "uint32": "u4", "uint64": "u8", "float16": "f2", "float32": "f4", "float64": "f8"})
        code = codes.get(str(piece.dtype).replace("torch.", ""))
        if code is None:
            code, piece = "f4", piece.to(torch.float32)
        elif code in ("i8", "u8") and piece.numel() and max(int(piece.max()), -int(piece.min())) > EXACT:
            self.notes.append(["rounded", self.dtype])
        piece = piece.to("cpu").contiguous()
        return code, ctypes.string_at(piece.data_ptr(), piece.numel() * piece.element_size()) if piece.numel() else b""

    def count(self, window, bins):
        torch = self.torch
        piece = self.piece(window, "abs")
        piece = piece.to(torch.float64) if piece.dtype == torch.float64 or not piece.is_floating_point() else piece.float()
        finite = piece[torch.isfinite(piece)]
        some = finite.numel() > 0
        told = {
            "count": piece.numel(),
            "finite": finite.numel(),
            "nan": int(torch.isnan(piece).sum()),
            "positive": int((piece == float("inf")).sum()),
            "sum": float(finite.sum(dtype=torch.float64)) if some else 0.0,
            "min": float(finite.min()) if some else 0.0,
            "max": float(finite.max()) if some else 0.0,
        }
        if bins:
            number, low, high = bins
            told["histogram"] = [int(each) for each in torch.histc(finite, number, low, high)]
        return told
