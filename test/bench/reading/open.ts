import { ReaderClient } from '../../../src/reader/client';
import type { KnownFile } from '../../../src/reader/api';

/**
 * The reading thread as the benchmarks drive it. Every tree has this file, so that the builds of two commits can be
 * driven alike, whatever the two halves say to each other.
 */
export interface BenchReader {
  know(files: readonly KnownFile[]): Promise<void>;
  /** Reads a text with everything that it imports, as far as `textAt` has it; how many times the text was read. */
  read(
    path: string,
    text: string,
    folders: readonly string[],
    textAt?: (path: string) => string | undefined,
  ): Promise<number>;
  dispose(): Promise<void>;
}

/** An import that brings up imports is asked for by reading again. */
const ROUNDS = 12;

/** `script` is the bundled thread. */
export function openReader(script: string): BenchReader {
  const client = new ReaderClient(script);
  return {
    know: (files) => client.know(files),
    async read(path, text, folders, textAt) {
      let readings = 0;
      for (;;) {
        const { wanted } = await client.read({ path, text, inputShapes: {}, folders });
        readings++;
        if (wanted.length === 0 || readings > ROUNDS) return readings;
        const files = wanted.map((each) => ({ path: each, text: textAt?.(each) }));
        await client.know(files);
        if (!files.some(({ text: found }) => found !== undefined)) return readings;
      }
    },
    dispose: () => client.dispose(),
  };
}
