import type { Layout } from './axis';

const SPATIAL_NAMES = ['D', 'H', 'W'];

/** What the axes of a tensor of this many are called, until something says how long they are. */
export function axisNames(rank: number, layout: Layout): readonly string[] {
  if (rank === 1) return ['F'];
  if (rank === 2) return ['N', 'F'];
  if (rank > 5) return Array.from({ length: rank }, (_, axis) => `d${axis}`);
  const spatial = rank === 3 ? ['L'] : SPATIAL_NAMES.slice(5 - rank);
  return layout === 'first' ? ['N', 'C', ...spatial] : ['N', ...spatial, 'C'];
}
