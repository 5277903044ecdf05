import { compareWritten } from '../findings/contradiction';
import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import { derived, tensor, type TensorValue } from '../model/tensor';
import type { CallPlace, Value } from '../model/value';
import { divideExactly, floorDivide, product, type Size } from '../sizes/size';

type Group = readonly string[];

function groupsOf(side: string): Group[] {
  return [...side.matchAll(/\(([^)]*)\)|(\S+)/g)].map((match) =>
    match[1] !== undefined ? match[1].split(/\s+/).filter((each) => each !== '') : [match[2]],
  );
}

/** `b ... c` of so many axes: names of its own for those that the dots stand for, one by one or together in `(...)`. */
function spelled(side: string, dots: number): string {
  return side.replace('...', Array.from({ length: dots }, (_, axis) => `·${axis}`).join(' '));
}

/**
 * `rearrange(x, 'b c (h p1) (w p2) -> b (h w) (p1 p2 c)', p1=4, p2=4)`, and `repeat` and `reduce` by the same reading.
 * @param given The sizes that the call names.
 * @param at Where it is told that the pattern has another number of axes: einops raises there.
 */
export function rearrange(
  machine: Machine,
  x: TensorValue | undefined,
  pattern: string | undefined,
  given: Iterable<readonly [name: string, value: Value]>,
  at: CallPlace,
): Value {
  const open = tensor(undefined, 'symbolic', { stem: 't' });
  if (!x || !pattern) return x ? open : unknown();
  const sides = pattern.split('->').map((side) => side.trim());
  const dotted = sides[0].includes('...');
  const rank = x.cell.shape?.length;
  if (sides.length !== 2 || (dotted && rank === undefined)) return open;
  const dots = dotted ? rank! - (groupsOf(sides[0]).length - 1) : 0;
  if (dots < 0) return open;
  const [left, right] = sides.map((side) => groupsOf(spelled(side, dots)));
  const shape = x.cell.shape ?? machine.withRank(x, left.length);
  if (x.cell.shape)
    compareWritten(machine, x, { dims: left.map((group) => group.join('*')), by: 'pattern', place: at });
  if (!shape || shape.length !== left.length) return open;
  const sizes = new Map<string, Size>();
  for (const [name, value] of given) sizes.set(name, machine.sizeOf(value, name));
  left.forEach((group, axis) => {
    const missing = group.filter((name) => !sizes.has(name) && !/^\d+$/.test(name));
    const known = group.flatMap((name) => (/^\d+$/.test(name) ? Number(name) : (sizes.get(name) ?? [])));
    if (missing.length === 1)
      sizes.set(
        missing[0],
        machine.simple(() => divideExactly(shape[axis], product(known)) ?? floorDivide(shape[axis], product(known))),
      );
  });
  const result = right.map((group) => group.map((name) => (/^\d+$/.test(name) ? Number(name) : sizes.get(name))));
  if (!result.every((group) => group.every((size) => size !== undefined))) return open;
  return derived(
    x,
    result.map((group) => machine.simple(() => product(group))),
    [],
  );
}
