import { fieldCode, type Problem, problem, type ProblemField } from '../../../core/problem';
import type { Bound } from '../../model/library';
import { isKnown } from '../../sizes/size';

const TUPLES: readonly (readonly [name: string, field: ProblemField, least: number])[] = [
  ['kernel_size', 'weight', 1],
  ['strides', 'stride', 1],
  ['dilation_rate', 'dilation', 1],
  ['output_padding', 'outputPadding', 0],
];

/**
 * What Keras' constructors refuse, with their words (keras/src/layers/convolutional, utils/argument_validation.py,
 * 3.15).
 */
export function kerasProblems(
  bound: Bound,
  rank: number,
  form: 'conv' | 'transpose' | 'depthwise' | 'separable',
): readonly Problem[] {
  for (const [name, field, least] of TUPLES) {
    const found = tupleProblem(bound, name, field, least, rank);
    if (found) return [found];
  }
  const padding = bound.text('padding');
  const allowed = rank === 1 && form !== 'transpose' ? ['valid', 'same', 'causal'] : ['valid', 'same'];
  if (padding !== undefined && !allowed.includes(padding.toLowerCase())) {
    return [
      problem({
        code: 'padding-text',
        field: 'padding',
        template: 'padding is {0}; it must be {1}.',
        args: [padding, allowed.join(', ')],
        framework: `The \`padding\` argument must be a list/tuple or one of {${allowed.map((each) => `'${each}'`).join(', ')}}. Received: ${padding.toLowerCase()}`,
      }),
    ];
  }
  return [
    ...channelProblems(bound),
    ...outputPaddingProblems(bound, rank),
    ...(form === 'conv' || form === 'transpose' ? dilationProblems(bound, rank) : []),
  ].slice(0, 1);
}

const POOLING_TUPLES: typeof TUPLES = [
  ['pool_size', 'weight', 1],
  ['strides', 'stride', 0],
];

/** What the pooling layers refuse (keras/src/layers/pooling/base_pooling.py). */
export const poolingProblems = (bound: Bound, rank: number): readonly Problem[] =>
  POOLING_TUPLES.flatMap(([name, field, least]) => tupleProblem(bound, name, field, least, rank) ?? []).slice(0, 1);

/**
 * Keras 3 has no default for the window of an average, Keras 2 has 2 as for a maximum, and the code does not say which
 * of them it runs on.
 */
export function windowOfKeras2(bound: Bound, name: string): readonly Problem[] {
  if (bound.isGiven('pool_size') || !bound.get('pool_size')) return [];
  return [
    problem({
      code: 'arguments',
      severity: 'warning',
      field: 'weight',
      template: '{0} needs pool_size in Keras 3; Keras 2 takes 2 for it.',
      args: [name],
      framework: `${name}.__init__() missing 1 required positional argument: 'pool_size'`,
    }),
  ];
}

function tupleProblem(
  bound: Bound,
  name: string,
  field: ProblemField,
  least: number,
  rank: number,
): Problem | undefined {
  if (bound.isNone(name)) return undefined;
  const value = bound.get(name)!;
  const items = value.kind === 'list' || value.kind === 'tuple' ? bound.items(name) : undefined;
  if (items && items.length !== rank) {
    const listed = items.map((item) => (item.kind === 'number' && isKnown(item.size) ? item.size : '?')).join(', ');
    // As Python prints what was given.
    const shown = value.kind === 'list' ? `[${listed}]` : `(${listed}${items.length === 1 ? ',' : ''})`;
    return problem({
      code: `${fieldCode(field)}-rank`,
      field,
      template: '{0} has {1} entries; the layer has {2} spatial axes.',
      args: [name, items.length, rank],
      framework: `The \`${name}\` argument must be a tuple of ${rank} integers. Received ${name}=${shown}`,
    });
  }
  const wrong = bound.sizes(name, rank)?.find((size) => isKnown(size) && (size < least || !Number.isInteger(size)));
  if (wrong === undefined || !isKnown(wrong)) return undefined;
  return problem({
    code: `${fieldCode(field)}-range`,
    field,
    template: '{0} is {1}; it must be at least {2}.',
    args: [name, wrong, least],
    framework: `The \`${name}\` argument must be a tuple of ${rank} integers. Received ${name}=${wrong}, including values {${wrong}} that do not satisfy \`value ${least === 0 ? '>= 0' : '> 0'}\``,
    repair: { field, value: least },
  });
}

function channelProblems(bound: Bound): readonly Problem[] {
  const filters = bound.get('filters') ? bound.int('filters') : undefined;
  const groups = bound.get('groups') ? bound.int('groups') : undefined;
  if (filters !== undefined && filters <= 0) {
    return [
      problem({
        code: 'filters-range',
        field: 'weight',
        template: 'filters is {0}; it must be at least 1.',
        args: [filters],
        framework: `Invalid value for argument \`filters\`. Expected a strictly positive value. Received filters=${filters}.`,
      }),
    ];
  }
  if (groups !== undefined && groups <= 0) {
    return [
      problem({
        code: 'groups-range',
        field: 'groups',
        template: 'groups is {0}; it must be a whole number of at least 1.',
        args: [groups],
        framework: `The number of groups must be a positive integer. Received: groups=${groups}.`,
        repair: { field: 'groups', value: 1 },
      }),
    ];
  }
  if (groups !== undefined && filters !== undefined && filters % groups !== 0) {
    return [
      problem({
        code: 'groups-divide',
        field: 'groups',
        template: '{0} groups do not divide {1} filters.',
        args: [groups, filters],
        framework: `The number of filters must be evenly divisible by the number of groups. Received: groups=${groups}, filters=${filters}.`,
      }),
    ];
  }
  return [];
}

function outputPaddingProblems(bound: Bound, rank: number): readonly Problem[] {
  if (!bound.get('output_padding') || bound.isNone('output_padding')) return [];
  const [paddings, strides] = [bound.sizes('output_padding', rank), bound.sizes('strides', rank)];
  const at =
    paddings?.findIndex(
      (each, axis) => isKnown(each) && strides !== undefined && isKnown(strides[axis]) && each >= strides[axis],
    ) ?? -1;
  if (at < 0 || !paddings || !strides) return [];
  return [
    problem({
      code: 'output-padding-large',
      field: 'outputPadding',
      template: 'Output padding {0} must be smaller than the stride {1}.',
      args: [Number(paddings[at]), Number(strides[at])],
      framework: `\`output_padding\` must be strictly less than \`strides\` for all dimensions. At dimension ${at}, \`output_padding\` is ${Number(paddings[at])} but \`strides\` is ${Number(strides[at])}.`,
      repair: { field: 'outputPadding', value: Number(strides[at]) - 1 },
    }),
  ];
}

function dilationProblems(bound: Bound, rank: number): readonly Problem[] {
  const [strides, dilations] = ['strides', 'dilation_rate'].map((name) => bound.sizes(name, rank));
  if (!strides?.every(isKnown) || !dilations?.every(isKnown)) return [];
  if (Math.max(...strides) <= 1 || Math.max(...dilations) <= 1) return [];
  const shown = (sizes: readonly unknown[]): string => `(${sizes.join(', ')}${sizes.length === 1 ? ',' : ''})`;
  return [
    problem({
      code: 'stride-dilation',
      field: 'dilation',
      template: 'Keras does not take strides and dilation above 1 together.',
      framework: `\`strides > 1\` not supported in conjunction with \`dilation_rate > 1\`. Received: strides=${shown(strides)} and dilation_rate=${shown(dilations)}`,
    }),
  ];
}
