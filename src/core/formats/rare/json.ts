import { strFromU8 } from 'fflate';
import type { Tensor } from '../../operation';
import { checkedCount, collect, type Contents, damaged, demandEntries, type ReadOptions } from '../format';
import { loadKept } from '../placed';
import { type ByteSource, wholeOf } from '../source';

type Lists = readonly unknown[];
const DEEPEST = 64;

/** The sizes of lists within lists, by the first of each. */
function shapeOf(value: unknown): readonly number[] {
  const shape: number[] = [];
  for (let each = value; Array.isArray(each) && shape.length <= DEEPEST; each = (each as Lists)[0])
    shape.push(each.length);
  return shape;
}

/** Python writes numbers that JSON has not, NaN and Infinity, all the same. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(text.replace(/\bNaN\b/g, 'null').replace(/\bInfinity\b/g, '1e999'));
    } catch (error) {
      throw damaged('json', 'The JSON cannot be read: {0}', error instanceof Error ? error.message : String(error));
    }
  }
}

/** The numbers of a list, or of lists within it that are all alike. Throws a ProblemError. */
function tensorOf(value: unknown, options: ReadOptions): Tensor {
  const shape = shapeOf(value);
  const data = new Float64Array(checkedCount(shape, 8, options));
  let at = 0;
  const fill = (each: unknown, axis: number): void => {
    if (axis === shape.length) {
      if (typeof each !== 'number' && typeof each !== 'boolean' && each !== null)
        throw damaged('json-values', 'The list holds something that is no number.');
      data[at++] = each === null ? NaN : Number(each);
      return;
    }
    if (!Array.isArray(each) || each.length !== shape[axis])
      throw damaged('json-ragged', 'The lists within the list are not all of one length.');
    for (const item of each as Lists) fill(item, axis + 1);
  };
  fill(value, 0);
  return { dtype: 'float64', shape, data };
}

/** All lists in an object and in those within it, by the way that leads to them. */
function listsIn(value: unknown, name: string, found: [name: string, list: Lists][], depth = 0): typeof found {
  if (Array.isArray(value)) found.push([name, value]);
  else if (typeof value === 'object' && value !== null && depth < DEEPEST)
    for (const [key, each] of Object.entries(value))
      listsIn(each, name === '' ? key : `${name}.${key}`, found, depth + 1);
  return found;
}

/** The lists of numbers of a JSON object, such as weights by their names. Throws a ProblemError. */
export function readJson(source: ByteSource, options: ReadOptions): Contents {
  const root = parsed(strFromU8(wholeOf(source, options.limit)).replace(/^\ufeff/, ''));
  const contents = collect(
    listsIn(root, '', []),
    ([name]) => name,
    ([name, list]) => {
      const tensor = tensorOf(list, options);
      return { name, shape: tensor.shape, source: 'JSON', load: (how) => loadKept(tensor, options, how) };
    },
  );
  return demandEntries(contents, () => damaged('no-tensors', 'The file holds no tensors.'));
}
