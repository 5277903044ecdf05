import type { FunctionSpec } from './spec';

export const onnxFunctions: readonly FunctionSpec[] = [];
