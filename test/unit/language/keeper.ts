import type { Dim } from '../../../src/python';
import { Emitter } from '../../../src/language/emitter';
import { Analyses, type Failure, type Snapshot } from '../../../src/language/analyses';
import type { Environment } from '../../../src/language/environments';
import { type TrailStore, Trails } from '../../../src/language/trails';
import { WorkspaceFiles } from '../../../src/language/workspaceFiles';
import type { Reading } from '../../../src/reader/client';
import type { ReadRequest } from '../../../src/reader/api';
import { InlineReader } from '../reader/support';
import { type FakeDocument, FakeWorkspace, sourceOf } from './support';

// A keeper of analyses over a workspace in memory, with a reader whose answers a test can hold back.

/** A reader whose answers a test can hold back, or replace by failures. */
export class ManagedReader extends InlineReader {
  readonly texts: string[] = [];
  before: (request: ReadRequest) => Promise<void> = async () => undefined;

  override async read(request: ReadRequest): Promise<Reading> {
    await this.before(request);
    const reading = await super.read(request);
    if (reading.analysis) this.texts.push(request.text);
    return reading;
  }
}

export class FakeStore implements TrailStore {
  text: string | undefined;

  async read(): Promise<string | undefined> {
    return this.text;
  }

  async write(text: string): Promise<void> {
    this.text = text;
  }
}

export function started(files: Readonly<Record<string, string>> = {}, store = new FakeStore()) {
  const workspace = new FakeWorkspace(files);
  const reader = new ManagedReader();
  const kept = new WorkspaceFiles(reader, workspace);
  const shapes = { set: {} as Record<string, readonly Dim[]>, changed: new Emitter<void>() };
  const trails = new Trails(store, 0);
  const environment = { found: undefined as Environment | undefined, changed: new Emitter<void>() };
  const analyses = new Analyses({
    reader,
    files: kept,
    workspace,
    shapes: { of: () => shapes.set, onDidChange: shapes.changed.event },
    environments: { of: () => environment.found, onDidChange: environment.changed.event },
    trails,
    lines: { wanted: false, onDidChange: () => ({ dispose: () => undefined }) },
    sourceOf,
  });
  const snapshots: Snapshot[] = [];
  const failures: Failure[] = [];
  let outdated = 0;
  analyses.onDidAnalyse((snapshot) => snapshots.push(snapshot));
  analyses.onDidFail(({ failure }) => failures.push(failure));
  analyses.onDidOutdate(() => outdated++);
  const of = (document: FakeDocument): Promise<Snapshot> => analyses.of(document.asDocument);
  return { workspace, reader, analyses, snapshots, failures, shapes, environment, of, outdated: () => outdated };
}

export const layer = (kernel: number | string, ...before: readonly string[]): string =>
  ['import torch.nn as nn', ...before, `conv = nn.Conv2d(3, 8, ${kernel})`, ''].join('\n');
export const kernelOf = ({ analysis }: Snapshot): unknown => analysis.reports[0]?.parameters.kernel_size;
