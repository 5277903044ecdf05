import { ARITHMETIC } from './arithmetic';
import { COLOUR } from './colour';
import { EXAMPLES } from './examples';
import { LAYERS } from './layers';
import type { Preset } from './preset';
import { RANKS } from './ranks';

/** Everything to start from, in the order in which it is shown. */
export const PRESETS: readonly Preset[] = [...EXAMPLES, ...ARITHMETIC, ...COLOUR, ...LAYERS, ...RANKS];

export function findPreset(id: string): Preset | undefined {
  return PRESETS.find((preset) => preset.id === id);
}
