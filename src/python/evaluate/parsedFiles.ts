import type { ModuleSource } from '../report';
import { type ParsedFile, parseFile } from '../syntax/parse';

/** Parsed files that are kept, by their length together: what one network needs is some 50 KB to 2 MB. */
export const KEPT_AT_FIRST = 6_000_000;
let mostKept = KEPT_AT_FIRST;

/** Says how many code units of parsed files are kept from now on. */
export function keepParsed(length: number): void {
  mostKept = length;
}

/**
 * Parsed files by path, the one that was asked for last at the end, kept between analyses: an import costs a parse only
 * when its version changes.
 */
const parsedFiles = new Map<string, { readonly version: string | number; readonly parsed: ParsedFile }>();
let parsedLength = 0;

function forgetParsed(path: string): void {
  parsedLength -= parsedFiles.get(path)?.parsed.text.length ?? 0;
  parsedFiles.delete(path);
}

export function parsedOf(source: ModuleSource): ParsedFile {
  const kept = parsedFiles.get(source.path);
  if (kept && kept.version === source.version && kept.parsed.text === source.text) {
    parsedFiles.delete(source.path);
    parsedFiles.set(source.path, kept);
    return kept.parsed;
  }
  const parsed = parseFile(source.path, source.text, kept?.parsed);
  forgetParsed(source.path);
  parsedFiles.set(source.path, { version: source.version, parsed });
  parsedLength += source.text.length;
  for (const path of parsedFiles.keys()) {
    if (parsedLength <= mostKept) break;
    if (path !== source.path) forgetParsed(path);
  }
  return parsed;
}

/** The line of an offset in a file that is kept, counted from 1. */
export function lineInParsed(path: string, offset: number): number | undefined {
  const text = parsedFiles.get(path)?.parsed.text;
  return text === undefined ? undefined : text.slice(0, offset).split(/\r\n?|\n/).length;
}
