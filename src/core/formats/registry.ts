import { strFromU8 } from 'fflate';
import {
  type Contents,
  damaged,
  type Format,
  type Kind,
  type ReadFormat,
  type ReadOptions,
  hasExtension,
} from './format';
import { jpeg } from './jpeg';
import { npy } from './npy';
import { npz } from './npz';
import { png } from './png';
import { RARE_KINDS, type RareId } from './rareKinds';
import { safetensors, shardIndex } from './safetensors';
import { type ByteSource, headOf } from './source';
import { csv, plainText, tsv } from './text';
import { knownUnread } from './unread';

/** The readers of `RARE_KINDS`. */
export type RareReaders = Readonly<Record<RareId, ReadFormat>>;

/** Magic bytes first, then names: a picture that is called `.csv` is a picture. */
const COMMON: readonly Format[] = [npy, png, jpeg, shardIndex, safetensors, npz, csv, tsv, plainText];
/** An archive may be several kinds, and is told by its name; one that has none of those names is NumPy’s. */
const KINDS: readonly Kind[] = [npy, png, jpeg, shardIndex, safetensors, ...RARE_KINDS, npz, csv, tsv, plainText];

/** Extensions that files with tensors have, for dialogs and menus. */
export const TENSOR_EXTENSIONS: readonly string[] = KINDS.flatMap(({ extensions }) => extensions);

/** So much of a file tells what it is. */
export const HEAD_BYTES = 512;

/** What stands in place of a file that was not fetched, whatever it is called. Throws a ProblemError that says so. */
function refuseStandIn(head: Uint8Array, name: string, size: number): void {
  const text = strFromU8(head, true).replace(/^ï»¿/, '').trimStart().toLowerCase();
  if (text.startsWith('version https://git-lfs.github.com/'))
    throw damaged(
      'lfs',
      'This is not {0} but the {1} bytes that Git LFS keeps in its place. Fetch it with "git lfs pull".',
      name,
      size,
    );
  if (
    /^(<!doctype html|<html|<head|<\?xml[^>]*>\s*<(!doctype html|html|error))/.test(text) &&
    !hasExtension(name, ['html', 'xml'])
  )
    throw damaged(
      'web-page',
      'This is not {0} but a web page: what was saved is an answer of the server, such as a request to sign in.',
      name,
    );
}

/** The id of the readers that a file needs and that are loaded only then; undefined where it needs none. */
export function rareKindOf(head: Uint8Array, name: string): RareId | undefined {
  const kind = KINDS.find((each) => each.match(head, name));
  return RARE_KINDS.find(({ id }) => id === kind?.id)?.id;
}

/**
 * What a file of any known format holds. `rare` loads the readers of rare kinds when one is needed. Throws a
 * ProblemError for what is unknown or damaged.
 */
export function readContents(
  source: ByteSource,
  options: ReadOptions & { readonly name: string },
  rare: () => RareReaders,
): Contents {
  const name = options.name.slice(0, 200);
  if (source.size === 0) throw damaged('empty-file', 'The file {0} is empty.', name);
  const head = headOf(source, HEAD_BYTES);
  refuseStandIn(head, name, source.size);
  const rareId = rareKindOf(head, name);
  const inner = (unpacked: ByteSource, named: string): Contents =>
    readContents(unpacked, { ...options, name: named }, rare);
  if (rareId) return rare()[rareId](source, { ...options, inner });
  const format = COMMON.find((each) => each.match(head, name));
  if (format === undefined) {
    throw (
      knownUnread(head, name) ??
      damaged('unknown', 'The format of {0} is unknown; these can be read: {1}.', name, TENSOR_EXTENSIONS.join(', '))
    );
  }
  return format.read(source, options);
}
