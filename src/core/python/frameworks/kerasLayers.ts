import type { LayerSpec } from './spec';

export const kerasLayers: readonly LayerSpec[] = [];
