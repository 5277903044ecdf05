import { format } from '../core/problem';
import { whyText } from '../python/whyText';
import { Failure } from './failure';
import { shownPath } from './problems';
import { TABLE } from '../reader/projectSettings';
import { readSource, type SourceFile } from './sourceFile';
import { type TargetOptions, Targets } from './targets';
import type { Terminal } from './terminal';

/** Tells of each file what is known of its tensors and layers, what is not, and why. @throws Failure */
export async function why(options: TargetOptions, terminal: Terminal): Promise<number> {
  let status = 0;
  let told = 0;
  for (const { path, project } of await new Targets(options, terminal.folder).find()) {
    const file = shownPath(terminal.folder, path);
    let source: SourceFile;
    try {
      source = readSource(path);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      terminal.out(`${file}: ${error.message}\n`);
      status = 2;
      continue;
    }
    const analysis = project.read(path, source.text, {}, true);
    if (analysis.reports.length === 0 && !analysis.lines?.length) continue;
    const [sum, ...rest] = whyText(analysis, {
      say: (template, ...args) => format(template, args),
      at: (offset) => {
        const { cell, start } = source.placeOf({ start: offset, end: offset });
        return [...(cell === undefined ? [] : [`cell ${cell}`]), start.line, start.column].join(':');
      },
      setting: (key, example) =>
        `Or into pyproject.toml: [tool.${TABLE}.shapes."${shownPath(project.folder, path)}"] "${key}" = [${example.join(', ')}]`,
    });
    terminal.out([`${file}: ${sum}`, ...rest, '', ''].join('\n'));
    told++;
  }
  if (told === 0 && status === 0) terminal.out('No tensor or layer was found.\n');
  return status;
}
