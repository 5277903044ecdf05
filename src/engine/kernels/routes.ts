import type { Dtype } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { denseShape } from './dense';
import { denseRoute } from './denseRoute';
import { flattened } from './flat';
import { PLANAR_TABLE_BYTES, planarOf, planarRoute } from './planarRoute';
import type { Floats, Route } from './route';
import { winogradShape } from './winograd';
import { winogradBytes, winogradRoute } from './winogradRoute';
import { isVector, VECTOR_TABLE_BYTES, vectorRoute } from './vectorRoute';

/** A route before memory is taken for it. */
export interface PlannedRoute {
  readonly tableBytes: number;
  /** Bytes of a call besides its operands: packed weights, fields, scratch. */
  readonly callBytes: number;
  build(buffer: SharedArrayBuffer, at: number, floats: (at: number, count: number) => Floats): Route;
}

/** How a route is looked for: `direct` leaves out those that may answer that they cannot. */
export interface Choice {
  readonly withSixes: boolean;
  readonly direct: boolean;
}

/** The fastest way known for this shape: a kernel of its own where one was worth writing, else the dense product. */
export function planRoute(plan: Plan, dtype: Dtype, { withSixes, direct }: Choice): PlannedRoute {
  const planned = (
    tableBytes: number,
    build: PlannedRoute['build'],
    preview: Pick<Route, 'packedBytes' | 'workBytes' | 'scratchBytes'>,
  ): PlannedRoute => ({
    tableBytes,
    callBytes: preview.packedBytes + preview.workBytes + preview.scratchBytes,
    build,
  });
  if (isVector(plan))
    return planned(VECTOR_TABLE_BYTES, (_buffer, at) => vectorRoute(plan, dtype, at), vectorRoute(plan, dtype, 0));
  const planar = planarOf(plan, dtype);
  if (planar) {
    const build: PlannedRoute['build'] = (_buffer, at, floats) => planarRoute(plan, dtype, planar, at, floats);
    return planned(
      PLANAR_TABLE_BYTES,
      build,
      planarRoute(plan, dtype, planar, 0, () => new Float64Array()),
    );
  }
  const flat = flattened(plan);
  const shape = denseShape(flat, dtype, withSixes);
  const dense = planned(shape.tableBytes, (buffer, at) => denseRoute(flat, shape, buffer, at), {
    packedBytes: shape.packedGroup * plan.groups,
    workBytes: shape.fieldBytes,
    scratchBytes: shape.scratchBytes,
  });
  const fewer = direct ? undefined : winogradShape(plan, dtype, withSixes, shape);
  if (!fewer) return dense;
  const build: PlannedRoute['build'] = (buffer, at) => winogradRoute(plan, fewer, buffer, at);
  const made = planned(fewer.tableBytes, build, winogradBytes(plan, fewer));
  // If the route cannot compute these values, the dense product is done after all: both must have room.
  return { ...made, callBytes: made.callBytes + dense.tableBytes + dense.callBytes };
}
