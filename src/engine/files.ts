import { interpret } from '../core/formats/axes';
import { type Contents, damaged } from '../core/formats/format';
import { loadPart } from '../core/formats/part';
import { type RareReaders, readContents } from '../core/formats/registry';
import { type ByteSource, memorySource } from '../core/formats/source';
import { loadKept } from '../core/formats/placed';
import { parsePastedText } from '../core/formats/text';
import { weightToCanonical } from '../core/frameworks/weights';
import type { Dtype, Tensor } from '../core/operation';
import { ProblemError } from '../core/problem';
import { lostOf } from '../core/tensor/precision';
import { bytesPerElement } from '../core/tensor/tensor';
import type { Converted, FileCall, OpenedFile, SupplyCall, TensorCall, Wanting } from '../protocol/engine';
import { type OpenByPath, type OpenPath, pathBeside, suppliedSource, type SuppliedSource } from './fileSources';
import { requireMemory } from './memory';
import { wanting, wantsOf } from './wanting';

/** Files that were opened and not closed yet: parsed once, and read from as often as is asked. */
export interface OpenFiles {
  /** Throws a ProblemError that says what is wrong with the file. */
  open(call: FileCall): OpenedFile | Wanting;
  supply(call: SupplyCall): void;
  list(file: number): OpenedFile | Wanting;
  read(call: TensorCall): Converted | Wanting;
  close(file: number): void;
}

export interface OpenFilesOptions {
  /** Bytes that open files may take together. Beyond it the oldest are closed, but never the one opened last. */
  readonly budget?: number;
  /** Whether tensors are given in shared memory, which the host reads too; otherwise they can be handed over to it. */
  readonly shares?: boolean;
  /** Told of the bytes of a file that has been closed, or could not be parsed: they are not read any more. */
  closed?(bytes: Uint8Array): void;
  /** Opens files of the machine's own, where there are any. */
  readonly openPath?: OpenByPath;
  /** The readers of rare kinds, loaded when they are first called for; `script` is their text, where it was given. */
  rareReaders?(script: string | undefined): RareReaders | undefined;
}

interface OpenFile {
  readonly call: FileCall;
  /** All that was opened for it, by the path from its folder; itself under the empty one. */
  readonly paths: Map<string, OpenPath | undefined>;
  /** Files beside it that were given as a whole. */
  readonly given: Map<string, Uint8Array | undefined>;
  readonly supplied?: SuppliedSource;
  contents?: Contents;
}

const BUDGET = 256 * 2 ** 20;

/** A tensor in memory for its new owner: a copy where it is of another type, or stands elsewhere. */
function ownedBy(owner: 'sharing' | 'receiving', tensor: Tensor, dtype: Dtype): Tensor {
  const { shape, data } = tensor;
  const isShared = !(data.buffer instanceof ArrayBuffer);
  if (tensor.dtype === dtype && isShared === (owner === 'sharing')) return tensor;
  const own = allocateFor(owner)(dtype, data.length);
  own.set(data);
  return { dtype, shape, data: own };
}

const allocateFor =
  (owner: 'sharing' | 'receiving') =>
  (dtype: Dtype, count: number): Tensor['data'] => {
    const bytes = Math.max(8, count * bytesPerElement(dtype));
    const buffer = owner === 'sharing' ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
    return dtype === 'float32' ? new Float32Array(buffer, 0, count) : new Float64Array(buffer, 0, count);
  };

function arranged(tensor: Tensor, as: TensorCall['as']): Tensor {
  if (!as) return tensor;
  return 'storedAs' in as ? weightToCanonical(tensor, as.storedAs) : interpret(tensor, as.way, as.target);
}

const bytesTaken = ({ call, given }: OpenFile): number =>
  ('bytes' in call ? call.bytes.byteLength : 'text' in call ? 2 * call.text.length : 0) +
  [...given.values()].reduce((all, bytes) => all + (bytes?.byteLength ?? 0), 0);

function pasted(text: string, limit: number): Contents {
  const parsed = parsePastedText(text, { limit });
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  const { value } = parsed;
  const entry = { name: '', shape: value.shape, source: 'text' };
  return { entries: [{ ...entry, load: (how) => loadKept(value, { limit }, how) }], left: [] };
}

