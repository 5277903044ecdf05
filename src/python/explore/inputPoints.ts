import type { FoundInput } from '../inputs/declare';
import type { AnalysisRequest, ModuleAnalysis } from '../report';

/** The parameters of a file for which a shape can be set, each once. */
export function inputPoints(
  found: readonly FoundInput[],
  path: string,
  shapes: AnalysisRequest['inputShapes'],
): ModuleAnalysis['inputs'] {
  const byKey = new Map<string, FoundInput>();
  for (const each of found) if (each.chunk.path === path && !byKey.has(each.key)) byKey.set(each.key, each);
  return [...byKey.values()].map(({ key, start, end, chunk }) => {
    const shape = shapes?.[key];
    return {
      key,
      span: { start: chunk.absolute(start), end: chunk.absolute(end) },
      ...(shape ? { shape, source: 'user' as const } : { source: 'symbolic' as const }),
    };
  });
}
