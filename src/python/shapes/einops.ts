import type { Applied } from '../model/library';
import { unknown } from '../model/make';
import { derived, tensor } from '../model/tensor';
import type { Value } from '../model/value';
import { divideExactly, floorDivide, product, type Size } from '../sizes/size';

type Group = readonly string[];

function groupsOf(side: string): Group[] {
  return [...side.matchAll(/\(([^)]*)\)|(\S+)/g)].map((match) =>
    match[1] !== undefined ? match[1].split(/\s+/).filter((each) => each !== '') : [match[2]],
  );
}

/**
 * `einops.rearrange(x, 'b c (h p1) (w p2) -> b (h w) (p1 p2 c)', p1=4, p2=4)`, and `repeat` and `reduce` by the same
 * reading.
 */
export function rearrange({ machine, bound }: Applied): Value {
  const x = bound.tensor('tensor');
  const pattern = bound.text('pattern');
  const open = tensor(undefined, 'symbolic', { stem: 't', soft: true });
  if (!x || !pattern || pattern.includes('...')) return x ? open : unknown();
  const [left, right] = pattern.split('->').map((side) => groupsOf(side.trim()));
  const shape = x.cell.shape ?? machine.withRank(x, left.length);
  if (!right || !shape || shape.length !== left.length) return open;
  const sizes = new Map<string, Size>();
  for (const [name, value] of bound.values)
    if (name !== 'tensor' && name !== 'pattern' && name !== 'reduction') sizes.set(name, machine.sizeOf(value, name));
  left.forEach((group, axis) => {
    const missing = group.filter((name) => !sizes.has(name) && !/^\d+$/.test(name));
    const known = group.filter((name) => sizes.has(name)).map((name) => sizes.get(name)!);
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
