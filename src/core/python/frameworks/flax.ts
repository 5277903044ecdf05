import type { LayerSpec } from './spec';

export const flaxLayers: readonly LayerSpec[] = [];
