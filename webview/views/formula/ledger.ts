import type { SizeDerivation, TermName } from '../../../src/core/derive/size';
import type { Strings } from '../../../src/protocol/strings';
import { TERM_INKS } from './headline';
import { type Sheet, textAt } from './sheet';

export const LEDGER = 196;

const withSign = (value: number): string => (value < 0 ? `−${-value}` : `+${value}`);

/**
 * The terms added up, each in the line of the drawing that it stands for.
 * @param lines where the line of each term is, and of the sum
 */
export function drawLedger(
  sheet: Sheet,
  { terms, result }: SizeDerivation,
  x: number,
  lines: Readonly<Partial<Record<TermName | 'head' | 'sum', number>>>,
  strings: Strings,
): void {
  const [adds, sum] = [x + 100, x + LEDGER - 16];
  const head = lines.head ?? 0;
  sheet.add(
    undefined,
    textAt('l-adds', adds, head, strings.adds, { size: 11, anchor: 'end', ink: 'faint' }),
    textAt('l-sum', sum, head, strings.soFar, { size: 11, anchor: 'end', ink: 'faint' }),
  );
  for (const term of terms) {
    const y = lines[term.name];
    if (y === undefined) continue;
    const ink = TERM_INKS[term.name];
    sheet.add(
      term.name,
      textAt(`l-${term.name}`, x, y, term.sign === '÷' ? `÷ ${term.short}` : term.short, {
        size: 12,
        mono: true,
        ink,
      }),
      textAt(`l-${term.name}+`, adds + 8, y, withSign(term.adds), { size: 13, mono: true, ink, anchor: 'end' }),
      textAt(`l-${term.name}=`, sum, y, String(term.sum).replace('-', '−'), { size: 13, mono: true, anchor: 'end' }),
    );
    sheet.area(term.name, x - 4, y - 12, LEDGER - 8, 24);
  }
  const y = lines.sum;
  if (y === undefined) return;
  sheet.add(
    undefined,
    {
      kind: 'line',
      key: 'l-line',
      points: [
        [x, y - 18],
        [sum, y - 18],
      ],
      stroke: 'faint',
    },
    textAt('l-o', x, y, 'o', { size: 15, mono: true, ink: 'output', bold: true }),
    textAt('l-o=', sum, y, String(result), { size: 18, mono: true, ink: 'output', bold: true, anchor: 'end' }),
  );
}
