import { paddingOf } from '../axis';
import { fieldCode, type Problem, type ProblemField, problem } from '../problem';
import type { Question } from './question';
import { axisName, list, named, parameterName, widened } from './words';

const isCount = (value: number): boolean => Number.isSafeInteger(value);

const FRAMEWORK: Readonly<Partial<Record<ProblemField, string>>> = {
  stride: 'non-positive stride is not supported',
  padding: 'negative padding is not supported',
  outputPadding: 'negative output_padding is not supported',
};

/** Whole numbers first: every later rule does arithmetic with them. */
export function checkNumbers(question: Question): Problem[] {
  const { op, rank } = question;
  const least = (field: ProblemField, axis: number, value: number, minimum: number): Problem[] => {
    if (isCount(value) && value >= minimum) return [];
    return [
      problem({
        code: `${fieldCode(field)}-range`,
        field,
        axis,
        template: isCount(value)
          ? 'The {0} along the {1} is {2}; it must be at least {3}.'
          : 'The {0} along the {1} is {2}; it must be a whole number of at least {3}.',
        args: [parameterName(field), axisName(rank, axis), value, minimum],
        framework: isCount(value) ? (FRAMEWORK[field] ?? dilationWords(question, value)) : undefined,
        repair: { field, axis, value: Math.max(minimum, Number.isFinite(value) ? Math.round(value) : minimum) },
      }),
    ];
  };
  const perAxis = question.axes.flatMap((_, axis) => {
    const [begin, end] = paddingOf(op, axis);
    return [
      ...least('stride', axis, op.stride[axis], 1),
      ...least('dilation', axis, op.dilation[axis], question.empty ? 0 : 1),
      ...least('padding', axis, isCount(begin) && begin >= 0 ? end : begin, 0),
      ...(!question.conv && op.outputPadding ? least('outputPadding', axis, op.outputPadding[axis], 0) : []),
    ];
  });
  return [...perAxis, ...checkGroups(question.groups)];
}

function dilationWords({ op, conv }: Question, value: number): string {
  if (value < 0) return 'dilation should be greater than zero';
  return `dilation should be greater than zero, but got ${conv ? list(widened(op.dilation, 1)) : named('dilation', op.dilation, 1, ', ')}`;
}

function checkGroups(groups: number): Problem[] {
  if (isCount(groups) && groups >= 1) return [];
  return [
    problem({
      code: 'groups-range',
      field: 'groups',
      template: 'The number of groups is {0}; it must be a whole number of at least 1.',
      args: [groups],
      framework: isCount(groups) ? 'non-positive groups is not supported' : undefined,
      repair: { field: 'groups', value: 1 },
    }),
  ];
}
