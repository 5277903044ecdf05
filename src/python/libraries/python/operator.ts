import type { Applied, FunctionSpec } from '../../model/library';
import { tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Value } from '../../model/value';
import type { BinaryOperator } from '../../syntax/ast';

const func = (name: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee: `operator.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply,
});

const BINARY: Readonly<Record<string, BinaryOperator>> = {
  truediv: '/',
  floordiv: '//',
  add: '+',
  sub: '-',
  mul: '*',
};

/** What takes something out of whatever it is called with; of several names a tuple. */
function getter({ bound }: Applied, take: (x: Value, name: Value) => Value): Value {
  const names = bound.items('names');
  if (!names || names.length === 0) return unknown();
  return {
    kind: 'builtin',
    name: 'getter',
    holds: names,
    call: (_machine, { positional: [x] }) => {
      if (!x) return unknown();
      return names.length === 1 ? take(x, names[0]) : tuple(names.map((each) => take(x, each)));
    },
  };
}

/** Python's operators as functions, and what takes an item or an attribute. */
export const operatorFunctions: readonly FunctionSpec[] = [
  ...Object.entries(BINARY).map(([name, operator]) =>
    func(name, 'a, b', ({ machine, bound, at }) =>
      machine.binary(operator, bound.get('a') ?? unknown(), bound.get('b') ?? unknown(), at),
    ),
  ),
  func('itemgetter', '*names', (call) => getter(call, (x, name) => call.machine.subscript(x, name))),
  func('attrgetter', '*names', (call) =>
    getter(call, (x, name) =>
      // `attrgetter('cfg.width')`
      name.kind === 'string'
        ? name.value.split('.').reduce((value, each) => call.machine.attribute(value, each), x)
        : unknown(),
    ),
  ),
];
