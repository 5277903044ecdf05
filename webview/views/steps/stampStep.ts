import type { Stamp } from '../../../src/core/derive/overlapAdd';
import type { Focus } from '../../film/film';
import type { StampPlaces } from './overlapAddLayout';
import type { At, Told } from './stamping';

/** What is over, or not yet. */
export const LATER = 0.38;

/** What all figures of one step are drawn from. */
export interface Step {
  readonly told: Told;
  readonly at: At;
  readonly places: StampPlaces;
  readonly focus: Focus;
  readonly stamp: Stamp;
  readonly index: number;
  /** Stamps that are added. */
  readonly done: number;
  /** By place on the canvas, as a flat index: the tap that lands there. */
  readonly landed: ReadonlyMap<number, number>;
  /** The place of the output that the words speak of. */
  readonly speaksOf: readonly number[] | undefined;
}
