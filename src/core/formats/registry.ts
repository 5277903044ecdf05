import { type Format, type ReadOptions, type TensorEntry, damaged } from './format';
import { jpeg } from './jpeg';
import { npy } from './npy';
import { npz } from './npz';
import { png } from './png';
import { refusedFormats } from './refused';
import { safetensors } from './safetensors';
import { csv, plainText, tsv } from './text';

/** Magic bytes first, then names: a picture that is called `.csv` is a picture. */
export const FORMATS: readonly Format[] = [npy, npz, png, jpeg, safetensors, ...refusedFormats, csv, tsv, plainText];

/** Extensions that files with tensors have, for dialogs and menus. */
export const TENSOR_EXTENSIONS: readonly string[] = FORMATS.flatMap((format) => format.extensions);

/** The tensors of a file of any known format. Throws a ProblemError for what is unknown, damaged or too large. */
export function readTensors(bytes: Uint8Array, name: string, options: ReadOptions): readonly TensorEntry[] {
  if (bytes.length === 0) throw damaged('empty-file', 'The file {0} is empty.', name.slice(0, 200));
  const head = bytes.subarray(0, 64);
  const format = FORMATS.find((each) => each.match(head, name));
  if (format === undefined) {
    throw damaged(
      'unknown',
      'The format of {0} is unknown; these can be read: {1}.',
      name.slice(0, 200),
      TENSOR_EXTENSIONS.join(', '),
    );
  }
  return format.read(bytes, options);
}
