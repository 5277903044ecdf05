import { type BlockChange, changedValues } from '../core/tensor/changedValues';
import type { Tensor } from '../core/operation';
import { type Counted, isWhole, look, type Sight, SMALL } from '../core/tensor/look';
import { packed, type PackedBlock } from '../core/tensor/packed';
import type { PlaneBlock, PlaneRequest, TensorName } from '../core/tensor/plane';
import type { SumRows } from '../core/tensor/reduce';
import { type Counter, type Statistics, Tally } from '../core/tensor/statistics';
import { elementCount } from '../core/tensor/tensor';
import type { LookRequest, SharedTensor } from '../protocol/engine';
import type { News } from '../protocol/news';
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

interface KeptBlock {
  /** The tensor as it was, and what was asked of it. */
  readonly name: string;
  readonly asked: string;
  readonly block: PlaneBlock;
}

type Kept = News['kept'][number];

/**
 * Answers what one session's view watches. What was made for the last answer is kept: of a tensor that has not changed
 * nothing is made anew, and where some cells were written only the statistics' blocks and the values that they lie in.
 */
export class Sights {
  private tallies = new Map<TensorName, KeptTally>();
  private blocks = new Map<string, KeptBlock>();
  /** Tensors that were sent as a whole, by the names that they had. */
  private wholes = new Map<TensorName, string>();
  private serial = 0;

  constructor(
    private readonly counter?: Counter,
    private readonly sumRows?: SumRows,
  ) {}

  look({ rank, tensors, watch, known }: Omit<LookRequest, 'session'>): News {
    const present = (Object.entries(tensors) as [TensorName, SharedTensor | undefined][]).filter(
      (entry): entry is [TensorName, SharedTensor] => entry[1] !== undefined,
    );
    const shared = new Map(present);
    const values = new Map(present.map(([name, each]) => [name, view(each)]));
    const kept: Kept[] = [];
    const since = known !== undefined && known === this.serial ? known : undefined;
    const blocks = new Map<string, KeptBlock>();
    const fresh: PlaneRequest[] = [];
    for (const request of watch.planes) {
      const tensor = shared.get(request.tensor);
      const data = values.get(request.tensor);
      const spatialRank = request.tensor === 'bias' ? 1 : rank;
      const found = tensor && data && this.keep(request, tensor, data, spatialRank);
      if (!found) {
        fresh.push(request);
        continue;
      }
      blocks.set(request.key, found.kept);
      kept.push({ key: request.key, change: found.change });
    }
    const keptWhole = since === undefined ? [] : watch.whole.flatMap((name) => this.keepWhole(name, shared, values));
    this.wholes = new Map(
      present.filter(([name]) => watch.whole.includes(name)).map(([name, each]) => [name, nameOf(each)]),
    );
    const whole = watch.whole.filter((name) => !keptWhole.some(({ tensor }) => tensor === name));
    const count = (counted: Counted): Statistics => this.count(counted, shared.get(counted.tensor));
    const sight = look(values, rank, { ...watch, whole }, count, fresh, this.sumRows);
    for (const block of sight.blocks) {
      const tensor = shared.get(block.tensor);
      const request = fresh.find(({ key }) => key === block.key);
      if (!tensor || !request) continue;
      // The values are handed over with the answer: what is kept is a copy.
      const copy = { ...block, values: block.values.slice() };
      blocks.set(block.key, { name: nameOf(tensor), asked: askedOf(request, tensor, rank), block: copy });
    }
    this.blocks = blocks;
    this.serial++;
    const painted = new Set(watch.planes.filter((plane) => plane.painted).map(({ key }) => key));
    return asPainted(this.news(sight, kept, keptWhole, since), painted);
  }

  /** Against the last sight, or whole, where the page has not got that one. */
  private news(
    sight: Sight,
    kept: readonly Kept[],
    keptWhole: News['keptWhole'],
    since: number | undefined,
  ): Omit<News, 'packed'> {
    const { serial } = this;
    if (since !== undefined) return { ...sight, serial, since, kept, keptWhole };
    const copies = kept.flatMap(({ key }) => {
      const block = this.blocks.get(key)?.block;
      return block ? [{ ...block, values: block.values.slice() }] : [];
    });
    return { ...sight, blocks: [...sight.blocks, ...copies], serial, kept: [], keptWhole: [] };
  }

  /** The block of the last answer, brought up to date; undefined where it has to be made anew. */
  private keep(
    request: PlaneRequest,
    shared: SharedTensor,
    tensor: Tensor,
    rank: number,
  ): { readonly kept: KeptBlock; readonly change?: BlockChange } | undefined {
    const known = this.blocks.get(request.key);
    if (known?.asked !== askedOf(request, shared, rank)) return undefined;
    const cells = cellsSince(shared, known.name);
    if (!cells) return undefined;
    const name = nameOf(shared);
    if (cells.length === 0) return { kept: { ...known, name } };
    const change = changedValues(tensor, rank, known.block, cells, request.sampled === true);
    change.at.forEach((place, each) => (known.block.values[place] = change.values[each]));
    return { kept: { ...known, name }, change: change.at.length > 0 ? change : undefined };
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
    const tally = new Tally(data, this.counter);
    this.tallies.set(role, { name, scope, begin, tally });
    return tally.statistics;
  }
}

/** Blocks that are only painted in half the bytes; what is kept here of them, and what changes of them, is exact. */
function asPainted(news: Omit<News, 'packed'>, painted: ReadonlySet<string>): News {
  const blocks: PlaneBlock[] = [];
  const small: PackedBlock[] = [];
  for (const block of news.blocks) {
    const found = painted.has(block.key) ? packed(block) : undefined;
    if (found) small.push(found);
    else blocks.push(block);
  }
  return { ...news, blocks, packed: small };
}

/** Everything of a question but the values, so that equal questions have equal answers. */
const askedOf = (request: PlaneRequest, { dtype, shape }: SharedTensor, rank: number): string =>
  JSON.stringify([request, dtype, shape, rank]);

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
