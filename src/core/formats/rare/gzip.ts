import { type Contents, damaged, type ReadOptions } from '../format';
import { type ByteSource, headOf, memorySource, wholeOf } from '../source';
import { inflated } from './inflate';

/** A file that gzip packed, as the one that it is: MNIST's, or an `.npy.gz`. Throws a ProblemError. */
export function readGzip(source: ByteSource, options: ReadOptions): Contents {
  const { name = '', limit, inner } = options;
  const unpacked = memorySource(inflated(wholeOf(source, limit), limit, 'gzip'));
  const [one, two] = headOf(unpacked, 2);
  // What unpacks to itself would never come to an end.
  if (!inner || (one === 0x1f && two === 0x8b))
    throw damaged('gzip-twice', 'The file is packed by gzip more than once.');
  return inner(unpacked, name.replace(/\.gz$/i, ''));
}
