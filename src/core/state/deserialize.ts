import { type Checked, Door, check } from '../door';
import { damaged } from '../formats/format';
import { nonFinite } from '../formats/numbers';
import type { Dtype, Tensor } from '../operation';
import { lostOf } from '../tensor/precision';
import { bytesPerElement, elementCount, tensorOf } from '../tensor/tensor';
import type { InspectorDocument, TensorRole } from './document';
import { parseHead, parseShape, parseVersion } from './parseDocument';
import { FORMAT_NAME } from './serialize';

/** What a `.tconv.json` file says, before the files beside it are read. */
export interface Draft {
  /** Names of files in the document's own folder; each is to be read as an `.npy` of one array. */
  readonly files: readonly { readonly role: TensorRole; readonly file: string }[];
  /** The document, once those have been read; problems when their shapes are not those that the document states. */
  complete(loaded: ReadonlyMap<string, Tensor>): Checked<InspectorDocument>;
  /** Those tensors of the document that its text and these files hold. */
  tensors(loaded: ReadonlyMap<string, Tensor>): Readonly<Partial<Record<TensorRole, Tensor>>>;
}

/** A name, not a path: a document must not make the inspector read other folders, or devices on Windows. */
const FILE_NAME = /^[^/\\:*?"<>|\p{Cc}]{1,255}\.npy$/u;

type Stored = { readonly shape: readonly number[] } & (
  { readonly values: ArrayLike<number> } | { readonly file: string }
);

function parseStored(door: Door, dtype: Dtype, limit: number): Stored {
  const shape = parseShape(door.at('shape'));
  const count = elementCount(shape);
  if (count * bytesPerElement(dtype) > limit) throw door.at('shape').refuse('a tensor of at most {2} bytes', limit);
  const file = door.optional('file', (each) => {
    if (!FILE_NAME.test(each.text(300)) || each.text(300).startsWith('.'))
      throw each.refuse('the name of an .npy file in the same folder');
    return each.text(300);
  });
  if (file !== undefined) return { shape, file };
  const list = door.at('values');
  const values = list.numbers(count, nonFinite);
  if (values.length !== count) throw list.refuse('a list of {2} numbers, as the shape says', count);
  if (lostOf(values, dtype).large > 0) throw list.refuse('a list of numbers that {2} can hold', dtype);
  return { shape, values };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    if (position === undefined) throw damaged('json', 'The document is not JSON: {0}', message);
    const before = text.slice(0, Number(position)).split('\n');
    throw damaged(
      'json',
      'The document is not JSON, line {1}, column {2}: {0}',
      message,
      before.length,
      before[before.length - 1].length + 1,
    );
  }
}

/**
 * Reads the text of a `.tconv.json` file. Problems name the place as a path, such as `input.values[3]`. `limit` in
 * bytes for one tensor. Never throws.
 */
export function deserialize(text: string, limit: number): Checked<Draft> {
  return check(() => {
    const door = new Door(parseJson(text), 'document');
    if (door.at('format').value !== FORMAT_NAME) throw door.at('format').refuse('"{2}"', FORMAT_NAME);
    parseVersion(door.at('version'));
    const dtype = door.at('dtype').oneOf('float32', 'float64');
    const input = parseStored(door.at('input'), dtype, limit);
    const weight = parseStored(door.at('weight'), dtype, limit);
    const bias = door.optional('bias', (each) => parseStored(each, dtype, limit));
    const hollow = ({ shape }: Stored): Tensor => ({ dtype, shape, data: new Float32Array(0) });
    // Everything but the values is checked here, so that no file is read for a document that cannot be opened.
    const head = parseHead(door, { input: hollow(input), weight: hollow(weight), bias: bias && hollow(bias) });
    return {
      files: Object.entries({ input, weight, bias }).flatMap(([role, each]) =>
        each && 'file' in each ? [{ role: role as TensorRole, file: each.file }] : [],
      ),
      tensors: (loaded) =>
        Object.fromEntries(
          Object.entries({ input, weight, bias }).flatMap(([role, each]) => {
            const tensor = each && check(() => fill(each, role as TensorRole, dtype, loaded));
            return tensor?.ok ? [[role, tensor.value]] : [];
          }),
        ),
      complete: (loaded) =>
        check(() => ({
          ...head,
          input: fill(input, 'input', dtype, loaded),
          weight: fill(weight, 'weight', dtype, loaded),
          bias: bias && fill(bias, 'bias', dtype, loaded),
        })),
    };
  });
}

function fill(stored: Stored, role: TensorRole, dtype: Dtype, loaded: ReadonlyMap<string, Tensor>): Tensor {
  const { shape } = stored;
  if ('values' in stored) return tensorOf(dtype, shape, stored.values);
  const found = loaded.get(stored.file);
  if (found === undefined)
    throw damaged('attachment', 'The file {0}, which holds the values of {1}, could not be read.', stored.file, role);
  if (found.shape.join() !== shape.join()) {
    throw damaged(
      'attachment',
      'The file {0} has shape {1}; the document says {2}.',
      stored.file,
      `[${found.shape.join(', ')}]`,
      `[${shape.join(', ')}]`,
    );
  }
  if (lostOf(found.data, dtype).large > 0)
    throw damaged('attachment', 'The file {0} has values that are beyond what {1} can hold.', stored.file, dtype);
  return found.dtype === dtype ? found : tensorOf(dtype, shape, found.data);
}
