import { stridesOf } from '../../kernels/positions';
import { elementCount } from '../../tensor/tensor';
import { numberType } from '../dtypes';
import { brief, checkedCount, checkedShape, type Contents, damaged, type ReadOptions } from '../format';
import { placedEntry } from '../placed';
import { type ByteSource, memorySource, partOf } from '../source';
import { Cursor } from './cursor';
import { inflated } from './inflate';

const TYPES: Readonly<Record<string, string>> = {
  ...{ MET_CHAR: 'int8', MET_UCHAR: 'uint8', MET_SHORT: 'int16', MET_USHORT: 'uint16', MET_INT: 'int32' },
  ...{ MET_UINT: 'uint32', MET_LONG: 'int32', MET_ULONG: 'uint32', MET_LONG_LONG: 'int64', MET_ULONG_LONG: 'uint64' },
  ...{ MET_FLOAT: 'float32', MET_DOUBLE: 'float64' },
};

const LONGEST_HEADER = 100_000;
const wrong = (): Error => damaged('metaimage', 'The header of the MetaImage file is damaged.');

/** The fields of the header, of which `ElementDataFile` is the last; the cursor is left behind it. */
function fieldsOf(cursor: Cursor): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  while (cursor.left > 0 && cursor.at < LONGEST_HEADER) {
    const match = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(cursor.line(0x0a, 10_000));
    if (!match) throw wrong();
    fields.set(match[1].toLowerCase(), match[2]);
    if (match[1].toLowerCase() === 'elementdatafile') return fields;
  }
  throw wrong();
}

/** The numbers: behind the header, or in a file beside it. */
function dataOf(fields: ReadonlyMap<string, string>, cursor: Cursor, bytes: number, options: ReadOptions): ByteSource {
  const place = fields.get('elementdatafile') ?? '';
  let source = partOf(cursor.source, cursor.at, cursor.left);
  if (place.toUpperCase() !== 'LOCAL') {
    if (/^LIST\b|%/i.test(place))
      throw damaged('metaimage-list', 'The slices are in files of their own ("{0}"), which is not read.', brief(place));
    const file = options.beside?.(place);
    if (!file) throw damaged('shard', 'The file "{0}" is not beside this one.', brief(place));
    source = file;
  }
  if (/^true$/i.test(fields.get('compresseddata') ?? '')) {
    if (source.size > options.limit)
      throw damaged('large', 'The file has {0} bytes; of this kind at most {1} are read.', source.size, options.limit);
    return memorySource(inflated(source.read(0, source.size), bytes));
  }
  const skipped = Number(fields.get('headersize') ?? 0);
  // −1: the numbers are the last bytes of the file.
  const at = skipped === -1 ? source.size - bytes : skipped;
  if (!(Number.isSafeInteger(at) && at >= 0 && at <= source.size)) throw wrong();
  return partOf(source, at, source.size - at);
}

/** An image or volume of MetaImage (`.mha`, `.mhd`); its axes are z, y, x as SimpleITK's arrays have them. */
export function readMetaImage(source: ByteSource, options: ReadOptions): Contents {
  const cursor = new Cursor(source);
  const fields = fieldsOf(cursor);
  const name = fields.get('elementtype')?.toUpperCase() ?? '';
  const littleEndian = !/^true$/i.test(fields.get('elementbyteordermsb') ?? fields.get('binarydatabyteordermsb') ?? '');
  const type = Object.hasOwn(TYPES, name) ? numberType(TYPES[name], { littleEndian }) : undefined;
  if (!type) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', brief(name));
  const sizes = (fields.get('dimsize') ?? '').split(/\s+/).filter(Boolean).map(Number);
  const channels = Number(fields.get('elementnumberofchannels') ?? 1);
  if (sizes.length === 0) throw wrong();
  const shape = [...sizes.toReversed(), ...(channels > 1 ? [channels] : [])];
  checkedShape(shape);
  if (/^true$/i.test(fields.get('compresseddata') ?? '')) checkedCount(shape, type.bits / 8, options);
  const data = dataOf(fields, cursor, (elementCount(shape) * type.bits) / 8, options);
  const placed = { source: data, offset: 0, type, shape, strides: stridesOf(shape) };
  return { entries: [placedEntry(placed, { name: '', source: `MetaImage, ${type.name}` }, options)], left: [] };
}
