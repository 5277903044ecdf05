import type { LiveLayer } from './reader';

/** What is run in a program to have a layer's own output of a tensor, as one would write it in Python. */
export function ranBy({ stated, type }: Pick<LiveLayer, 'stated' | 'type'>, layer: string, input: string): string {
  if (stated.framework === 'torch') return `type(${layer}).forward(${layer}, ${input})`;
  if (stated.framework === 'keras') return `type(${layer}).call(${layer}, ${input})`;
  // A module of Linen's comes with its parameters.
  return type.endsWith('tuple') ? `(${layer})[0].apply((${layer})[1], ${input})` : `${layer}(${input})`;
}
