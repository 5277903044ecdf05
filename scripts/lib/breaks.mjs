// Rules of the reading of Python, each broken in one place: what looks for faults must find every one of them.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** @type {Readonly<Record<string, { file: string, from: string, to: string }>>} */
export const BREAKS = {
  'ceil-mode': {
    file: 'src/python/libraries/torch/pooling.ts',
    from: "convOutput(SIZES, axis, 'up');",
    to: 'convOutput(SIZES, axis);',
  },
  'same-padding': {
    file: 'src/python/libraries/axes/torch.ts',
    from: 'subtract(extentOf(window), 1)',
    to: 'subtract(extentOf(window), 2)',
  },
  'transposed-axes': {
    file: 'src/python/shapes/tensorOps.ts',
    from: '(axis === a ? shape[b] : axis === b ? shape[a] : size)',
    to: '(axis === a ? shape[b] : size)',
  },
  'kept-axes': {
    file: 'src/python/shapes/reduceOps.ts',
    from: '(gone.includes(axis) ? 1 : size)',
    to: '(gone.includes(axis) ? size : size)',
  },
  'last-chunk': {
    file: 'src/python/shapes/joinOps.ts',
    from: 'Math.min(each, total - from)',
    to: 'each',
  },
  'sorted-list': {
    file: 'src/python/evaluate/iteration.ts',
    from: '(reverse ? -1 : 1)',
    to: '1',
  },
  'shared-iterator': {
    file: 'src/python/evaluate/iteration.ts',
    from: 'sources.set(value, goThrough(machine, value, true))',
    to: 'sources.set(value, iterate(value))',
  },
  'written-view': {
    file: 'src/python/model/tensor.ts',
    from: 'value.memory?.writes === value.seen',
    to: 'value.memory !== undefined',
  },
  'cat-check': {
    file: 'src/python/shapes/joinOps.ts',
    from: 'result !== size) return undefined;',
    to: 'result === size) return undefined;',
  },
};

/** Builds with that rule broken. */
export function breaking(name) {
  const rule = BREAKS[name];
  if (!rule) throw new Error(`There is no rule "${name}" to break. There are: ${Object.keys(BREAKS).join(', ')}.`);
  // npm runs in the project's folder.
  const path = resolve(rule.file);
  return {
    name: 'break',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async (args) => {
        if (args.path !== path) return undefined;
        const text = await readFile(path, 'utf8');
        if (text.split(rule.from).length !== 2) throw new Error(`${rule.file} has not one place "${rule.from}"`);
        return { contents: text.replace(rule.from, () => rule.to), loader: 'ts' };
      });
    },
  };
}
