"""Arrays of several sizes, for a debugger that waits on a port."""
import debugpy
import numpy as np

image = np.random.default_rng(0).random((224, 224, 3), dtype=np.float32)
large = np.ones((100, 1000, 1000), np.float32)
huge = np.ones((31623, 31623), np.float16)
print("port", debugpy.listen(("127.0.0.1", 0))[1], flush=True)
debugpy.wait_for_client()
debugpy.breakpoint()
print("A program stops in the line behind its breakpoint.")
