#!/usr/bin/env bash
# Guess: what a program can slice, its debugger can slice where the program has stopped: `z[:2]` in Watch, or on hover.
# What happens: Zarr 3 reads in an event loop that has a thread of its own, and a debugger that stops a program stops all of
#   its threads. The evaluation waits for a thread that stands still, and the session answers nothing from then on. On an
#   event loop made for it, in the thread that is asked, the same array is read at once.
# Seen with: zarr 3.1.6, debugpy 1.8.22, numpy 2.4.6, CPython 3.11.
# For us: arrays of Zarr's are read on an event loop of our own.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet zarr==3.1.6 debugpy==1.8.22 numpy==2.4.6

cat > "$work/program.py" <<'PROGRAM'
import tempfile
import debugpy
import numpy as np
import zarr

z = zarr.create_array(store=tempfile.mkdtemp() + "/a.zarr", shape=(4, 4), chunks=(2, 2), dtype="i4")
z[:] = np.arange(16).reshape(4, 4)
print(debugpy.listen(("127.0.0.1", 0))[1], flush=True)
debugpy.wait_for_client()
debugpy.breakpoint()
print("the program stops here", z[0, 1])
PROGRAM

"$venv/bin/python" -X frozen_modules=off - "$work/program.py" <<'CLIENT' | tee "$work/seen"
import json
import socket
import subprocess
import sys
from importlib.metadata import version

print(f"zarr {version('zarr')}, debugpy {version('debugpy')}", flush=True)
child = subprocess.Popen([sys.executable, sys.argv[1]], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
stream = socket.create_connection(("127.0.0.1", int(child.stdout.readline())))
reader, sent = stream.makefile("rb"), 0


def send(command, **arguments):
    global sent
    sent += 1
    text = json.dumps({"seq": sent, "type": "request", "command": command, "arguments": arguments}).encode()
    stream.sendall(b"Content-Length: %d\r\n\r\n" % len(text) + text)
    return sent


def until(wanted):
    while True:
        length = int(reader.readline().split(b":")[1])
        while reader.readline().strip():
            pass
        message = json.loads(reader.read(length))
        if wanted(message):
            return message.get("body", {})


def answer(number):
    return until(lambda message: message.get("request_seq") == number)


answer(send("initialize", adapterID="debugpy"))
send("attach", justMyCode=False)
until(lambda message: message.get("event") == "initialized")
send("configurationDone")
thread = until(lambda message: message.get("event") == "stopped")["threadId"]
frame = answer(send("stackTrace", threadId=thread))["stackFrames"][0]["id"]
own = "(lambda loop: loop.run_until_complete(z._async_array.getitem((0, slice(0, 3)))))(__import__('asyncio').new_event_loop())"
for title, expression in (("on an event loop of its own", own), ("z[0, :3]", "z[0, :3]")):
    number = send("evaluate", expression=expression, frameId=frame, context="watch")
    stream.settimeout(15)
    try:
        print(f"{title}: {answer(number)['result']}")
    except TimeoutError:
        print(f"{title}: no answer in 15 s")
child.kill()
CLIENT

cat > "$work/expected" <<'EXPECTED'
zarr 3.1.6, debugpy 1.8.22
on an event loop of its own: array([0, 1, 2], dtype=int32)
z[0, :3]: no answer in 15 s
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a debugger reads arrays of Zarr as it did not.' >&2
  exit 1
}
echo 'As seen before.'
