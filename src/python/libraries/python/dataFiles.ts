import { openedText } from '../../findings/openFiles';
import type { Applied, FunctionSpec } from '../../model/library';
import { dict, list, string, TRUE, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Value } from '../../model/value';
import { fromJson, toJson } from './json';
import { fromYaml } from './yaml';

const func = (callee: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee,
  framework: 'torch',
  signature: signature(form),
  apply,
});

/** Data of a text that is given as it is, or of a file that was opened. */
const parsed =
  (name: string, parse: (text: string) => Value | undefined) =>
  ({ bound }: Applied): Value => {
    const given = bound.get(name);
    const text = given?.kind === 'string' ? given.value : given && openedText(given);
    return (text === undefined ? undefined : parse(text)) ?? unknown();
  };

/** OmegaConf puts in what `${model.width}` names when it is asked for, and has floats that PyYAML has not: `1e-4`. */
function configured(value: Value): Value {
  switch (value.kind) {
    case 'string':
      return value.value.includes('${') || /^[-+]?\d[\d_]*e[-+]?\d+$/i.test(value.value) ? unknown() : value;
    case 'list':
      return list(value.items.map(configured));
    case 'dict':
      return dict([...value.entries.values()].map(([key, each]) => [key, configured(each)] as const));
    default:
      return value;
  }
}

const omegaConf = (text: string | undefined): Value => {
  const value = text === undefined ? undefined : fromYaml(text);
  return value ? configured(value) : unknown();
};

/** Files of data beside the program, read for what they hold now: configurations. */
export const dataFunctions: readonly FunctionSpec[] = [
  func('json.loads', 's, **', parsed('s', fromJson)),
  func('json.load', 'fp, **', parsed('fp', fromJson)),
  func('json.dumps', 'obj, ~indent=None, **', ({ bound }) => {
    const plain = toJson(bound.get('obj') ?? unknown());
    return plain === undefined ? unknown() : string(JSON.stringify(plain));
  }),
  ...['safe_load', 'full_load', 'load', 'unsafe_load'].map((name) =>
    func(`yaml.${name}`, 'stream, ~Loader=None', parsed('stream', fromYaml)),
  ),
  func('omegaconf.OmegaConf.load', 'file_', ({ machine, bound, at }) => {
    const path = bound.text('file_');
    const text = path === undefined ? undefined : machine.modules.data(at.chunk?.path ?? machine.path, path);
    return omegaConf(text);
  }),
  func('omegaconf.OmegaConf.create', 'obj', ({ bound }) => {
    const obj = bound.get('obj');
    return obj?.kind === 'string' ? omegaConf(obj.value) : obj ? configured(obj) : unknown();
  }),
  ...['os.path.exists', 'os.path.isfile'].map((name) =>
    func(name, 'path', ({ machine, bound, at }) => {
      const path = bound.text('path');
      const found = path !== undefined && machine.modules.data(at.chunk?.path ?? machine.path, path) !== undefined;
      return found ? TRUE : unknown();
    }),
  ),
];
