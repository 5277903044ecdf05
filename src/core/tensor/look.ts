import type { Tensor } from '../operation';
import { extractPlane, type PlaneBlock, planeLayout, planeOffset, type PlaneRequest, type TensorName } from './plane';
import type { SumRows } from './reduce';
import type { Statistics } from './statistics';
import { elementCount } from './tensor';

/** What a view shows of the document, and so what an evaluation must bring along. */
export interface Watch {
  readonly planes: readonly PlaneRequest[];
  /** Tensors wanted whole; but see `isWhole`. */
  readonly whole: readonly TensorName[];
  /** Whether statistics are of whole tensors or of the planes watched. */
  readonly statistics: 'tensor' | 'plane';
}

/**
 * Elements of a tensor of the document that a page has as a whole: with these it works out what an edit makes of them
 * before it is answered. 512 × 512 are among them.
 */
export const WHOLE_LIMIT = 2 ** 18;
/** Elements of an output that a page has as a whole, and so of what is sent again whenever it changes. */
export const SMALL = 16_384;

/** Whether a watch that wants a tensor whole gets it. */
export const isWhole = (name: TensorName, count: number): boolean => count <= (name === 'output' ? SMALL : WHOLE_LIMIT);

/** What of the tensors is shown, answered together so that input, kernel and output are always of one revision. */
export interface Sight {
  readonly blocks: readonly PlaneBlock[];
  readonly whole: readonly { readonly tensor: TensorName; readonly values: Float32Array | Float64Array }[];
  readonly statistics: readonly { readonly tensor: TensorName; readonly statistics: Statistics }[];
}

/** The plane of a tensor that a watch shows first, as a range of its data. */
function planeData(
  tensor: Tensor,
  rank: number,
  leading: readonly number[],
): { readonly begin: number; readonly data: Float32Array | Float64Array } {
  const layout = planeLayout(tensor.shape, rank);
  const area = layout.rows * layout.columns;
  const begin = planeOffset(layout.leading, leading, area);
  return { begin, data: tensor.data.subarray(begin, begin + area) };
}

/** What statistics are made of: all of a tensor, or the plane of it that is watched. `scope` tells them apart. */
export interface Counted {
  readonly tensor: TensorName;
  readonly scope: string;
  /** Where these values begin in the tensor's. */
  readonly begin: number;
  readonly data: Float32Array | Float64Array;
}

/**
 * What a watch sees of these tensors; everything in it is a copy. `rank` is the number of spatial axes. `count` makes
 * the statistics, or finds those of before where the data have not changed; `planes` are those of the watch whose
 * blocks are wanted, `sumRows` who may help with their means.
 */
export function look(
  tensors: ReadonlyMap<TensorName, Tensor>,
  rank: number,
  watch: Watch,
  count: (counted: Counted) => Statistics,
  planes = watch.planes,
  sumRows?: SumRows,
): Sight {
  const counted = (name: TensorName, tensor: Tensor): Counted => {
    if (watch.statistics === 'tensor') return { tensor: name, scope: 'tensor', begin: 0, data: tensor.data };
    const leading = watch.planes.find((plane) => plane.tensor === name)?.leading ?? [];
    return { tensor: name, scope: `plane ${leading.join()}`, ...planeData(tensor, rank, leading) };
  };
  return {
    blocks: planes.flatMap((plane) => {
      const tensor = tensors.get(plane.tensor);
      return tensor ? [extractPlane(tensor, plane.tensor === 'bias' ? 1 : rank, plane, sumRows)] : [];
    }),
    whole: watch.whole.flatMap((name) => {
      const tensor = tensors.get(name);
      return tensor && isWhole(name, elementCount(tensor.shape)) ? [{ tensor: name, values: tensor.data.slice() }] : [];
    }),
    statistics: [...tensors].map(([name, tensor]) => ({ tensor: name, statistics: count(counted(name, tensor)) })),
  };
}
