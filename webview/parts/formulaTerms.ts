import type { Plan } from '../../src/core/plan';
import { type AxisDerivation, derive } from '../../src/core/shape';

/** A piece of a size formula as it is shown: in symbols, in numbers, and whether the last change was here. */
export interface ShownTerm {
  readonly symbol: string;
  readonly number: string;
  readonly changed: boolean;
  /** A quantity, not the text between quantities. */
  readonly quantity: boolean;
}

export interface ShownFormula {
  /** The axes that have this formula: axes with the same formula share one. */
  readonly axes: readonly number[];
  readonly terms: readonly ShownTerm[];
  readonly result: number;
  readonly resultChanged: boolean;
}

function shownTerms(now: AxisDerivation, before: AxisDerivation | undefined): readonly ShownTerm[] {
  const old = new Map(before?.parts.flatMap((part) => ('symbol' in part ? [[part.symbol, part.value] as const] : [])));
  return now.parts.map((part) =>
    'text' in part
      ? { symbol: part.text, number: part.text, changed: false, quantity: false }
      : // A symbol that was not there before counts as changed: padding may have been one number, and now is two.
        {
          symbol: part.symbol,
          number: String(part.value),
          changed: before !== undefined && old.get(part.symbol) !== part.value,
          quantity: true,
        },
  );
}

/**
 * The size formula of every axis, its terms marked where they differ from the plan before. Axes with the same formula
 * share one, as in most operations all axes do.
 */
export function shownFormulas(plan: Plan, before: Plan | undefined): readonly ShownFormula[] {
  const comparable = before?.rank === plan.rank && before.kind === plan.kind ? derive(before) : undefined;
  const alike = new Map<string, ShownFormula>();
  derive(plan).forEach((now, axis) => {
    const rest = {
      terms: shownTerms(now, comparable?.[axis]),
      result: now.result,
      resultChanged: comparable !== undefined && comparable[axis].result !== now.result,
    };
    // What is written decides, not what is marked: an edit that makes two axes alike has changed only one of them.
    const key = [now.result, ...rest.terms.flatMap(({ symbol, number }) => [symbol, number])].join('\n');
    const same = alike.get(key);
    alike.set(key, {
      ...rest,
      axes: [...(same?.axes ?? []), axis],
      terms: rest.terms.map((term, at) => ({ ...term, changed: term.changed || same?.terms[at].changed === true })),
      resultChanged: rest.resultChanged || same?.resultChanged === true,
    });
  });
  return [...alike.values()];
}
