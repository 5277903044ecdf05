import { type Problem, problem, type ProblemField } from '../../core/problem';
import type { Bound } from '../model/library';
import { print } from '../sizes/print';
import { isKnown, type Size } from '../sizes/size';

// What ONNX Runtime 1.32 refuses of a node before it looks at the sizes, with its words: most of it when it loads the
// model, the rest when it runs it.

type Family = 'conv' | 'convTranspose';

const FIELDS: Readonly<Record<string, ProblemField>> = {
  kernel_shape: 'weight',
  strides: 'stride',
  dilations: 'dilation',
  pads: 'padding',
  output_padding: 'outputPadding',
  output_shape: 'outputPadding',
};
const POSITIVE = new Set(['kernel_shape', 'strides', 'dilations']);
const PADS = ['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'];

function listProblem(bound: Bound, name: string, count: number): Problem | undefined {
  const items = bound.isNone(name) ? undefined : bound.items(name);
  if (!items) return undefined;
  const field = FIELDS[name];
  if (items.length !== count)
    return problem({
      code: `${field}-rank`,
      field,
      template: '{0} has {1} entries; it needs {2}.',
      args: [name, items.length, count],
      framework: `Attribute ${name} has incorrect size`,
    });
  const positive = POSITIVE.has(name);
  const wrong = items
    .map((item) => (item.kind === 'number' && isKnown(item.size) ? item.size : 1))
    .find((size) => size < (positive ? 1 : 0));
  if (wrong === undefined || name === 'output_shape') return undefined;
  return problem({
    code: `${field}-range`,
    field,
    template: '{0} is {1}; it must be at least {2}.',
    args: [name, wrong, positive ? 1 : 0],
    framework: `Attribute ${name} must ${positive ? 'only contain positive values' : 'not contain negative values'}`,
  });
}

function padProblem(bound: Bound, family: Family, dilations: readonly Size[]): Problem | undefined {
  const auto = bound.text('auto_pad');
  if (auto === undefined || auto === 'NOTSET') return undefined;
  const field = 'padding';
  if (!PADS.includes(auto))
    return problem({
      code: 'padding-text',
      field,
      template: 'padding is {0}; it must be {1}.',
      args: [auto, PADS.join(', ')],
      framework: 'Unknown AutoPadType',
    });
  if (!bound.isNone('pads'))
    return problem({
      code: 'padding-text',
      field,
      template: 'ONNX takes pads or auto_pad, not both.',
      framework:
        family === 'conv'
          ? "A Conv/ConvTranspose node has both 'auto_pad' and 'pads' attributes"
          : 'The pads attribute cannot be used simultaneously with auto_pad attribute',
    });
  if (family === 'convTranspose' || auto === 'VALID' || dilations.every((size) => !isKnown(size) || size === 1))
    return undefined;
  return problem({
    code: 'padding-text',
    field,
    template: 'ONNX Runtime takes no dilation beside {0}.',
    args: [auto],
    framework: 'Dilation not supported for AutoPadType::SAME_UPPER or AutoPadType::SAME_LOWER.',
  });
}

function groupProblem(group: Size, family: Family, weight: readonly Size[], channels: Size): Problem | undefined {
  if (!isKnown(group)) return undefined;
  const name = family === 'conv' ? 'Conv' : 'ConvTranspose';
  if (group < 1)
    return problem({
      code: 'groups-range',
      field: 'groups',
      template: 'groups is {0}; it must be a whole number of at least 1.',
      args: [group],
      framework:
        family === 'conv'
          ? 'Conv group must be greater than 0.'
          : `Attribute group must be > 0 for ${name}. group=${group}.`,
    });
  const divides = (size: Size): boolean => !isKnown(size) || size % group === 0;
  const divided = (size: Size, what: string, framework: string): Problem =>
    problem({
      code: 'groups-divide',
      field: 'groups',
      template: '{0} groups do not divide {1} = {2}.',
      args: [group, what, print(size)],
      framework,
    });
  if (family === 'conv')
    return divides(weight[0])
      ? undefined
      : divided(weight[0], 'M', `Output channels M is not divisible by group. M: ${print(weight[0])} group: ${group}`);
  return divides(channels)
    ? undefined
    : divided(
        channels,
        'C',
        `Input channels C must be divisible by group for ${name}. C=${print(channels)} group=${group}.`,
      );
}

export function nodeProblem(
  bound: Bound,
  family: Family,
  weight: readonly Size[],
  channels: Size,
  dilations: readonly Size[],
): Problem | undefined {
  const rank = weight.length - 2;
  const lists = [
    'kernel_shape',
    'strides',
    'dilations',
    ...(family === 'conv' ? [] : ['output_padding', 'output_shape']),
  ]
    .map((name) => listProblem(bound, name, rank))
    .find((each) => each !== undefined);
  return (
    lists ??
    listProblem(bound, 'pads', 2 * rank) ??
    padProblem(bound, family, dilations) ??
    groupProblem(bound.size('group'), family, weight, channels) ??
    kernelProblem(bound, weight.slice(2))
  );
}

function kernelProblem(bound: Bound, kernel: readonly Size[]): Problem | undefined {
  const stated = bound.isNone('kernel_shape') ? undefined : bound.sizes('kernel_shape', kernel.length);
  const differs = stated?.some((size, axis) => isKnown(size) && isKnown(kernel[axis]) && size !== kernel[axis]);
  if (!stated || !differs) return undefined;
  return problem({
    code: 'weight-sizes',
    field: 'weight',
    template: 'kernel_shape is {0}; the weight has {1}.',
    args: [stated, kernel].map((sizes) => `(${sizes.map(print).join(', ')})`),
    framework: 'kernel_shape is not compatible with W shape.',
  });
}
