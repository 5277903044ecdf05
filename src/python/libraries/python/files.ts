import { noteLoaded, readFrom } from '../../findings/weightFiles';
import type { Applied, FunctionSpec } from '../../model/library';
import { NONE, string, unknown } from '../../model/make';
import { joinPath, parentOf } from '../../model/paths';
import { signature } from '../../model/signature';
import type { Value } from '../../model/value';

const func = (callee: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee,
  framework: 'torch',
  signature: signature(form),
  apply,
});

/** Reads nothing: notes under which path the program would. */
const read = ({ bound, at }: Applied): Value => {
  const path = bound.text('path');
  return path === undefined ? unknown() : readFrom(path, at);
};

const joined = ({ bound }: Applied): Value => {
  const parts = bound.items('parts')?.map((part) => (part.kind === 'string' ? part.value : undefined));
  return parts?.every((part) => part !== undefined) ? string(joinPath(parts)) : unknown();
};

const same = ({ bound }: Applied): Value => bound.get('path') ?? unknown();

/** Files of weights, and the paths that lead to them. */
export const fileFunctions: readonly FunctionSpec[] = [
  ...[
    'torch.load',
    'numpy.load',
    'jax.numpy.load',
    'paddle.load',
    'safetensors.safe_open',
    'joblib.load',
    'h5py.File',
    'scipy.io.loadmat',
    'tensorflow.train.load_checkpoint',
    'torch.hub.load_state_dict_from_url',
  ].map((name) => func(name, 'path, *~rest, **~', read)),
  ...['torch', 'numpy', 'flax', 'paddle', 'tensorflow'].map((library) =>
    func(`safetensors.${library}.load_file`, 'path, *~rest, **~', read),
  ),
  func('safetensors.torch.load_model', 'model, path, *~rest, **~', ({ machine, bound, at }) => {
    const path = bound.text('path');
    if (path !== undefined) noteLoaded(machine, bound.get('model') ?? NONE, readFrom(path, at));
    return NONE;
  }),
  ...['os.path.join', 'pathlib.Path', 'pathlib.PurePath'].map((name) => func(name, '*parts', joined)),
  ...['os.path.abspath', 'os.path.realpath', 'os.path.expanduser', 'os.fspath'].map((name) => func(name, 'path', same)),
  func('os.path.dirname', 'path', ({ bound }) => {
    const path = bound.text('path');
    return path === undefined ? unknown() : string(parentOf(path));
  }),
];
