import { findPreset, PRESETS } from '../../core/presets/presets';
import type { InspectorDocument } from '../../core/state/document';

/** Small enough to be read, and with everything in it: overlap, a crop, and output padding. */
const FIRST = 'examples/output-padding';

/** What a new inspector shows. */
export function startDocument(): InspectorDocument {
  return (findPreset(FIRST) ?? PRESETS[0]).build();
}
