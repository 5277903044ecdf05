import type { Tensor } from '../core/operation';
import { type Counted, isWhole, look, SMALL } from '../core/tensor/look';
import { packed, type PackedBlock, serves, stepsFor } from '../core/tensor/packed';
import type { PlaneBlock, PlaneRequest, TensorName } from '../core/tensor/plane';
import { type Statistics, Tally } from '../core/tensor/statistics';
import { elementCount } from '../core/tensor/tensor';
import type { LookRequest, SharedTensor } from '../protocol/engine';
import type { News } from '../protocol/news';
import type { Kernels } from './kernels';
import { askedOf, type Found, type KeptBlock, KeptBlocks } from './keptBlocks';
import { cellsSince, nameOf } from './lately';

/** A tensor that both sides have, as values; nothing is copied. */
export function view(shared: SharedTensor): Tensor {
  const count = elementCount(shared.shape);
  const { buffer, byteOffset = 0 } = shared;
  const data =
    shared.dtype === 'float32'
      ? new Float32Array(buffer, byteOffset, count)
      : new Float64Array(buffer, byteOffset, count);
  return { dtype: shared.dtype, shape: shared.shape, data };
}

interface KeptTally {
  readonly name: string;
  readonly scope: string;
  /** Where the counted values begin in the tensor. */
  readonly begin: number;
  readonly tally: Tally;
}

/**
 * Answers what one session's view watches. What was made for the last answer is kept: of a tensor that has not changed
 * nothing is made anew, and where some cells were written only the statistics' blocks and the values that they lie in.
 */
export class Sights {
  private tallies = new Map<TensorName, KeptTally>();
  private readonly blocks = new KeptBlocks();
  /** Tensors that were sent as a whole, by the names that they had. */
  private wholes = new Map<TensorName, string>();
  private serial = 0;

  constructor(private readonly kernels?: Pick<Kernels, 'counter' | 'sumRows' | 'near'>) {}

  look({ rank, tensors, watch, known }: Omit<LookRequest, 'session'>): News {
    const present = (Object.entries(tensors) as [TensorName, SharedTensor | undefined][]).filter(
      (entry): entry is [TensorName, SharedTensor] => entry[1] !== undefined,
    );
    const shared = new Map(present);
    const values = new Map(present.map(([name, each]) => [name, this.nearest(each)]));
    const since = known !== undefined && known === this.serial ? known : undefined;
    if (since === undefined) this.blocks.forget();
    const found = new Map<string, Found>();
    const fresh: PlaneRequest[] = [];
    for (const request of watch.planes) {
      const [tensor, data] = [shared.get(request.tensor), values.get(request.tensor)];
      const spatialRank = request.tensor === 'bias' ? 1 : rank;
      const each = tensor && data && this.blocks.find(request, tensor, data, spatialRank);
      if (each) found.set(request.key, each);
      else fresh.push(request);
    }
    const keptWhole = since === undefined ? [] : watch.whole.flatMap((name) => this.keepWhole(name, shared, values));
    this.wholes = new Map(
      present.filter(([name]) => watch.whole.includes(name)).map(([name, each]) => [name, nameOf(each)]),
    );
    const whole = watch.whole.filter((name) => !keptWhole.some(({ tensor }) => tensor === name));
    const count = (counted: Counted): Statistics => this.count(counted, shared.get(counted.tensor));
    const sight = look(values, rank, { ...watch, whole }, count, fresh, this.kernels?.sumRows);
    const serial = ++this.serial;
    const told: { blocks: PlaneBlock[]; packed: PackedBlock[]; kept: News['kept'][number][] } = {
      blocks: [],
      packed: [],
      kept: [],
    };
    const made = new Map(sight.blocks.map((block) => [block.key, block]));
    const ranges = new Map(sight.statistics.map(({ tensor, statistics }) => [tensor, statistics]));
    const seen = watch.planes.flatMap((request): readonly KeptBlock[] => {
      const tensor = shared.get(request.tensor);
      const { kept, change } = found.get(request.key) ?? {};
      const block = kept?.block ?? made.get(request.key);
      if (!tensor || !block) return [];
      const steps = stepsFor(request, block, ranges.get(request.tensor));
      if (kept && serves(kept.steps, steps)) {
        told.kept.push({ key: request.key, from: kept.from, ...(change ? { change } : {}) });
        return [kept];
      }
      const small = steps && packed(block, steps);
      if (small) told.packed.push(small);
      // The values are handed over with the answer: what is kept is a copy.
      else told.blocks.push({ ...block, values: block.values.slice() });
      const spatialRank = request.tensor === 'bias' ? 1 : rank;
      const asked = askedOf(request, tensor, spatialRank);
      return [{ name: nameOf(tensor), asked, block, from: serial, steps: small && steps }];
    });
    const besides = this.blocks.see(seen, shared).map(({ block: { key }, from }) => ({ key, from }));
    return { ...sight, ...told, keptWhole, serial, besides, ...(since === undefined ? {} : { since }) };
  }

  /** A copy that the kernels keep is read instead of the tensor, which would be copied there for each count. */
  private nearest(shared: SharedTensor): Tensor {
    const tensor = view(shared);
    return this.kernels ? { ...tensor, data: this.kernels.near(tensor.data, shared) } : tensor;
  }

  /** What became of a tensor that the page has as a whole; nothing where it has to be sent. Small ones always are. */
  private keepWhole(
    role: TensorName,
    shared: ReadonlyMap<TensorName, SharedTensor>,
    values: ReadonlyMap<TensorName, Tensor>,
  ): News['keptWhole'] {
    const [tensor, known] = [shared.get(role), this.wholes.get(role)];
    const data = values.get(role)?.data;
    if (!tensor || !data || known === undefined || data.length <= SMALL || !isWhole(role, data.length)) return [];
    const cells = cellsSince(tensor, known);
    if (!cells) return [];
    if (cells.length === 0) return [{ tensor: role }];
    const at = Uint32Array.from(new Set(cells));
    const changed = tensor.dtype === 'float32' ? new Float32Array(at.length) : new Float64Array(at.length);
    at.forEach((cell, each) => (changed[each] = data[cell]));
    return [{ tensor: role, change: { at, values: changed } }];
  }

  private count({ tensor: role, scope, begin, data }: Counted, shared: SharedTensor | undefined): Statistics {
    const name = shared ? nameOf(shared) : '';
    const known = this.tallies.get(role);
    const isSame = known?.scope === scope && known.begin === begin && known.tally.count === data.length;
    const cells = isSame && shared ? cellsSince(shared, known.name) : undefined;
    if (known && cells) {
      known.tally.update(
        data,
        cells.map((cell) => cell - begin),
      );
      this.tallies.set(role, { ...known, name });
      return known.tally.statistics;
    }
    const tally = new Tally(data, this.kernels?.counter);
    this.tallies.set(role, { name, scope, begin, tally });
    return tally.statistics;
  }
}

/** The buffers of a sight that can be handed over instead of copied. */
export function sightBuffers({ blocks, packed: small, whole, kept, keptWhole }: News): ArrayBuffer[] {
  const changes = [...kept, ...keptWhole].flatMap(({ change }) => (change ? [change.at, change.values] : []));
  const arrays = [
    ...blocks.map((block) => block.values),
    ...small.map(({ steps }) => steps),
    ...whole.map((each) => each.values),
    ...changes,
  ];
  const buffers = arrays
    .map((array) => array.buffer)
    .filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer);
  return [...new Set(buffers)];
}
