import type { Applied, FunctionSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { dict, list, string, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { plainObject } from '../../model/plainObject';
import type { Value } from '../../model/value';

const func = (name: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee: `inspect.${name}`,
  framework: 'torch',
  signature: signature('func, **~'),
  apply,
});

/** A parameter, with its default where it is known. */
interface Parameter {
  readonly name: string;
  readonly initial?: Value;
}

interface Parameters {
  readonly all: readonly Parameter[];
  /** Whether there may be more of them. */
  readonly open: boolean;
}

const NOTHING: Parameters = { all: [], open: true };

/** What can be given to something that is called, as `inspect` tells it: without the object itself. */
function parametersOf(machine: Machine, value: Value): Parameters {
  switch (value.kind) {
    case 'function': {
      const { definition, defaults } = value;
      return { all: definition.parameters.map(({ name }) => ({ name, initial: defaults.get(name) })), open: false };
    }
    case 'method':
      return withoutFirst(parametersOf(machine, value.func));
    case 'class': {
      const init = machine.attribute(value, '__init__');
      return init.kind === 'function' ? withoutFirst(parametersOf(machine, init)) : NOTHING;
    }
    case 'instance': {
      const call = machine.attribute(value, '__call__');
      return call.kind === 'method' ? parametersOf(machine, call) : NOTHING;
    }
    case 'external': {
      const spec = machine.library.layer(value.name);
      // A rule that names no more than what it needs does not say what else there is.
      if (!spec || spec.signature.rest !== undefined || spec.signature.further !== 'refused') return NOTHING;
      const { names, defaults } = spec.signature;
      return { all: names.map((name) => ({ name, initial: defaults.get(name) })), open: false };
    }
    default:
      return NOTHING;
  }
}

const withoutFirst = ({ all, open }: Parameters): Parameters => ({ all: all.slice(1), open });

const EMPTY: Value = { kind: 'external', name: 'inspect.Parameter.empty' };

function signatureOf({ machine, bound }: Applied): Value {
  const { all, open } = parametersOf(machine, bound.get('func') ?? unknown());
  const parameters = all.map(
    ({ name, initial }) =>
      [string(name), plainObject('inspect.Parameter', { name: string(name), default: initial ?? EMPTY })] as const,
  );
  return plainObject('inspect.Signature', { parameters: dict(parameters, open) });
}

function argumentsOf({ machine, bound }: Applied): Value {
  const { all, open } = parametersOf(machine, bound.get('func') ?? unknown());
  return plainObject('inspect.FullArgSpec', {
    args: list(
      all.map(({ name }) => string(name)),
      open,
    ),
  });
}

/** What a program asks of the signature of what it calls: whether a layer takes an argument, and its defaults. */
export const inspectFunctions: readonly FunctionSpec[] = [
  func('signature', signatureOf),
  func('getfullargspec', argumentsOf),
];
