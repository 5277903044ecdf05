import { brief, type Contents, damaged, demandEntries, type ReadOptions } from '../format';
import type { ByteSource } from '../source';
import { listZip } from '../zip';
import { readHdf5 } from './hdf5';

/** A model that Keras 3 saved: an archive with its weights as HDF5, in one file or in several shards. */
export function readKeras(source: ByteSource, options: ReadOptions): Contents {
  const weights = listZip(source, options).filter(({ name }) => /\.weights(_\d+)?\.h5$/.test(name));
  if (weights.length === 0) throw damaged('keras', 'The archive holds no weights of Keras.');
  const parts = weights.map((member) => {
    const contents = readHdf5(member.open(), options);
    if (weights.length === 1) return contents;
    const within = (name: string): string => `${brief(member.name)}/${name}`;
    return {
      entries: contents.entries.map((entry) => ({ ...entry, name: within(entry.name) })),
      left: contents.left.map((each) => ({ ...each, name: within(each.name) })),
    };
  });
  return demandEntries(
    { entries: parts.flatMap(({ entries }) => entries), left: parts.flatMap(({ left }) => left) },
    () => damaged('no-tensors', 'The file holds no tensors.'),
  );
}
