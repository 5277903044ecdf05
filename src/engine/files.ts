import { interpret } from '../core/formats/axes';
import { damaged, type TensorEntry } from '../core/formats/format';
import { readTensors } from '../core/formats/registry';
import { parsePastedText } from '../core/formats/text';
import { weightToCanonical } from '../core/frameworks/weights';
import type { Dtype, Tensor } from '../core/operation';
import { ProblemError } from '../core/problem';
import { lostOf } from '../core/tensor/precision';
import { bytesPerElement } from '../core/tensor/tensor';
import type { Converted, FileCall, OpenedFile, TensorCall } from '../protocol/engine';
import { requireMemory } from './memory';

/** Files that were opened and not closed yet: parsed once, and read from as often as is asked. */
export interface OpenFiles {
  /** Throws a ProblemError that says what is wrong with the file. */
  open(call: FileCall): OpenedFile;
  read(call: TensorCall): Converted;
  close(file: number): void;
}

export interface OpenFilesOptions {
  /** Bytes that open files may take together. Beyond it the oldest are closed, but never the one opened last. */
  readonly budget?: number;
  /** Whether tensors are given in shared memory, which the host reads too; otherwise they can be handed over to it. */
  readonly shares?: boolean;
  /** Told of the bytes of a file that has been closed, or could not be parsed: they are not read any more. */
  closed?(bytes: Uint8Array): void;
}

interface OpenFile {
  readonly bytes: Uint8Array;
  readonly entries: readonly TensorEntry[];
}

const BUDGET = 256 * 2 ** 20;

function parse(call: FileCall): OpenFile {
  const { limit } = call;
  if (!('text' in call)) return { bytes: call.bytes, entries: readTensors(call.bytes, call.name, { limit }) };
  const pasted = parsePastedText(call.text, { limit });
  if (!pasted.ok) throw new ProblemError(pasted.problems);
  const { value } = pasted;
  return {
    bytes: new Uint8Array(value.data.buffer),
    entries: [{ name: '', shape: value.shape, source: 'text', load: () => value }],
  };
}

/** A copy for its new owner. */
function copyFor(owner: 'sharing' | 'receiving', { shape, data }: Tensor, dtype: Dtype): Tensor {
  const bytes = Math.max(8, data.length * bytesPerElement(dtype));
  const buffer = owner === 'sharing' ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  const own = dtype === 'float32' ? new Float32Array(buffer, 0, data.length) : new Float64Array(buffer, 0, data.length);
  own.set(data);
  return { dtype, shape, data: own };
}

function arranged(tensor: Tensor, as: TensorCall['as']): Tensor {
  if (!as) return tensor;
  return 'storedAs' in as ? weightToCanonical(tensor, as.storedAs) : interpret(tensor, as.way, as.target);
}

export function createOpenFiles({ budget = BUDGET, shares = true, closed }: OpenFilesOptions = {}): OpenFiles {
  /** In the order in which they were opened. */
  const files = new Map<number, OpenFile>();
  // Begins anywhere, so that a number given by a thread that has died is not that of another file here.
  let last = Math.floor(Math.random() * 2 ** 40);

  const close = (file: number): void => {
    const known = files.get(file);
    files.delete(file);
    if (known) closed?.(known.bytes);
  };

  const parsed = (call: FileCall): OpenFile => {
    try {
      return parse(call);
    } catch (error) {
      if ('bytes' in call) closed?.(call.bytes);
      throw error;
    }
  };

  return {
    close,
    open(call) {
      const file = ++last;
      const opened = parsed(call);
      files.set(file, opened);
      let taken = [...files.values()].reduce((all, { bytes }) => all + bytes.byteLength, 0);
      for (const [older, { bytes }] of files) {
        if (taken <= budget || older === file) break;
        taken -= bytes.byteLength;
        close(older);
      }
      return {
        file,
        entries: opened.entries.map(({ name, shape, source, axes }) => ({ name, shape, source, axes })),
      };
    },
    read({ file, entry, as, dtype, limit }) {
      const found = files.get(file)?.entries[entry];
      if (!found) throw damaged('closed', 'The file is not in memory any more. Open it again.');
      const tensor = found.load();
      const wanted = dtype ?? tensor.dtype;
      requireMemory(tensor.data.length * bytesPerElement(wanted), limit);
      const lost = lostOf(tensor.data, wanted);
      const own = copyFor(shares ? 'sharing' : 'receiving', arranged(tensor, as), wanted);
      return lost.large + lost.small > 0 ? { ...own, lost } : own;
    },
  };
}
