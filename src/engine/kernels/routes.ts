import type { Dtype } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { denseShape } from './dense';
import { denseRoute } from './denseRoute';
import { PLANAR_TABLE_BYTES, planarOf, planarRoute } from './planarRoute';
import type { Floats, Route } from './route';
import { isVector, VECTOR_TABLE_BYTES, vectorRoute } from './vectorRoute';

/** A route before memory is taken for it. */
export interface PlannedRoute {
  readonly tableBytes: number;
  /** Bytes of a call besides its operands: packed weights, fields, scratch. */
  readonly callBytes: number;
  build(buffer: SharedArrayBuffer, at: number, floats: (at: number, count: number) => Floats): Route;
}

/** The fastest way known for this shape: a kernel of its own where one was worth writing, else the dense product. */
export function planRoute(plan: Plan, dtype: Dtype, withSixes: boolean): PlannedRoute {
  const planned = (tableBytes: number, build: PlannedRoute['build'], preview: Pick<Route, 'packedBytes' | 'workBytes' | 'scratchBytes'>): PlannedRoute => ({
    tableBytes,
    callBytes: preview.packedBytes + preview.workBytes + preview.scratchBytes,
    build,
  });
  if (isVector(plan)) return planned(VECTOR_TABLE_BYTES, (_buffer, at) => vectorRoute(plan, dtype, at), vectorRoute(plan, dtype, 0));
  const planar = planarOf(plan, dtype);
  if (planar) {
    const build: PlannedRoute['build'] = (_buffer, at, floats) => planarRoute(plan, dtype, planar, at, floats);
    return planned(PLANAR_TABLE_BYTES, build, planarRoute(plan, dtype, planar, 0, () => new Float64Array()));
  }
  const shape = denseShape(plan, dtype, withSixes);
  return {
    tableBytes: shape.tableBytes,
    callBytes: shape.packedGroup * plan.groups + shape.fieldBytes + shape.scratchBytes,
    build: (buffer, at) => denseRoute(plan, shape, buffer, at),
  };
}
