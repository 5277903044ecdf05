import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeNpy } from '../../../src/core/formats/npy';
import type { Operation, Tensor } from '../../../src/core/operation';
import { serialize } from '../../../src/core/state/serialize';
import { tensorOf } from '../../../src/core/tensor/tensor';

export interface Content {
  readonly op: Operation;
  readonly input: Tensor;
  readonly weight: Tensor;
}

/** Saves a document into a folder, as the inspector would: large tensors go into files beside it. */
export async function writeDocument(folder: string, name: string, { op, input, weight }: Content): Promise<void> {
  const { text, attachments } = serialize(
    { version: 1, title: name, op, dtype: input.dtype, input, weight, view: {} },
    name,
  );
  await writeFile(join(folder, name), text);
  await Promise.all(attachments.map(({ file, tensor }) => writeFile(join(folder, file), writeNpy(tensor))));
}

/** The references' example: [[2, 3], [1, 3]] under [[0, 1, 1], [0, 1, 0], [1, 0, 1]], stride 1, no padding. */
export const worked: Content = {
  op: { kind: 'convTranspose', stride: [1, 1], padding: [0, 0], dilation: [1, 1], outputPadding: [0, 0], groups: 1 },
  input: tensorOf('float64', [1, 1, 2, 2], [2, 3, 1, 3]),
  weight: tensorOf('float64', [1, 1, 3, 3], [0, 1, 1, 0, 1, 0, 1, 0, 1]),
};
