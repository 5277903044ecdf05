import { convOutput } from '../../core/formulas';
import { SIZES } from '../sizes/axis';
import { type Size, floorDivide, multiply, subtract } from '../sizes/size';
import type { Machine } from './machine';

export const times = (machine: Machine, a: Size, b: Size): Size => machine.simple(() => multiply(a, b));

export const less = (machine: Machine, a: Size, b: Size): Size => machine.simple(() => subtract(a, b));

export const halved = (machine: Machine, size: Size): Size => machine.simple(() => floorDivide(size, 2));

/** How many windows of a size fit at a step. */
export const floorSteps = (machine: Machine, total: Size, size: number, step: number): Size =>
  machine.simple(() => convOutput(SIZES, { input: total, extent: size, stride: step, padBegin: 0, padEnd: 0 }));
