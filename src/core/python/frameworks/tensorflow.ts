import type { FunctionSpec } from './spec';

export const tensorflowFunctions: readonly FunctionSpec[] = [];
