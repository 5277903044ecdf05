import type { Site } from '../model/site';
import type { PlacedReport, WeightSource } from '../report';
import type { Chunk } from '../syntax/chunk';
import { makeReport, type Parts } from './results';

/** A report, all that it was made from, and where the statements stood when it was. */
interface KeptReport {
  readonly parts: Parts;
  readonly chunks: readonly Chunk[];
  readonly bases: readonly number[];
  /** Whether a single number says where the statements stood, see `Chunk.moved`. */
  readonly straight: boolean;
  /** The sum of the statements' moves when it was last placed. */
  moves: number;
  placed: PlacedReport;
}

/**
 * By the first record. After a key press most records are those of before, and making their reports anew was a third of
 * its time.
 */
const keptReports = new WeakMap<Site, KeptReport>();

/** No count ever falls, so that as long as the sum stays each of them does. */
function movesOf(chunks: readonly Chunk[]): number {
  let sum = 0;
  for (const { moves } of chunks) sum += moves;
  return sum;
}

const isStraight = (chunks: readonly Chunk[]): boolean => chunks.every((chunk) => chunk.moved === undefined);

function chunksOf(parts: Parts): Chunk[] {
  const chunks: Chunk[] = [parts[0].call.chunk];
  // They are few, and mostly the same as the one before.
  const note = (chunk: Chunk | undefined): void => {
    if (chunk && chunk !== chunks[chunks.length - 1] && !chunks.includes(chunk)) chunks.push(chunk);
  };
  for (const { call, uses, mentions, problems } of parts) {
    note(call.chunk);
    for (const { chunk } of mentions) note(chunk);
    for (const { place } of uses) note(place.chunk);
    for (const { place } of problems) note(place?.chunk);
  }
  return chunks;
}

const sameParts = (a: Parts, b: Parts): boolean => a.length === b.length && a.every((site, index) => site === b[index]);

/** Everything told of one call; the same report as long as nothing but its place has changed. */
export function reportOf(parts: Parts, path: string, weights?: readonly WeightSource[]): PlacedReport {
  const kept = keptReports.get(parts[0]);
  if (kept && !weights && !kept.placed.report.weights && sameParts(kept.parts, parts)) {
    const moves = movesOf(kept.chunks);
    if (kept.moves === moves) return kept.placed;
    const by = kept.straight && isStraight(kept.chunks) ? commonMove(kept) : undefined;
    if (by !== undefined) {
      kept.moves = moves;
      kept.placed = { report: kept.placed.report, by, stale: parts[0].call.chunk.stale };
      return kept.placed;
    }
  }
  const chunks = chunksOf(parts);
  const placed = { report: makeReport(parts, path, weights), by: 0, stale: parts[0].call.chunk.stale };
  keptReports.set(parts[0], {
    parts,
    chunks,
    bases: chunks.map(({ base }) => base),
    straight: isStraight(chunks),
    moves: movesOf(chunks),
    placed,
  });
  return placed;
}

/** How far all the statements of a report have moved, when they have moved together. */
function commonMove({ chunks, bases }: KeptReport): number | undefined {
  const by = chunks[0].base - bases[0];
  return chunks.every((chunk, index) => chunk.base - bases[index] === by) ? by : undefined;
}
