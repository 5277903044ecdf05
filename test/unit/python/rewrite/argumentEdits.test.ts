import assert from 'node:assert/strict';
import type { Operation } from '../../../../src/core/operation';
import type { Framework, Report, Span, Use } from '../../../../src/python';
import { argumentEdits } from '../../../../src/python/rewrite/argumentEdits';
import type { Layer } from '../../../../src/python/rewrite/layer';

const operation = (more: Partial<Operation> = {}): Operation => ({
  kind: 'convTranspose',
  stride: [2, 2],
  padding: [1, 1],
  dilation: [1, 1],
  outputPadding: [0, 0],
  groups: 1,
  ...more,
});
const layer = (more: Partial<Operation> = {}, weightShape: readonly number[] = [64, 32, 4, 4]): Layer => ({
  operation: operation(more),
  weightShape,
  inputSizes: [16, 16],
});
const use = (parameters: Use['parameters'] = {}): Use => ({
  inputShape: [1, 64, 16, 16],
  outputShape: [1, 32, 32, 32],
  source: 'example',
  axes: [],
  parameters,
});

/** A report of the call that is the whole text; `arguments_` maps names to how their values are written in it. */
function reportOf(
  text: string,
  arguments_: Readonly<Record<string, string>>,
  callee = 'torch.nn.ConvTranspose2d',
  framework: Framework = 'torch',
): Report {
  const argumentSpans: Record<string, Span> = {};
  let from = text.indexOf('(') + 1;
  for (const [name, value] of Object.entries(arguments_)) {
    const start = text.indexOf(value, from);
    argumentSpans[name] = { start, end: start + value.length };
    from = start + value.length;
  }
  const span = { start: 0, end: text.length };
  return {
    callee,
    framework,
    family: 'convTranspose',
    rank: 2,
    span,
    calleeSpan: { start: 0, end: text.indexOf('(') },
    parameters: {},
    argumentSpans,
    insertAt: text.length - 1,
    uses: [],
    mentions: [],
    problems: [],
  };
}

function applied(
  text: string,
  report: Report,
  before: Layer,
  after: Layer,
  of: Use = use(),
): [string, readonly string[]] {
  const { edits, refused } = argumentEdits(text, report, of, before, after);
  const result = [...edits]
    .reverse()
    .reduce((whole, { span, text: inserted }) => whole.slice(0, span.start) + inserted + whole.slice(span.end), text);
  return [result, refused];
}

