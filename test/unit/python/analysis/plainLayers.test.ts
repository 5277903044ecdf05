import assert from 'node:assert/strict';
import { analyze, TORCH, usesOf } from './read';

const X = 'x = torch.zeros(1, 1, 8, 8)\n';

describe('layers of the same arguments', () => {
  it('are what they were made to be, whatever becomes of the list that they were given', () => {
    const text = `${TORCH}${X}k = [3, 3]\na = nn.Conv2d(1, 2, k)\nk[0] = 5\na(x)\nb = nn.Conv2d(1, 4, k)\nb(x)\n`;
    assert.deepEqual(usesOf(analyze(text), text, 'Conv2d'), ['1 1 8 8 -> 1 2 6 6', '1 1 8 8 -> 1 4 4 6']);
  });

  it('have nothing of what was assigned to another', () => {
    const text = `${TORCH}${X}a = nn.Conv2d(1, 2, 3)\na.stride = (2, 2)\nb = nn.Conv2d(1, 2, 3)\nb(x)\na(x)\n`;
    assert.deepEqual(usesOf(analyze(text), text, 'Conv2d'), ['1 1 8 8 -> 1 2 3 3', '1 1 8 8 -> 1 2 6 6']);
  });

  it('are told their fault each at its own place', () => {
    const text = `${TORCH}${X}a = nn.Conv2d(3, 2, 3, groups=2)\nb = nn.Conv2d(3, 2, 3, groups=2)\nc = nn.Conv2d(4, 2, 3)\nd = nn.Conv2d(4, 2, 3)\nc(x)\nd(x)\n`;
    const told = analyze(text).reports.map(({ span, problems }) => [
      text.slice(span.start - 4, span.start),
      problems.map(({ code }) => code),
      problems.every((each) => each.span.start >= span.start),
    ]);
    assert.deepEqual(told, [
      ['a = ', ['groups-divide'], true],
      ['b = ', ['groups-divide'], true],
      ['c = ', ['channels-mismatch'], true],
      ['d = ', ['channels-mismatch'], true],
    ]);
  });

  it('have the receptive field of the network in which they stand', () => {
    const fields = (before: string): unknown => {
      const text = `${TORCH}${X}nn.Sequential(${before}nn.Conv2d(1, 1, 3, padding=1), nn.MaxPool2d(2))(x)\n`;
      return analyze(text).reports.map(({ uses }) => uses[0].receptiveField?.[0]);
    };
    assert.deepEqual(fields(''), [3, 4]);
    assert.deepEqual(fields('nn.Conv2d(1, 1, 5, padding=2, stride=2), '), [5, 9, 11]);
    assert.deepEqual(fields(''), [3, 4]);
  });
});
