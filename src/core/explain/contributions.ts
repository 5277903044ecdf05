import { firstInputOf } from '../kernels/channels';
import { inputUnder, meetingsOfInput, meetingsOfOutput } from '../kernels/meetings';
import type { Plan } from '../plan';

/** A cell of one of the three tensors, by its full index in that tensor's shape. */
export interface Cell {
  readonly tensor: 'input' | 'weight' | 'output';
  readonly index: readonly number[];
}

/** One product of the sum: `output[…] += input[…] · weight[…]`, each by its full index. */
export interface Contribution {
  readonly input: readonly number[];
  readonly weight: readonly number[];
  readonly output: readonly number[];
}

export interface Contributions {
  /** How many there are, also when fewer are listed. */
  readonly total: number;
  readonly list: readonly Contribution[];
}

/** One axis's share of a contribution. */
interface Triple {
  readonly input: number;
  readonly tap: number;
  readonly output: number;
}

/** Channels and batch item of a contribution; the spatial part is the same for all of them. */
interface Channels {
  readonly batch: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Every product that a cell takes part in: of an output, what makes it; of an input, what it makes; of a kernel
 * element, both. At most `limit` of them are listed. Costs the length of the answer and of one axis, never the size of
 * a tensor. Throws a RangeError if the index is not of that tensor.
 */
export function contributionsOf(plan: Plan, cell: Cell, limit: number): Contributions {
  checkIndex(plan, cell);
  const spatial = cell.index.slice(-plan.rank);
  const along = plan.axes.map((_, axis) => triplesAlong(plan, axis, cell.tensor, spatial[axis]));
  const channels = channelsOf(plan, cell);
  const total = along.reduce((all, triples) => all * triples.length, channels.length);
  const list: Contribution[] = [];
  for (const each of channels) {
    for (const triples of cross(along)) {
      if (list.length >= limit) return { total, list };
      list.push(contribution(plan, each, triples));
    }
  }
  return { total, list };
}

/** The elements of one tensor that take part in a cell's products: some channels, and in each the same positions. */
export interface Partners {
  /** The channels, by the index before the spatial axes: `[n, c]`, or a kernel's `[a, b]`. */
  readonly leading: readonly (readonly number[])[];
  /** Positions along each spatial axis, ascending. The elements are all of their combinations. */
  readonly along: readonly (readonly number[])[];
}

/**
 * What takes part in the products of a cell, in one tensor, however many products there are: those of a kernel element
 * of a large image are millions, and yet a few lists. Throws a RangeError if the index is not of the cell's tensor.
 */
export function partnersOf(plan: Plan, cell: Cell, tensor: Cell['tensor']): Partners {
  checkIndex(plan, cell);
  const channels = channelsOf(plan, cell);
  const field = { input: 'input', weight: 'tap', output: 'output' } as const;
  return {
    leading: channels.map((each) => leadingOf(plan, each, tensor)),
    along: plan.axes.map((_, axis) => {
      const triples = triplesAlong(plan, axis, cell.tensor, cell.index[cell.index.length - plan.rank + axis]);
      return [...new Set(triples.map((triple) => triple[field[tensor]]))].sort((one, other) => one - other);
    }),
  };
}

function leadingOf(plan: Plan, { batch, from, to }: Channels, tensor: Cell['tensor']): readonly number[] {
  if (tensor === 'weight')
    return plan.kind === 'conv' ? [to, from % plan.inputPerGroup] : [from, to % plan.outputPerGroup];
  return [...(plan.batched ? [batch] : []), tensor === 'input' ? from : to];
}

function checkIndex(plan: Plan, { tensor, index }: Cell): void {
  const shape = { input: plan.inputShape, weight: plan.weightShape, output: plan.outputShape }[tensor];
  const inside =
    index.length === shape.length && index.every((at, axis) => Number.isInteger(at) && at >= 0 && at < shape[axis]);
  if (!inside)
    throw new RangeError(`The ${tensor} of shape [${shape.join(', ')}] has no element [${index.join(', ')}].`);
}

function triplesAlong(plan: Plan, axis: number, tensor: Cell['tensor'], index: number): readonly Triple[] {
  const along = plan.axes[axis];
  switch (tensor) {
    case 'output':
      return meetingsOfOutput(plan, along, index).map(({ tap, partner }) => ({ input: partner, tap, output: index }));
    case 'input':
      return meetingsOfInput(plan, along, index).map(({ tap, partner }) => ({ input: index, tap, output: partner }));
    case 'weight': {
      const outputs = Array.from({ length: along.output }, (_, output) => output);
      return outputs
        .map((output) => ({ input: inputUnder(plan, along, output, index), tap: index, output }))
        .filter(({ input }) => input >= 0);
    }
    default: {
      const never: never = tensor;
      return never;
    }
  }
}

function channelsOf(plan: Plan, { tensor, index }: Cell): readonly Channels[] {
  const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at);
  if (tensor === 'weight') {
    const [siteChannel, within] = index;
    const perGroup = plan.kind === 'conv' ? plan.outputPerGroup : plan.inputPerGroup;
    const otherPerGroup = plan.kind === 'conv' ? plan.inputPerGroup : plan.outputPerGroup;
    const placeChannel = Math.floor(siteChannel / perGroup) * otherPerGroup + within;
    const [from, to] = plan.kind === 'conv' ? [placeChannel, siteChannel] : [siteChannel, placeChannel];
    return range(0, plan.batch).map((batch) => ({ batch, from, to }));
  }
  const batch = plan.batched ? index[0] : 0;
  const channel = index[plan.batched ? 1 : 0];
  if (tensor === 'output')
    return range(firstInputOf(plan, channel), plan.inputPerGroup).map((from) => ({ batch, from, to: channel }));
  const group = Math.floor(channel / plan.inputPerGroup);
  return range(group * plan.outputPerGroup, plan.outputPerGroup).map((to) => ({ batch, from: channel, to }));
}

/** The product of what there is along each axis, last axis fastest, one at a time. */
function* cross(along: readonly (readonly Triple[])[], axis = 0): Generator<readonly Triple[]> {
  if (axis === along.length) {
    yield [];
    return;
  }
  for (const triple of along[axis]) for (const rest of cross(along, axis + 1)) yield [triple, ...rest];
}

function contribution(plan: Plan, channels: Channels, triples: readonly Triple[]): Contribution {
  return {
    input: [...leadingOf(plan, channels, 'input'), ...triples.map(({ input }) => input)],
    weight: [...leadingOf(plan, channels, 'weight'), ...triples.map(({ tap }) => tap)],
    output: [...leadingOf(plan, channels, 'output'), ...triples.map(({ output }) => output)],
  };
}
