import type { ModuleAnalysis } from '../../../src/python';
import type { ReaderApi, ReadRequest } from '../../../src/reader/api';
import type { Reading } from '../../../src/reader/client';
import { createReader } from '../../../src/reader/handlers';
import { ReportListener } from '../../../src/reader/reportCache';
import { readWithImports } from '../../../src/reader/withImports';

/** The reading thread and its client in one place, and a count of how often a text was really read. */
export class InlineReader {
  readings = 0;
  private readonly reports = new ReportListener();

  constructor(readonly api: ReaderApi = createReader()) {}

  ready(): number {
    return 1;
  }

  async read(request: ReadRequest): Promise<Reading> {
    const { told, wanted, later } = this.api.read(request);
    if (!told) return { wanted, later };
    this.readings++;
    const reports = await this.reports.hear(request.path, told.reports, async (numbers) =>
      this.api.reports(request.path, numbers),
    );
    return { analysis: { ...told.analysis, reports }, wanted, later };
  }

  async missing(request: ReadRequest): Promise<readonly string[]> {
    return this.api.missing(request);
  }

  async know(...args: Parameters<ReaderApi['know']>): Promise<void> {
    this.api.know(...args);
  }

  async forget(...args: Parameters<ReaderApi['forget']>): Promise<void> {
    this.api.forget(...args);
  }

  async close(path: string): Promise<void> {
    this.reports.forget(path);
    this.api.close(path);
  }

  async isImported(path: string): Promise<boolean> {
    return this.api.isImported(path);
  }
}

/** What reading one file of several took, and gave. */
export interface Followed {
  readonly analysis: ModuleAnalysis;
  /** How often the text was analysed. */
  readonly readings: number;
  /** How often places were asked for. */
  readonly rounds: number;
  readonly asked: readonly string[];
}

export const ROOT = 'file:///w';

/** Reads one of the files below `ROOT`, with the others as far as its imports ask for them. */
export async function follow(
  files: Readonly<Record<string, string>>,
  name: string,
  reader = new InlineReader(),
): Promise<Followed> {
  const path = `${ROOT}/${name}`;
  const asked: string[] = [];
  let rounds = 0;
  const before = reader.readings;
  const request = { path, text: files[name], inputShapes: {}, folders: [ROOT] };
  const { analysis } = await readWithImports(reader, request, async (places) => {
    rounds++;
    asked.push(...places);
    const found = places.map((place) => ({
      path: place,
      text: files[place.slice(ROOT.length + 1)],
    }));
    await reader.know(found);
    return found.some(({ text }) => text !== undefined);
  });
  return { analysis, readings: reader.readings - before, rounds, asked };
}
