import type { Dim, ModuleAnalysis, Network, Report, Span } from '../python';
import { shape } from '../python/written';
import { count } from './count';
import { canOpen } from './draft';
import type { Opening } from './hints';
import type { Words } from './words';

/** An input whose shape can be set. */
export interface Settable {
  readonly key: string;
  readonly shape: readonly Dim[];
}

/** A line above a place, which does something where it is clicked. */
export interface Lens {
  readonly span: Span;
  readonly title: string;
  readonly opens?: Opening;
  readonly sets?: Settable;
}

/** A line above each layer call with its sizes. It opens only what is known in numbers. */
export function callLenses({ reports }: Pick<ModuleAnalysis, 'reports'>, words: Words): readonly Lens[] {
  return reports.flatMap((report): Lens[] => {
    const [use] = report.uses;
    if (!use) return [];
    return [
      {
        span: report.span,
        title: titleOf(report, words),
        ...(canOpen(report, use) ? { opens: { report, use: 0 } } : {}),
      },
    ];
  });
}

function titleOf({ uses, parameterCount }: Report, words: Words): string {
  const [use] = uses;
  const parameters = use.parameterCount ?? parameterCount;
  return [
    `${shape(use.inputShape)} → ${shape(use.outputShape)}`,
    ...(parameters === undefined ? [] : [words.say('{0} parameters', count(parameters, words))]),
    ...(uses.length > 1 ? [words.say('{0} uses', uses.length)] : []),
  ].join(' · ');
}

/** A line above each model: the input that is assumed, what it becomes, and how that is known; a click sets it. */
export function modelLenses({ networks = [] }: Pick<ModuleAnalysis, 'networks'>, words: Words): readonly Lens[] {
  return networks.flatMap((network): Lens[] => {
    const [input] = network.inputs;
    if (!input?.shape) return [];
    const given = network.inputs.map((each) => `${each.name} ${each.shape ? shape(each.shape) : '?'}`).join(', ');
    const made = network.output ? shape(network.output) : '…';
    return [
      {
        span: network.span,
        title: `${given} → ${made} · ${sourceOf(network, words)}`,
        sets: { key: `${network.name}.${network.entry}:${input.name}`, shape: input.shape },
      },
    ];
  });
}

function sourceOf({ source }: Network, { say }: Words): string {
  switch (source) {
    case 'user':
      return say('set by you');
    case 'comment':
      return say('from a comment');
    case 'annotation':
      return say('from an annotation');
    case 'declared':
      return say('as declared');
    case 'example':
      return say('from an example call');
    case 'symbolic':
      return say('assumed');
    default:
      return source satisfies never;
  }
}
