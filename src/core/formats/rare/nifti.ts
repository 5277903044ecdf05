import type { Tensor } from '../../operation';
import { numberType } from '../dtypes';
import { brief, checkedShape, checkedZeros, type Contents, damaged, type LoadHow, type ReadOptions } from '../format';
import { checkedWindow, loadPlaced, placedEntry } from '../placed';
import { type ByteSource, headOf, memorySource, wholeOf } from '../source';
import { fortranStrides } from './fortran';
import { inflated } from './inflate';

const TYPES: Readonly<Record<number, string>> = {
  ...{ 2: 'uint8', 4: 'int16', 8: 'int32', 16: 'float32', 32: 'complex64', 64: 'float64', 256: 'int8', 512: 'uint16' },
  ...{ 768: 'uint32', 1024: 'int64', 1280: 'uint64', 1536: 'longdouble', 1792: 'complex128' },
};

interface Header {
  readonly littleEndian: boolean;
  readonly shape: readonly number[];
  readonly type: number;
  readonly offset: number;
  readonly slope: number;
  readonly intercept: number;
}

/** The header of NIfTI-1, of 348 bytes, or of NIfTI-2, of 540 (nifti1.h, nifti2.h). */
function headerOf(head: Uint8Array): Header {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const wrong = (): Error => damaged('nifti', 'This is no NIfTI file, or its header is damaged.');
  // A pair's header ends where that of a file by itself has room for extensions.
  if (head.length < 348) throw wrong();
  const littleEndian = [348, 540].includes(view.getInt32(0, true));
  const size = view.getInt32(0, littleEndian);
  if (size !== 348 && size !== 540) throw wrong();
  const first = size === 348;
  if (!first && head.length < 544) throw wrong();
  const axes = first ? view.getInt16(40, littleEndian) : Number(view.getBigInt64(16, littleEndian));
  if (!(axes >= 1 && axes <= 7)) throw wrong();
  const shape = Array.from({ length: axes }, (_, axis) =>
    first ? view.getInt16(42 + 2 * axis, littleEndian) : Number(view.getBigInt64(24 + 8 * axis, littleEndian)),
  );
  return {
    littleEndian,
    shape,
    type: view.getInt16(first ? 70 : 12, littleEndian),
    offset: first ? view.getFloat32(108, littleEndian) : Number(view.getBigInt64(168, littleEndian)),
    slope: first ? view.getFloat32(112, littleEndian) : view.getFloat64(176, littleEndian),
    intercept: first ? view.getFloat32(116, littleEndian) : view.getFloat64(184, littleEndian),
  };
}

/** What a file is without its packing by gzip. */
function unpacked(source: ByteSource, { limit }: ReadOptions): ByteSource {
  const [one, two] = headOf(source, 2);
  return one === 0x1f && two === 0x8b ? memorySource(inflated(wholeOf(source, limit), limit, 'gzip')) : source;
}

/** The file with the header and the one with the numbers: of a pair `.hdr` and `.img`, else one and the same. */
function filesOf(source: ByteSource, options: ReadOptions): { readonly head: ByteSource; readonly file: ByteSource } {
  const { name = '' } = options;
  const [, stem = '', ending = ''] = /^(.*)\.(hdr|img)$/i.exec(name) ?? [];
  if (ending === '') {
    const file = unpacked(source, options);
    return { head: file, file };
  }
  const isHead = ending.toLowerCase() === 'hdr';
  const [lower, upper] = isHead ? ['img', 'IMG'] : ['hdr', 'HDR'];
  const other = `${stem}.${ending === ending.toUpperCase() ? upper : lower}`;
  const beside = options.beside?.(other);
  if (!beside) throw damaged('shard', 'The file "{0}" is not beside this one.', brief(other));
  const [head, file] = (isHead ? [source, beside] : [beside, source]).map((each) => unpacked(each, options));
  return { head, file };
}

/** An image or volume of NIfTI, with its scale applied; axes are x, y, z as nibabel has them. Throws a ProblemError. */
export function readNifti(source: ByteSource, options: ReadOptions): Contents {
  const { head, file } = filesOf(source, options);
  const { littleEndian, shape, type: code, offset, slope, intercept } = headerOf(headOf(head, 544));
  const type = Object.hasOwn(TYPES, code) ? numberType(TYPES[code], { littleEndian }) : undefined;
  if (!type) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', code);
  checkedShape(shape);
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw damaged('nifti', 'This is no NIfTI file, or its header is damaged.');
  const placed = { source: file, offset, type, shape, strides: fortranStrides(shape) };
  // A slope of 0 says that there is none.
  const isScaled = Number.isFinite(slope) && slope !== 0 && (slope !== 1 || intercept !== 0);
  const entry = placedEntry(
    placed,
    { name: '', source: isScaled ? `${type.name} · ${slope} + ${intercept}` : type.name },
    options,
  );
  if (!isScaled || type.complex) return { entries: [entry], left: [] };
  const load = (how: LoadHow = {}): Tensor => {
    const stored = loadPlaced(placed, options, { window: how.window });
    const tensor = checkedZeros('float64', checkedWindow(shape, how.window).size, options, how.allocate);
    for (let at = 0; at < stored.data.length; at++) tensor.data[at] = stored.data[at] * slope + intercept;
    return tensor;
  };
  return { entries: [{ ...entry, load }], left: [] };
}
