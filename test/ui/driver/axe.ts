import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Frame } from 'playwright-core';

const source = readFileSync(createRequire(join(process.cwd(), 'package.json')).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What an automated accessibility check finds wrong on the page, one line a finding; empty when nothing is.
 * A theme changes colours and nothing else, so that a page that was checked whole in one is asked only for contrast in
 * the others, which takes less time.
 * The script comes in through the debugger's protocol, which the page's content security policy does not stop.
 */
export async function accessibilityProblems(frame: Frame, asked: 'everything' | 'contrast' = 'everything') {
  await frame.evaluate(source);
  const violations = await frame.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: { run(context: Document, options: RunOptions): Promise<AxeResults> } };
    const results = await axe.run(document, {
      runOnly:
        only === 'contrast'
          ? { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }
          : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return results.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      targets: nodes.map((node) => node.target.join(' ')),
    }));
  }, asked);
  return violations.flatMap(({ id, help, targets }) => targets.map((target) => `${id}: ${help} (${target})`));
}
