import assert from 'node:assert/strict';
import { frameworks } from '../../../../src/python/libraries/registry';
import { argumentsOf, list, NONE, number, string, TRUE, tuple, unknown } from '../../../../src/python/model/make';
import { type PlainLayer, plainLayer } from '../../../../src/python/model/plainLayer';
import { bind } from '../../../../src/python/model/signature';
import type { Value } from '../../../../src/python/model/value';
import { named } from '../../../../src/python/sizes/size';

const CONV = 'torch.nn.Conv2d';

function made(callee: string, ...values: Value[]): PlainLayer | undefined {
  const spec = frameworks.layer(callee)!;
  return plainLayer(spec, bind(spec.signature, argumentsOf(...values), false));
}

describe('a layer of plain arguments', () => {
  const conv = (...more: Value[]): PlainLayer | undefined => made(CONV, number(3), number(8), ...more);

  it('is the same however often it is made, a list being as good as a tuple', () => {
    const first = conv(tuple([number(3), number(5)]));
    assert.ok(first);
    assert.equal(conv(list([number(3), number(5)])), first);
  });

  for (const [what, value] of [
    ['another number', number(4)],
    ['a number of Python’s floats', number(3, true)],
    ['a list of one', list([number(3)])],
    ['a text', string('3')],
    ['a flag', TRUE],
    ['None', NONE],
  ] as const)
    it(`is another with ${what} for 3`, () => assert.notEqual(conv(value), conv(number(3))));

  it('is another of another class', () => {
    const values = [number(3), number(8), number(3)];
    assert.notEqual(made('torch.nn.Conv1d', ...values), made(CONV, ...values));
  });

  for (const [what, value] of [
    ['something unknown', unknown()],
    ['a size that has but a name', number(named('k'))],
    ['a list that goes on', list([number(3)], true)],
    ['a list with something unknown in it', list([unknown(), number(3)])],
  ] as const)
    it(`is none with ${what}`, () => assert.equal(conv(value), undefined));

  it('keeps its own copy of a list', () => {
    const kernel = list([number(3), number(3)]);
    const layer = conv(kernel)!;
    kernel.items = [number(7), number(7)];
    assert.deepEqual(layer.values.get('kernel_size'), tuple([number(3), number(3)]));
  });

  it('works something out once', () => {
    const layer = conv(number(11))!;
    let times = 0;
    const count = (): number => ++times;
    assert.deepEqual([layer.once('a', count), layer.once('a', count), layer.once('b', count)], [1, 1, 2]);
  });
});
