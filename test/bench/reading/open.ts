import type { KnownFile, ReadRequest } from '../../../src/reader/api';
import { ReaderClient, type Reading } from '../../../src/reader/client';
import { readerStarter } from '../../../src/reader/start';
import { readWithImports } from '../../../src/reader/withImports';

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

/** `script` is the bundled thread. */
export function openReader(script: string): BenchReader {
  const client = new ReaderClient(readerStarter(script));
  return {
    know: (files) => client.know(files),
    async read(path, text, folders, textAt) {
      let readings = 0;
      const reader = {
        read: async (request: ReadRequest): Promise<Reading> => {
          const reading = await client.read(request);
          if (reading.analysis) readings++;
          return reading;
        },
      };
      await readWithImports(reader, { path, text, inputShapes: {}, folders }, async (places) => {
        const files = places.map((each) => ({ path: each, text: textAt?.(each) }));
        await client.know(files);
        return files.some(({ text: found }) => found !== undefined);
      });
      return readings;
    },
    dispose: () => client.dispose(),
  };
}
