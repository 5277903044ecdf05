import { ProblemError } from '../../../problem';
import { COMPLEX_PARTS, numberType } from '../../dtypes';
import {
  type Contents,
  damaged,
  demandEntries,
  type LeftOut,
  type ReadOptions,
  type TensorEntry,
  type WrittenBy,
} from '../../format';
import type { ByteSource } from '../../source';
import { textAttributes } from './attributes';
import { type Container, damagedHdf5, openContainer } from './container';
import { type Dataset, datasetOf } from './dataset';
import { linksOf } from './groups';
import { messagesAt } from './messages';

/** A dataset with the way that leads to it, and the texts that are attached to it and to the groups on the way. */
export interface Found {
  readonly path: string;
  readonly dataset: Dataset;
  readonly attributes: ReadonlyMap<string, string>;
  /** By the path of a group: its attributes. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const MOST_OBJECTS = 1_000_000;
const DEEPEST = 64;

/** 2 before 10: what is numbered comes in the order of its numbers. */
const byName = new Intl.Collator('en', { numeric: true });

/** Every dataset of a file in the order of their names, and what cannot be read. */
export function datasetsIn(
  source: ByteSource,
  options: ReadOptions,
): { readonly found: readonly Found[]; readonly left: readonly LeftOut[] } {
  const file: Container = openContainer(source);
  const found: Found[] = [];
  const left: LeftOut[] = [];
  const groups = new Map<string, ReadonlyMap<string, string>>();
  const seen = new Set<number>();
  const visit = (address: number, path: string, depth: number): void => {
    // A group may be reached by several ways, or be within itself.
    if (seen.has(address) || depth > DEEPEST) return;
    seen.add(address);
    if (seen.size > MOST_OBJECTS) throw damagedHdf5(address);
    try {
      const messages = messagesAt(file, address);
      const links = linksOf(file, messages);
      const attributes = textAttributes(file, messages);
      if (!links) {
        const dataset = datasetOf(file, messages, options);
        if (dataset) found.push({ path, dataset, attributes, groups });
        return;
      }
      groups.set(path, attributes);
      for (const link of links.toSorted((one, other) => byName.compare(one.name, other.name))) {
        const inner = path === '' ? link.name : `${path}/${link.name}`;
        if (link.address !== undefined) visit(link.address, inner, depth + 1);
        else left.push({ name: inner, why: damaged('hdf5-link', 'This is a link to another place.').problems[0] });
      }
    } catch (error) {
      if (!(error instanceof ProblemError) || path === '') throw error;
      left.push({ name: path, why: error.problems[0] });
    }
  };
  visit(file.root, '', 0);
  return { found, left };
}

/** A type of ml_dtypes that is kept as bytes, which an attribute `dtype` names. */
function namedType({ dataset, attributes }: Found): Dataset['type']['numbers'][number] | undefined {
  const stated = attributes.get('dtype');
  const own = dataset.type.numbers[0];
  const named = stated !== undefined && dataset.type.name === 'opaque' ? numberType(stated) : undefined;
  return named?.bits === own.bits ? named : undefined;
}

export function entryOf(each: Found, described: Partial<TensorEntry> = {}): TensorEntry {
  const { path, dataset } = each;
  const type = namedType(each) ?? dataset.type.numbers[0];
  return {
    name: path,
    shape: dataset.shape,
    source: type.name,
    ...(type.complex && { readings: COMPLEX_PARTS }),
    ...described,
    load: (how) => dataset.load(type, how),
  };
}

/** Keras keeps models in these groups. */
const KERAS_GROUPS = /^(layers|model_weights|optimizer_weights|_layer_checkpoint_dependencies|optimizer|vars)(\/|$)/;

/** What a layer of Keras calls its variables, by their number, where its kernel is the first. */
function variableName(each: Found, all: ReadonlyMap<string, Found>): string | undefined {
  const match = /^(.*\/vars)\/(\d+)$/.exec(each.path);
  if (!match) return undefined;
  const first = all.get(`${match[1]}/0`)?.dataset.shape.length ?? 0;
  return first < 2 ? match[2] : ({ 0: 'kernel', 1: 'bias' }[match[2]] ?? match[2]);
}

/** The layer’s own name, which a group on the way has as an attribute where it is another one than the class’s. */
function aliasOf(each: Found, all: ReadonlyMap<string, Found>): string | undefined {
  const variable = variableName(each, all);
  const parts = each.path.split('/');
  for (let length = parts.length - 1; length > 0 && variable !== undefined; length--) {
    const name = each.groups.get(parts.slice(0, length).join('/'))?.get('name');
    if (name !== undefined && name !== '') return `${name}/${variable}`;
  }
  return undefined;
}

/** What an HDF5 file holds that Keras or anyone else wrote. Throws a ProblemError. */
export function readHdf5(source: ByteSource, options: ReadOptions): Contents {
  const { found, left } = datasetsIn(source, options);
  const all = new Map(found.map((each) => [each.path, each]));
  const isKeras = found.some(({ path }) => KERAS_GROUPS.test(path));
  const entries = found.map((each) =>
    entryOf(each, { ...(isKeras && { writtenBy: 'keras' satisfies WrittenBy }), alias: aliasOf(each, all) }),
  );
  return demandEntries({ entries, left }, () => damaged('no-tensors', 'The file holds no tensors.'));
}
