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
 * The values of a tensor, one row of the last axis a line, so that a change of one cell is a change of one line. JSON
 * has no NaN or infinity: they are texts.
 */
export function inlineValues({ shape, dtype, data }: Tensor): string {
  const perRow = shape[shape.length - 1];
  const print = (value: number): string =>
    Number.isFinite(value) ? printNumber(value, dtype) : JSON.stringify(printNumber(value, dtype));
  const rows = Array.from({ length: data.length / perRow }, (_, row) =>
    Array.from(data.subarray(row * perRow, (row + 1) * perRow), print).join(', '),
  );
  return `[\n    ${rows.join(',\n    ')}\n  ]`;
}

/** What the file of a tensor is called, beside a document of this name. */
export function attachmentName(name: string, role: TensorRole): string {
  const base = name.endsWith(DOCUMENT_EXTENSION) ? name.slice(0, -DOCUMENT_EXTENSION.length) : name;
  return `${base}.${role}.npy`;
}

/** The members of a `.tconv.json` file in the order in which they are written, as texts. */
export function fieldsOf(
  document: InspectorDocument,
  tensor: (role: TensorRole, value: Tensor) => string,
): readonly (readonly [string, string | undefined])[] {
  const { version, title, origin, op, outputChannels, dtype, input, weight, bias, pixelKernels, view } = document;
  // `JSON.stringify` has nothing for what is undefined, though its type says that it has.
  const text = (value: unknown): string | undefined => JSON.stringify(value);
  return [
    ['format', text(FORMAT_NAME)],
    ['version', text(version)],
    ['title', text(title)],
    ['origin', text(origin)],
    ['op', text(op)],
    ['outputChannels', text(outputChannels)],
    ['dtype', text(dtype)],
    ['input', tensor('input', input)],
    ['weight', tensor('weight', weight)],
    ['bias', bias && tensor('bias', bias)],
    ['pixelKernels', text(pixelKernels)],
    ['view', text(view)],
  ];
}

/**
 * The document as the text of a `.tconv.json` file, with the files that go beside it. `name` is the file's name; the
 * attachments are named after it.
 */
export function serialize(document: InspectorDocument, name: string): Serialized {
  const attachments: Attachment[] = [];
  const fields = fieldsOf(document, (role, value) => {
    const shape = JSON.stringify(value.shape);
    if (value.data.length <= MOST_INLINE) return `{ "shape": ${shape}, "values": ${inlineValues(value)} }`;
    const file = attachmentName(name, role);
    attachments.push({ role, file, tensor: value });
    return `{"shape":${shape},"file":${JSON.stringify(file)}}`;
  });
  const present = fields.filter(([, value]) => value !== undefined);
  return { text: `{\n${present.map(([key, value]) => `  "${key}": ${value}`).join(',\n')}\n}\n`, attachments };
}
