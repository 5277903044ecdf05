# Takes the question, and makes one text of the answer: a marker, a line of JSON, and values in base64.
import base64
import json


def whole_of(shape):
    return [[0, size, 1] for size in shape]


def planned(shape, each, ask):
    """
    Which window of an array is read when none is asked for: all of it; nothing yet, where it takes several answers; or
    an overview. Its last two axes are strided, and of those before them as many entries are read as there is room for.
    """
    if count_of(shape) * each <= ask["most"]:
        return whole_of(shape), "whole"
    if count_of(shape) * each <= ask["whole"]:
        return None, "whole"
    window = []
    room = ask["cells"]
    for axis in range(len(shape) - 1, -1, -1):
        size = shape[axis]
        plane = len(shape) - axis <= 2
        most = max(1, min(size, room, ask["side"] if plane else size))
        step = -(-size // most) if plane else 1
        window.insert(0, [0, size if plane else most, step])
        room //= max(1, len(range(*window[0])))
    return window, "overview"


def described(reader, value, notes):
    return {
        "type": kind_of(value),
        "dtype": reader.dtype[:80],
        "shape": [int(size) for size in reader.shape],
        "device": reader.device[:200],
        "complex": reader.complex,
        "notes": [[code, str(detail)[:300]] for code, detail in notes],
    }


def size_of(dtype):
    """Bytes of one number as it is sent; at most 8."""
    if dtype.startswith(("bfloat", "float8")):
        return 4
    return next((size for name, size in (("64", 8), ("16", 2), ("bool", 1), ("int8", 1), ("32", 4)) if name in dtype), 8)


def read(value, ask, window=None):
    notes = []
    with kept_state(value):
        try:
            reader = array_of(value, notes)
        except Refused as refused:
            return {"kind": "refused", "type": kind_of(value), "why": refused.code, "detail": refused.detail[:300]}, b""
        if reader is None:
            return None, b""
        plan = "window"
        if window is None:
            window, plan = planned(reader.shape, size_of(reader.dtype), ask)
        head = {"kind": "tensor", "plan": plan, "window": window, "each": size_of(reader.dtype)}
        code, raw = "", b""
        if window is not None:
            if count_of([len(range(*each)) for each in window]) * head["each"] > ask["most"]:
                raise Refused("window")
            code, raw = reader.take(window, ask.get("part", "real"))
        head.update(described(reader, value, notes), code=code, bytes=len(raw))
        return head, raw


def answered(value, ask):
    do = ask["do"]
    if do == "count":
        with kept_state(value):
            reader = array_of(value, [])
            return {"kind": "count", "counted": reader.count(ask["window"], ask.get("bins"))}, b""
    if do == "describe":
        ask = dict(ask, most=-1, whole=float("inf"))
    if do == "put":
        use("act")
        with kept_state(value):
            return put(value, ask)
    if do in ("watch", "unwatch"):
        use("act")
        return (watch if do == "watch" else unwatch)(value)
    if do == "compute":
        use("compute")
        with kept_state(value):
            value = compute(ask)
    if do in ("run", "caught"):
        use("act")
        value = run(value) if do == "run" else caught(value, ask["name"])
    if do == "read" and layer_kind(value):
        use("layers")
        head, tensors = layer_of(value)
        heads, raws = [], []
        for name, end, tensor in tensors:
            part, raw = read(tensor, dict(ask, most=ask["most"] - sum(map(len, raws))))
            heads.append(dict(part, name=name, end=end))
            raws.append(raw)
        held = {"kind": "layer", "type": kind_of(value), "layer": head, "tensors": heads, "entries": entries_of(value)}
        return held, b"".join(raws)
    head, raw = read(value, ask, ask.get("window"))
    if head is None:
        use("layers")
        return {"kind": "other", "type": kind_of(value), "entries": entries_of(value)}, b""
    return head, raw


def told(head):
    """As JSON has it: numbers that it has not are texts."""
    if isinstance(head, dict):
        return {str(name): told(each) for name, each in head.items()}
    if isinstance(head, (list, tuple)):
        return [told(each) for each in head]
    if isinstance(head, float) and (head != head or head in (float("inf"), float("-inf"))):
        return str(head)
    return head if head is None or isinstance(head, (bool, int, float, str)) else str(head)[:300]


def answer(value, ask):
    ask = json.loads(ask)
    try:
        head, raw = answered(value, ask)
    except Refused as refused:
        head, raw = {"kind": "refused", "type": kind_of(value), "why": refused.code, "detail": refused.detail[:300]}, b""
    except Exception as error:
        try:
            message = str(error)[:600]
        except Exception:
            message = ""
        head, raw = {"kind": "failed", "type": kind_of(value), "error": type(error).__name__, "message": message}, b""
    text = ask["marker"] + json.dumps(told(head)) + "\n" + base64.b64encode(raw).decode("ascii")
    # A text that is shorter than this waits for a timer between program and debugger.
    return text if len(text) >= ask["pad"] else text + "\n" * (ask["pad"] - len(text))
