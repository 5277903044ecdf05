# Of an interpreter that is started for one question: answers what stands on its input, by a library that is imported.
import sys

# The folder that it is started in, so that no file there is taken for a library.
sys.path[:] = [each for each in sys.path if each]

import importlib
import os

# What libraries print is no part of the answer.
answer = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
os.dup2(2, 1)
importlib.import_module(sys.argv[1])
answer.write(eval(sys.stdin.read(), {"__builtins__": __builtins__}))
answer.close()
