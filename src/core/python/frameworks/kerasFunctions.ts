import type { FunctionSpec } from './spec';

export const kerasFunctions: readonly FunctionSpec[] = [];
