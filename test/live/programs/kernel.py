"""A kernel of Jupyter's, on its own wire protocol: runs the code of each line on its input, and prints what it puts out."""
import json
import sys

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="python3", extra_arguments=["--IPKernelApp.log_level=50"])
try:
    for line in sys.stdin:
        asked = json.loads(line)
        sent = client.execute(asked["code"], store_history=asked.get("counted", False))
        while True:
            message = client.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != sent:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind in ("display_data", "execute_result"):
                print(json.dumps({"items": [[mime, data if isinstance(data, str) else json.dumps(data)] for mime, data in content["data"].items()]}))
            elif kind == "error":
                error = json.dumps({"name": content["ename"], "message": content["evalue"]})
                print(json.dumps({"items": [["application/vnd.code.notebook.error", error]]}))
            elif kind == "execute_input":
                print(json.dumps({"count": content["execution_count"]}), flush=True)
            elif kind == "status" and content["execution_state"] == "idle":
                break
        print(json.dumps({"done": True}), flush=True)
finally:
    manager.shutdown_kernel(now=True)