describe('writing parameters back to the call', () => {
  const text = 'nn.ConvTranspose2d(64, 32, 4, stride=2, padding=(1, 1))';
  const report = reportOf(text, {
    in_channels: '64',
    out_channels: '32',
    kernel_size: '4',
    stride: '2',
    padding: '(1, 1)',
  });

  it('changes exactly the argument that differs', () => {
    assert.deepEqual(applied(text, report, layer(), layer({ stride: [3, 3] })), [
      text.replace('stride=2', 'stride=3'),
      [],
    ]);
    assert.deepEqual(applied(text, report, layer(), layer()), [text, []]);
  });

  it('keeps the manner of writing: a tuple stays one, a number becomes one only when axes differ', () => {
    assert.deepEqual(applied(text, report, layer(), layer({ padding: [2, 2] })), [
      text.replace('(1, 1)', '(2, 2)'),
      [],
    ]);
    assert.deepEqual(applied(text, report, layer(), layer({ stride: [2, 1] })), [
      text.replace('stride=2', 'stride=(2, 1)'),
      [],
    ]);
  });

  it('adds what is not written by keyword, and minds a trailing comma', () => {
    assert.deepEqual(applied(text, report, layer(), layer({ outputPadding: [1, 1], dilation: [2, 2] })), [
      `${text.slice(0, -1)}, output_padding=1, dilation=2)`,
      [],
    ]);
    const trailing = 'nn.ConvTranspose2d(64, 32, 4, 2, 1,)';
    const own = reportOf(trailing, {
      in_channels: '64',
      out_channels: '32',
      kernel_size: '4',
      stride: '2',
      padding: '1',
    });
    assert.deepEqual(applied(trailing, own, layer(), layer({ outputPadding: [1, 1] })), [
      'nn.ConvTranspose2d(64, 32, 4, 2, 1, output_padding=1)',
      [],
    ]);
  });

  it('writes kernel and channels from the weight, groups counted', () => {
    const after = layer({ groups: 2 }, [64, 16, 3, 5]);
    assert.deepEqual(applied(text, report, layer(), after), [
      'nn.ConvTranspose2d(64, 32, (3, 5), stride=2, padding=(1, 1), groups=2)',
      [],
    ]);
  });

  it('refuses what the call cannot state: a functional form’s kernel, uneven padding, what comes through **kwargs', () => {
    const functional = 'F.conv_transpose2d(x, w, stride=2)';
    const own = reportOf(functional, { stride: '2' }, 'torch.nn.functional.conv_transpose2d');
    assert.deepEqual(applied(functional, own, layer({ padding: [0, 0] }), layer({ padding: [0, 0] }, [64, 32, 3, 3])), [
      functional,
      ['kernel'],
    ]);
    assert.deepEqual(
      applied(
        text,
        report,
        layer(),
        layer({
          padding: [
            [1, 2],
            [1, 1],
          ],
        }),
      ),
      [text, ['padding']],
    );
    const unpacked = 'nn.ConvTranspose2d(64, 32, **options)';
    const through = reportOf(unpacked, { in_channels: '64', out_channels: '32' });
    assert.deepEqual(applied(unpacked, through, layer(), layer({ stride: [1, 1] }), use({ stride: 2 })), [
      unpacked,
      ['stride'],
    ]);
  });

  it('says padding in Keras’s words where it has one', () => {
    const keras = "layers.Conv2DTranspose(32, 4, strides=2, padding='same')";
    const own = reportOf(
      keras,
      { filters: '32', kernel_size: '4', strides: '2', padding: "'same'" },
      'keras.layers.Conv2DTranspose',
      'keras',
    );
    assert.deepEqual(applied(keras, own, layer(), layer({ padding: [0, 0] })), [keras.replace('same', 'valid'), []]);
    assert.deepEqual(applied(keras, own, layer(), layer({ padding: [3, 3] })), [keras, ['padding']]);
    assert.deepEqual(applied(keras, own, layer({ padding: [0, 0] }), layer()), [keras, []]);
  });

  it('knows Keras’s causal', () => {
    const causal = "layers.Conv1D(32, 3, padding='causal')";
    const own = {
      ...reportOf(causal, { filters: '32', kernel_size: '3', padding: "'causal'" }, 'keras.layers.Conv1D', 'keras'),
      rank: 1,
    };
    const one = (kernel: number, padding: Operation['padding']): Layer => ({
      operation: { kind: 'conv', stride: [1], dilation: [1], groups: 1, padding },
      weightShape: [32, 64, kernel],
      inputSizes: [16],
    });
    const said = use({ padding: 'causal' });
    assert.deepEqual(applied(causal, own, one(3, [[2, 0]]), one(5, [[4, 0]]), said), [
      "layers.Conv1D(32, 5, padding='causal')",
      [],
    ]);
    assert.deepEqual(applied(causal, own, one(3, [[2, 0]]), one(3, [[1, 1]]), said), [
      causal.replace('causal', 'same'),
      [],
    ]);
    assert.deepEqual(applied(causal, own, one(3, [[2, 0]]), one(3, [[0, 2]]), said), [causal, ['padding']]);
    assert.deepEqual(applied(causal, own, one(3, [[1, 1]]), one(3, [[2, 0]]), use({ padding: 'same' })), [causal, []]);
  });

  describe('says Keras’s padding and output padding together', () => {
    const written = "layers.Conv2DTranspose(32, 3, strides=2, padding='same')";
    const stated = (text: string): Report =>
      reportOf(
        text,
        {
          filters: '32',
          kernel_size: '3',
          strides: '2',
          padding: "'same'",
          ...(text.includes('output_padding') && { output_padding: '1' }),
        },
        'keras.layers.Conv2DTranspose',
        'keras',
      );
    const three = (more: Partial<Operation>): Layer => layer(more, [64, 32, 3, 3]);
    const uneven: Operation['padding'] = [
      [0, 1],
      [0, 1],
    ];
    const before = three({ padding: uneven });
    const cases: readonly (readonly [title: string, text: string, after: Layer, result: string | 'padding'])[] = [
      [
        'an element added at the end is one less cropped',
        written,
        three({ padding: uneven, outputPadding: [1, 1] }),
        written.replace('same', 'valid'),
      ],
      [
        'more than Keras would crop by itself is an output padding of its own',
        written,
        three({ padding: [1, 1] }),
        `${written.slice(0, -1)}, output_padding=0)`,
      ],
      [
        'an output padding that is stated stays stated where it can',
        `${written.slice(0, -1)}, output_padding=1)`,
        three({ padding: [0, 0] }),
        "layers.Conv2DTranspose(32, 3, strides=2, padding='valid', output_padding=0)",
      ],
      [
        'what stays the same in other words is left alone',
        `${written.slice(0, -1)}, output_padding=1)`,
        three({ padding: uneven, stride: [2, 2] }),
        `${written.slice(0, -1)}, output_padding=1)`,
      ],
      [
        'another stride, under which same would crop something else',
        written,
        three({ padding: uneven, stride: [3, 3] }),
        "layers.Conv2DTranspose(32, 3, strides=3, padding='same', output_padding=1)",
      ],
      [
        'where it cannot, Keras is left to choose it',
        `${written.slice(0, -1)}, output_padding=1)`,
        layer(
          {
            stride: [1, 1],
            padding: [
              [1, 2],
              [1, 2],
            ],
          },
          [64, 32, 4, 4],
        ),
        "layers.Conv2DTranspose(32, 4, strides=1, padding='same', output_padding=None)",
      ],
      [
        'what two words say stays with the one that stands there',
        written,
        layer({ padding: [0, 0], stride: [4, 4] }),
        written.replace('32, 3, strides=2', '32, 4, strides=4'),
      ],
      ['what Keras cannot say', written, three({ padding: [2, 0] }), 'padding'],
    ];
    for (const [title, text, after, result] of cases) {
      it(title, () => {
        const parameters = { padding: 'same', ...(text.includes('output_padding') && { output_padding: 1 }) };
        const [edited, refused] = applied(text, stated(text), before, after, use(parameters));
        if (result === 'padding') assert.deepEqual([edited, refused], [text, ['padding']]);
        else assert.deepEqual([edited, refused], [result, []]);
      });
    }
  });
});
