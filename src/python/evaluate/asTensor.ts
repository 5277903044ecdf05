import type { Machine } from '../model/machine';
import { type TensorValue, tensor } from '../model/tensor';
import type { Value } from '../model/value';
import type { Layout } from '../sizes/axis';
import { axisNames } from '../sizes/axisNames';
import { type Size, isKnown, named } from '../sizes/size';

/** A value where the program needs a tensor of it; undefined for what can be none. */
export function asTensor(machine: Machine, value: Value): TensorValue | undefined {
  if (value.kind === 'tensor') return value;
  // A number that is no more than a name may as well be a tensor: `0.01 * pool4`, where nothing is known of `pool4`.
  if (value.kind === 'number')
    return tensor(isKnown(value.size) ? [] : undefined, isKnown(value.size) ? machine.evidence : 'symbolic', {
      data: value,
      soft: !isKnown(value.size),
      stem: 't',
    });
  if (value.kind === 'unknown' && !value.failed) {
    value.tensor ??= tensor(undefined, 'symbolic', { stem: value.name ?? 't', soft: true });
    machine.witness?.taken(value, value.tensor);
    return value.tensor;
  }
  return undefined;
}

/**
 * The shape of a tensor that the program needs to have so many axes: of one of which nothing is known each axis gets a
 * name, that of `wishes` where there is one, and the length of its channels where that is given. Undefined for another
 * number of axes.
 */
export function withRank(
  machine: Machine,
  value: TensorValue,
  rank: number,
  layout: Layout = 'first',
  channels?: Size,
  wishes?: readonly (string | undefined)[],
): readonly Size[] | undefined {
  if (value.cell.shape) return value.cell.shape.length === rank ? value.cell.shape : undefined;
  const stems = axisNames(rank, layout);
  const channelAxis = stems.indexOf(rank <= 2 ? 'F' : 'C');
  value.cell.assumed = true;
  value.cell.shape = stems.map((stem, axis) => {
    if (channels !== undefined && axis === channelAxis) return channels;
    const wish = wishes?.[axis] ?? (value.cell.stem ? `${stem}_${value.cell.stem}` : stem);
    const name = machine.names.claimNew(wish);
    // Of what was computed from what is there, a later line decides nothing: it may raise.
    if (value.cell.soft || machine.mode.synthetic) machine.names.markSoft(name);
    machine.witness?.named(name, value);
    return named(name);
  });
  return value.cell.shape;
}
