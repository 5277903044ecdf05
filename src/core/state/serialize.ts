import { printNumber } from '../formats/numbers';
import type { Tensor } from '../operation';
import type { InspectorDocument, TensorRole } from './document';

/** Says in the file itself what it is; the version is that of the document. */
export const FORMAT_NAME = 'transposed-conv-inspector';
export const DOCUMENT_EXTENSION = '.tconv.json';

/** Tensors of up to this many elements stand in the JSON itself; larger ones in an `.npy` file beside it. */
export const MOST_INLINE = 4096;

/** A file that belongs beside the document; write it with `writeNpy`. */
export interface Attachment {
  readonly role: TensorRole;
  readonly file: string;
  readonly tensor: Tensor;
}

export interface Serialized {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/**
 * One row of the last axis a line, so that a change of one cell is a change of one line. JSON has no NaN or infinity:
 * they are texts.
 */
function inline({ shape, dtype, data }: Tensor): string {
  const perRow = shape[shape.length - 1];
  const print = (value: number): string =>
    Number.isFinite(value) ? printNumber(value, dtype) : JSON.stringify(printNumber(value, dtype));
  const rows = Array.from({ length: data.length / perRow }, (_, row) =>
    Array.from(data.subarray(row * perRow, (row + 1) * perRow), print).join(', '),
  );
  return `{ "shape": ${JSON.stringify(shape)}, "values": [\n    ${rows.join(',\n    ')}\n  ] }`;
}

/**
 * The document as the text of a `.tconv.json` file, with the files that go beside it. `name` is the file's name; the
 * attachments are named after it.
 */
export function serialize(document: InspectorDocument, name: string): Serialized {
  const base = name.endsWith(DOCUMENT_EXTENSION) ? name.slice(0, -DOCUMENT_EXTENSION.length) : name;
  const attachments: Attachment[] = [];
  const tensor = (role: TensorRole, value: Tensor): string => {
    if (value.data.length <= MOST_INLINE) return inline(value);
    const file = `${base}.${role}.npy`;
    attachments.push({ role, file, tensor: value });
    return JSON.stringify({ shape: value.shape, file });
  };
  const { version, title, origin, op, outputChannels, dtype, input, weight, bias, view } = document;
  const fields: readonly [string, string | undefined][] = [
    ['format', JSON.stringify(FORMAT_NAME)],
    ['version', JSON.stringify(version)],
    ['title', JSON.stringify(title)],
    ['origin', JSON.stringify(origin)],
    ['op', JSON.stringify(op)],
    ['outputChannels', JSON.stringify(outputChannels)],
    ['dtype', JSON.stringify(dtype)],
    ['input', tensor('input', input)],
    ['weight', tensor('weight', weight)],
    ['bias', bias && tensor('bias', bias)],
    ['view', JSON.stringify(view)],
  ];
  const present = fields.filter(([, value]) => value !== undefined);
  return { text: `{\n${present.map(([key, value]) => `  "${key}": ${value}`).join(',\n')}\n}\n`, attachments };
}
