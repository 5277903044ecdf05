import { WantingError } from '../core/formats/wanting';
import type { Want } from '../protocol/engine';

/** What ends a reading until its asker has given something. */
export const wanting = (want: Want): WantingError => new WantingError([want]);

/** What an error says that is lacking; undefined for any other error. All that wants anything is made by `wanting`. */
export const wantsOf = (error: unknown): readonly Want[] | undefined =>
  error instanceof WantingError ? (error.wants as readonly Want[]) : undefined;
