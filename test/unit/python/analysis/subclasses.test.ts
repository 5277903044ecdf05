import assert from 'node:assert/strict';
import { python } from '../../../python';
import { analyze, TORCH, usesOf } from './read';

/** How many channels the last layer gets: 1 where the condition holds, 2 where it does not (PyTorch 2.15). */
const told = (condition: string): string[] => {
  const text = python`
    ${TORCH.trim().replaceAll('\n', '\n    ')}
    from collections.abc import Callable
    from torch.nn.modules.batchnorm import _BatchNorm, _NormBase
    from torch.nn.modules.conv import _ConvNd, _ConvTransposeNd
    from torch.nn.modules.dropout import _DropoutNd

    class Causal(nn.Conv2d):
        pass

    class Block(nn.Module):
        pass

    class Other(Unheard):
        pass

    out = 1 if ${condition} else 2
    nn.Conv2d(3, out, 1)(torch.randn(1, 3, 8, 8))
  `;
  return usesOf(analyze(text), text).map((use) => use.replace('1 3 8 8 -> 1 ', '').replace(' 8 8', ''));
};

const HOLDS = [
  'isinstance(nn.ReLU(), Callable)',
  'issubclass(nn.Conv2d, _ConvNd)',
  'issubclass(nn.ConvTranspose3d, (_ConvTransposeNd, nn.Linear))',
  'issubclass(nn.Conv2d, nn.Module)',
  'issubclass(Causal, _ConvNd)',
  'issubclass(Block, nn.Module)',
  'isinstance(nn.Dropout2d(), _DropoutNd)',
  'isinstance(nn.BatchNorm2d(3), _NormBase)',
  'isinstance(nn.ZeroPad2d(1), nn.ConstantPad2d)',
  'isinstance(Causal(3, 4, 1), _ConvNd)',
];
const FAILS = [
  'issubclass(nn.Conv2d, nn.Conv1d)',
  'issubclass(nn.Conv2d, _ConvTransposeNd)',
  'issubclass(nn.ConvTranspose2d, nn.Conv2d)',
  'issubclass(Block, _ConvNd)',
  'isinstance(nn.InstanceNorm2d(3), _BatchNorm)',
  'isinstance(nn.ConvTranspose2d(3, 4, 1), nn.Conv2d)',
  'isinstance(Block(), (nn.Conv2d, _ConvNd))',
];
/** Neither is said. */
const OPEN = [
  'issubclass(Other, nn.Conv2d)',
  'issubclass(Other, Block)',
  'issubclass(given, nn.Conv2d)',
  'issubclass(nn.Conv2d, nn.modules.conv._Unheard)',
  'isinstance(Other(), nn.Conv2d)',
  'isinstance(nn.LazyConv2d(4, 1), nn.LazyConv2d)',
];

describe('a class, asked what it derives from', () => {
  for (const condition of HOLDS) it(`holds: ${condition}`, () => assert.deepEqual(told(condition), ['1']));
  for (const condition of FAILS) it(`does not hold: ${condition}`, () => assert.deepEqual(told(condition), ['2']));
  for (const condition of OPEN) {
    it(`is left open: ${condition}`, () => {
      const [only, ...more] = told(condition);
      assert.ok(more.length === 0 && only !== '1' && only !== '2', only);
    });
  }
});
