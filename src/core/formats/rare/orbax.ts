import {
  brief,
  collect,
  type Contents,
  damaged,
  demandEntries,
  type LeftOut,
  type ReadOptions,
  type TensorEntry,
} from '../format';
import { type ByteSource } from '../source';
import { eachOf } from '../wanting';
import { openOcdbt } from './ocdbt';
import { type Below, zarrEntry, zarrMeta } from './zarr';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** What describes an array of Zarr, in either version. */
const DESCRIPTIONS = ['.zarray', 'zarr.json'] as const;
const MOST_ARRAYS = 100_000;
const damagedList = (): Error => damaged('orbax', 'The list of the checkpoint’s arrays is damaged.');

/** An array whose description, and whose cells, `below` finds by their keys. */
function arrayIn(name: string, below: Below, options: ReadOptions): TensorEntry {
  for (const each of DESCRIPTIONS) {
    const description = below(each);
    if (description) return zarrEntry({ name, writtenBy: 'jax' }, zarrMeta(description), below, options);
  }
  throw damaged('shard', 'The file "{0}" is not beside this one.', brief(`${name}/${DESCRIPTIONS[0]}`));
}

/** The arrays of a database, whose keys are paths. */
function arraysOfStore(manifest: ByteSource, folder: string, options: ReadOptions): Contents {
  const store = openOcdbt(manifest, folder, options);
  const names = [...store.keys()].flatMap((key) => {
    const description = DESCRIPTIONS.find((each) => key.endsWith(`/${each}`));
    return description === undefined ? [] : [key.slice(0, -description.length - 1)];
  });
  return collect(
    names,
    (name) => name,
    (name) => arrayIn(name, (key) => store.get(`${name}/${key}`)?.(), options),
  );
}

/** The leaves of the tree that Orbax describes: their names, as their folders are called, and what each is. */
function leavesOf(tree: Fields): readonly { readonly name: string; readonly kind: string }[] {
  const leaves = Object.values(tree);
  if (leaves.length > MOST_ARRAYS) throw damagedList();
  return leaves.map((leaf) => {
    const { key_metadata: keys, value_metadata: value } = isFields(leaf) ? leaf : {};
    if (!Array.isArray(keys)) throw damagedList();
    const name = keys.map((each: unknown) => (isFields(each) ? String(each.key) : '')).join('.');
    return { name, kind: isFields(value) ? String(value.value_type) : '' };
  });
}

/** A tree that Orbax saved, by the list in its folder. */
function arraysOfTree(list: unknown, folder: string, options: ReadOptions): Contents {
  if (!isFields(list) || !isFields(list.tree_metadata)) throw damagedList();
  const leaves = leavesOf(list.tree_metadata);
  const others: LeftOut[] = leaves
    .filter(({ kind }) => kind === 'string' || kind === 'None')
    .map(({ name, kind }) => ({ name, why: damaged('no-tensor', 'This is no tensor: {0}.', brief(kind)).problems[0] }));
  const manifest = list.use_ocdbt === false ? undefined : options.beside?.(`${folder}manifest.ocdbt`);
  if (manifest) {
    const { entries, left } = arraysOfStore(manifest, folder, options);
    return { entries, left: [...left, ...others] };
  }
  const known = new Set(others.map(({ name }) => name));
  const { entries, left } = collect(
    leaves.filter(({ name }) => !known.has(name)),
    ({ name }) => name,
    ({ name }) => arrayIn(name, (key) => options.beside?.(`${folder}${name}/${key}`), options),
  );
  return { entries, left: [...left, ...others] };
}

/** The items of a checkpoint, each a tree in a folder of its own; of one item alone the tree is where its list is. */
function arraysOfItems(list: unknown, options: ReadOptions): Contents {
  const items = isFields(list) && isFields(list.item_handlers) ? Object.keys(list.item_handlers) : [''];
  if (items.length > MOST_ARRAYS) throw damagedList();
  const parts = eachOf(items, (item): Contents[] => {
    const folder = item === '' ? '' : `${item}/`;
    const tree = options.beside?.(`${folder}_METADATA`);
    if (!tree) return [];
    const { entries, left } = arraysOfTree(zarrMeta(tree), folder, options);
    if (items.length === 1) return [{ entries, left }];
    return [
      {
        entries: entries.map((entry) => ({ ...entry, name: `${folder}${entry.name}` })),
        left: left.map((each) => ({ ...each, name: `${folder}${each.name}` })),
      },
    ];
  });
  const all = parts.flat();
  return { entries: all.flatMap(({ entries }) => entries), left: all.flatMap(({ left }) => left) };
}

function contentsOf(source: ByteSource, options: ReadOptions): Contents {
  const name = options.name ?? '';
  if (/\.ocdbt$/i.test(name)) return arraysOfStore(source, '', options);
  const list = zarrMeta(source);
  if (name === '_METADATA') return arraysOfTree(list, '', options);
  if (name === '_CHECKPOINT_METADATA') return arraysOfItems(list, options);
  const below: Below = (key) => options.beside?.(key);
  return { entries: [zarrEntry({ name: '' }, list, below, options)], left: [] };
}

/**
 * A checkpoint of Orbax, by its database or by one of its lists; or an array of Zarr by its description. Throws a
 * ProblemError.
 */
export function readOrbax(source: ByteSource, options: ReadOptions): Contents {
  return demandEntries(contentsOf(source, options), () => damaged('no-tensors', 'The file holds no tensors.'));
}