export function createOpenFiles({
  budget = BUDGET,
  shares = true,
  closed,
  openPath,
  rareReaders,
}: OpenFilesOptions = {}): OpenFiles {
  /** In the order in which they were opened. */
  const files = new Map<number, OpenFile>();
  let script: string | undefined;
  // Begins anywhere, so that a number given by a thread that has died is not that of another file here.
  let last = Math.floor(Math.random() * 2 ** 40);

  const close = (file: number): void => {
    const known = files.get(file);
    files.delete(file);
    if (!known) return;
    for (const each of known.paths.values()) each?.close();
    if ('bytes' in known.call) closed?.(known.call.bytes);
  };

  const rare = (): RareReaders => {
    const readers = rareReaders?.(script);
    if (readers) return readers;
    throw wanting({ want: 'readers' });
  };

  const openedPath = ({ paths }: OpenFile, key: string, path: string): OpenPath | undefined => {
    if (!paths.has(key)) paths.set(key, openPath?.(path));
    return paths.get(key);
  };

  const beside = (open: OpenFile, stated: string): ByteSource | undefined => {
    const path = pathBeside(stated);
    if (path === undefined) return undefined;
    if ('path' in open.call) return openedPath(open, path, open.call.path.replace(/[^\\/]*$/, path));
    if (!open.given.has(path)) throw wanting({ want: 'beside', path });
    const bytes = open.given.get(path);
    return bytes && memorySource(bytes);
  };

  const sourceOf = (open: OpenFile): ByteSource => {
    const { call } = open;
    if ('bytes' in call) return memorySource(call.bytes);
    if (open.supplied) return open.supplied;
    const found = 'path' in call ? openedPath(open, '', call.path) : undefined;
    if (!found) throw damaged('gone', 'The file is not there any more.');
    return found;
  };

  const contentsOf = (open: OpenFile): Contents => {
    const { call } = open;
    if ('text' in call) return pasted(call.text, call.limit);
    const { limit, name } = call;
    return readContents(sourceOf(open), { limit, name, beside: (path) => beside(open, path) }, rare);
  };

  const known = (file: number): OpenFile => {
    const open = files.get(file);
    if (!open) throw damaged('closed', 'The file is not in memory any more. Open it again.');
    return open;
  };

  /** Does what may want something first: then that is the answer. */
  const attempt = <Result>(file: number, work: () => Result): Result | Wanting => {
    try {
      return work();
    } catch (error) {
      const wants = wantsOf(error);
      if (wants) return { file, wants };
      throw error;
    }
  };

  const keepToBudget = (newest: number): void => {
    let taken = [...files.values()].reduce((all, open) => all + bytesTaken(open), 0);
    for (const [older, open] of files) {
      if (taken <= budget || older === newest) break;
      taken -= bytesTaken(open);
      close(older);
    }
  };

  const list = (file: number): OpenedFile | Wanting =>
    attempt(file, () => {
      const open = known(file);
      try {
        open.contents ??= contentsOf(open);
      } catch (error) {
        if (!wantsOf(error)) close(file);
        throw error;
      }
      open.supplied?.settle(true);
      keepToBudget(file);
      const entries = open.contents.entries.map(({ load: _, ...described }) => described);
      return { file, entries, left: open.contents.left };
    });

  return {
    close,
    list,
    open(call) {
      const file = ++last;
      const supplied = 'size' in call ? suppliedSource(call.size) : undefined;
      files.set(file, { call, paths: new Map(), given: new Map(), supplied });
      return list(file);
    },
    supply({ file, want, given }) {
      const open = known(file);
      if (want.want === 'readers') script = typeof given === 'string' ? given : undefined;
      else if (want.want === 'beside') open.given.set(want.path, given instanceof Uint8Array ? given : undefined);
      else if (given instanceof Uint8Array) open.supplied?.give(want.offset, given);
    },
    read: ({ file, entry, as, reading, window, dtype, limit }) =>
      attempt(file, () => {
        const open = files.get(file);
        const found = open?.contents?.entries[entry];
        if (!open || !found) throw damaged('closed', 'The file is not in memory any more. Open it again.');
        const owner = shares ? 'sharing' : 'receiving';
        const allocate = allocateFor(owner);
        if (dtype)
          requireMemory(
            (window?.size ?? found.shape).reduce((all, size) => all * size, bytesPerElement(dtype)),
            limit,
          );
        const tensor = loadPart(found, { limit }, { reading, window, allocate });
        open.supplied?.settle(false);
        const wanted = dtype ?? tensor.dtype;
        const lost = lostOf(tensor.data, wanted);
        const own = ownedBy(owner, arranged(tensor, as), wanted);
        return lost.large + lost.small > 0 ? { ...own, lost } : own;
      }),
  };
}
