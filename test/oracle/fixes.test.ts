// What is said to supply an unknown shape, applied to the code of public packages: it then is known.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { analyzeModule, type LineShape, type ModuleAnalysis, type Why } from '../../src/python';
import { checkoutProject, pythonFiles } from '../bench/coverage/project';
import { downloaded, pins, unpacked } from './wheels';

/** Longer files are a minute's work together, and say the same. */
const LONGEST = 30_000;
/** A shape that fits where four axes do; what follows from it is not looked at. */
const SHAPE = [1, 3, 64, 64];

type Read = (text: string, inputShapes?: Readonly<Record<string, readonly number[]>>) => ModuleAnalysis;

/** Lines whose shape is not known, by what is missing. */
function lacking({ lines = [] }: ModuleAnalysis): ReadonlyMap<string, readonly [Why, LineShape, ...LineShape[]]> {
  const found = new Map<string, [Why, LineShape, ...LineShape[]]>();
  for (const line of lines) {
    const [why] = line.why;
    if (line.shapes.length > 0 || !why) continue;
    const same = found.get(why.message);
    if (same) same.push(line);
    else found.set(why.message, [why, line]);
  }
  return found;
}

/** The line that the fix is for, and the reading of the text to which it has been applied. */
function mended(read: Read, text: string, [why, ...lines]: readonly [Why, ...LineShape[]]) {
  if (why.inputKey !== undefined) return { line: lines[0], after: read(text, { [why.inputKey]: SHAPE }) };
  const line = lines.find(({ name }) => name !== 'return');
  if (!line) return undefined;
  const written = `${text.slice(0, line.behind)}  # ${line.name}: (${SHAPE.join(', ')})${text.slice(line.behind)}`;
  return { line, after: read(written) };
}

describe('the fix that is offered for an unknown shape', () => {
  it('makes it known, in nearly all of two hundred that public packages have', async function () {
    // Some thousand readings, on a machine that may have other work.
    this.timeout(600_000);
    if (!downloaded()) {
      console.log('    (skipped: the package index cannot be reached)');
      this.skip();
    }
    let known = 0;
    const others: string[] = [];
    for (const path of pins.flatMap((pin) => pythonFiles(unpacked(pin)))) {
      const text = readFileSync(path, 'utf8');
      if (text.length > LONGEST) continue;
      const root = path.split(sep).slice(0, 3).join(sep);
      const read: Read = (now, inputShapes = {}) => {
        const { importers: _importers, ...project } = checkoutProject(root, { path, text: now, version: 1 });
        return analyzeModule({ path, text: now, project, lines: true, inputShapes });
      };
      for (const [message, reason] of lacking(read(text))) {
        const found = mended(read, text, reason);
        if (!found) continue;
        const { line, after } = found;
        const now = after.lines?.find(({ span }) => span.start === line.span.start);
        if (now && now.shapes.length > 0) known++;
        else others.push(`${path}, ${line.name}: ${message}`);
      }
    }
    assert.ok(known + others.length >= 200, `${known + others.length} were looked at`);
    assert.ok(known / (known + others.length) >= 0.95, others.join('\n'));
  });
});
