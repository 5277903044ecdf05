import { siteOf } from '../../findings/record';
import { noteWeight } from '../../findings/weightFiles';
import { times } from '../../model/arithmetic';
import type { Applied, FunctionSpec } from '../../model/library';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { sureShape } from '../../model/tensor';
import type { Value } from '../../model/value';
import { applyConvolution } from '../../shapes/convolution';
import { refuse } from '../../shapes/problems';
import { functionalProblems } from './checks';
import { torchSetup } from './convolutions';
import { convolutionOf, notTensor } from './notTensor';
import { torchFunctionalPooling } from './pooling';
import { torchFunctionalResizing } from './resizing';
import { weightRefusal } from './weightRules';

const DIGITS = [1, 2, 3] as const;

/** The weight given as a tensor says channels and kernel. */
function apply(call: Applied, kind: 'conv' | 'convTranspose', rank: number, spec: FunctionSpec): Value {
  const input = call.bound.get('input');
  const weight = call.bound.tensor('weight');
  const record = siteOf(call.machine, spec, call.at);
  noteWeight(call.machine, call.at, call.bound.get('weight'));
  const shape = weight && (weight.cell.shape ?? call.machine.withRank(weight, rank + 2));
  const [given, held] = [sureShape(input && call.machine.asTensor(input)), sureShape(weight)];
  const wrong =
    notTensor(input, convolutionOf(kind, rank)) ??
    (given && held && weightRefusal(rank, given, held, call.bound.sizes('stride', rank)));
  if (wrong) return refuse(call.machine, call.at, wrong);
  if (!input || !shape || shape.length !== rank + 2) return unknown();
  const groups = call.bound.size('groups');
  const [first, second] = shape;
  const other = times(call.machine, second, groups);
  const bias = call.bound.get('bias');
  const setup = torchSetup(call.bound, kind, rank, {
    in: kind === 'conv' ? other : first,
    out: kind === 'conv' ? first : other,
    kernel: shape.slice(2),
    biasShape: bias?.kind === 'tensor' ? bias.cell.shape : undefined,
    bias: bias === undefined ? undefined : bias.kind === 'none' ? false : bias.kind === 'tensor' ? true : undefined,
  });
  return setup ? applyConvolution(call.machine, record, setup, input, call.at) : unknown();
}

function describe(kind: 'conv' | 'convTranspose', rank: number): FunctionSpec {
  // The transposed function has groups before dilation, which the plain one has not.
  const form =
    kind === 'conv'
      ? 'input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1'
      : 'input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1';
  const spec: FunctionSpec = {
    callee: `torch.nn.functional.conv${kind === 'conv' ? '' : '_transpose'}${rank}d`,
    framework: 'torch',
    family: kind,
    rank,
    signature: signature(form),
    check: (bound) => functionalProblems(bound, kind, rank),
    misfit: (words) => {
      const name = spec.callee.split('.').at(-1)!;
      if (kind === 'conv') return `${name}() received an invalid combination of arguments`;
      return words.includes('unexpected keyword') ? `${name}() ${words}` : undefined;
    },
    apply: (call) => apply(call, kind, rank, spec),
  };
  return spec;
}

const convolutions = DIGITS.flatMap((rank) => [describe('conv', rank), describe('convTranspose', rank)]);

/** `torch.nn.functional`: convolutions, pooling, resizing. `torch.conv2d` and its like are the same functions. */
export const torchFunctionals: readonly FunctionSpec[] = [
  ...convolutions,
  ...convolutions.map((spec): FunctionSpec => ({
    ...spec,
    callee: spec.callee.replace('torch.nn.functional.', 'torch.'),
  })),
  ...torchFunctionalPooling,
  ...torchFunctionalResizing,
];
