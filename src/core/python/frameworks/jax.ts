import type { FunctionSpec } from './spec';

export const jaxFunctions: readonly FunctionSpec[] = [];
