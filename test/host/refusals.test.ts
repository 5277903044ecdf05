// What is illegal is refused in words, and nothing ever hangs.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ComputeRequest } from '../../src/core/operation';
import type { Problem } from '../../src/core/problem';
import { assertSentence } from '../sentence';
import { activatedApi, operation, tensor, within } from './support';

async function problemsOf(call: Promise<unknown>): Promise<readonly Problem[]> {
  const outcome = await within(
    20_000,
    call.then(
      () => 'resolved',
      (error: unknown) => error,
    ),
  );
  assert.ok(outcome instanceof Error, 'the call should have been refused');
  assert.equal(outcome.name, 'ProblemError');
  const { problems } = outcome as Error & { problems: readonly Problem[] };
  assert.ok(problems.length > 0);
  for (const { message } of problems) assertSentence(message);
  return problems;
}

const kernel = tensor([1, 1, 3, 3], Array<number>(9).fill(1));
const input = tensor([1, 1, 4, 4], Array<number>(16).fill(1));

const illegal: [title: string, request: ComputeRequest, field: string][] = [
  [
    'output padding as large as stride and dilation',
    { op: operation('convTranspose', { stride: 2, outputPadding: 2 }), input, weight: kernel },
    'outputPadding',
  ],
  ['a stride of 0', { op: operation('conv', { stride: 0 }), input, weight: kernel }, 'stride'],
  ['a dilation of −1', { op: operation('conv', { dilation: -1 }), input, weight: kernel }, 'dilation'],
  [
    'a weight for two input channels on an input of one',
    { op: operation('conv', {}), input, weight: tensor([1, 2, 3, 3], Array<number>(18).fill(1)) },
    'weight',
  ],
];

const isCancelled = (error: Error): boolean => error.name === 'CancelledError';

describe('refusals', () => {
  for (const [title, request, field] of illegal) {
    it(`refuses ${title}, naming the field ${field}`, async () => {
      const api = await activatedApi();
      const fields = (await problemsOf(api.compute(request))).map((problem) => problem.field);
      assert.ok(fields.includes(field as Problem['field']), `the fields named are ${fields.join(', ')}`);
    });
  }

  it("says PyTorch's own words for an illegal output padding", async () => {
    const api = await activatedApi();
    const [problem] = await problemsOf(api.compute(illegal[0][1]));
    assert.match(
      problem.framework ?? '',
      /output padding must be smaller than either stride or dilation, but got output_padding_height: 2/,
    );
  });

  it('says how many bytes a computation above the limit would take, and does not try', async () => {
    const api = await activatedApi();
    await vscode.workspace
      .getConfiguration('transposedConv')
      .update('memoryLimit', 1, vscode.ConfigurationTarget.Global);
    try {
      const op = operation('convTranspose', { stride: 400 });
      const [problem] = await problemsOf(api.compute({ op, input, weight: kernel }));
      assert.equal(problem.field, 'memory');
      const words = /^This needs \S+ MiB \(([\d,]+) bytes\), above the limit of 1 MiB/;
      const bytes = Number(words.exec(problem.message)?.[1].replaceAll(',', ''));
      // The output has 3·400 + 3 elements a side; what computes it needs room beside it.
      const output = 8 * 1203 ** 2;
      assert.ok(bytes >= output && bytes < 3 * output, problem.message);
    } finally {
      await vscode.workspace
        .getConfiguration('transposedConv')
        .update('memoryLimit', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('rejects at once when the signal was already aborted', async () => {
    const api = await activatedApi();
    await assert.rejects(
      within(5_000, api.compute({ op: operation('conv', {}), input, weight: kernel }, AbortSignal.abort())),
      isCancelled,
    );
  });

  it('rejects soon when it is aborted under way, and the next call works', async () => {
    const api = await activatedApi();
    const side = 2048;
    const large = tensor([1, 4, side, side], [], 'float32');
    const request: ComputeRequest = {
      op: operation('conv', { padding: 3 }),
      input: { ...large, data: new Float32Array(4 * side * side) },
      weight: { dtype: 'float32', shape: [4, 4, 7, 7], data: new Float32Array(16 * 49) },
    };
    const controller = new AbortController();
    const call = api.compute(request, controller.signal);
    // By the next turn the question is on its way, and 3 · 10⁹ multiply-adds are not done.
    setTimeout(() => controller.abort(), 0);
    await assert.rejects(within(10_000, call), isCancelled);
    const result = await within(20_000, api.compute({ op: operation('conv', {}), input, weight: kernel }));
    assert.deepEqual(Array.from(result.data), [9, 9, 9, 9]);
  });

  const nonsense: [title: string, request: unknown, name?: string][] = [
    ['nothing', undefined, 'TypeError'],
    ['a string', 'conv', 'TypeError'],
    ['an empty object', {}, 'TypeError'],
    ['an operation without lists', { op: { kind: 'conv' }, input, weight: kernel }],
    [
      'a tensor whose data is too short',
      { op: operation('conv', {}), input: { ...input, data: new Float64Array(3) }, weight: kernel },
    ],
    ['a NaN for a stride', { op: operation('conv', { stride: NaN }), input, weight: kernel }],
    ['a size of 2⁵³', { op: operation('conv', {}), input: { ...input, shape: [1, 1, 2 ** 53, 4] }, weight: kernel }],
  ];
  for (const [title, request, name = 'ProblemError'] of nonsense) {
    it(`rejects ${title} and goes on`, async () => {
      const api = await activatedApi();
      await assert.rejects(
        within(
          20_000,
          Promise.resolve().then(() => api.compute(request as ComputeRequest)),
        ),
        (error: Error) => error.name === name,
      );
      const result = await within(20_000, api.compute({ op: operation('conv', {}), input, weight: kernel }));
      assert.deepEqual(result.shape, [1, 1, 2, 2]);
    });
  }
});
