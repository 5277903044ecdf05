import type { FunctionSpec, LayerSpec } from './spec';

export const paddleLayers: readonly LayerSpec[] = [];
export const paddleFunctions: readonly FunctionSpec[] = [];
