import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Tensor } from '../../../../src/core/operation';
import { readTensors } from '../formats/fixtures';
import { writeNpy } from '../../../../src/core/formats/npy';
import { deserialize } from '../../../../src/core/state/deserialize';
import type { InspectorDocument } from '../../../../src/core/state/document';
import { serialize } from '../../../../src/core/state/serialize';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { documents, filled } from './arbitraries';

const LIMIT = 2 ** 24;

function reopen(text: string, files: ReadonlyMap<string, Tensor> = new Map()): InspectorDocument {
  const draft = deserialize(text, LIMIT);
  assert.ok(draft.ok, draft.ok ? '' : draft.problems[0].message);
  const document = draft.value.complete(files);
  assert.ok(document.ok, document.ok ? '' : document.problems[0].message);
  return document.value;
}

const small: InspectorDocument = {
  version: 1,
  op: {
    kind: 'convTranspose',
    stride: [2, 2],
    dilation: [1, 1],
    padding: [
      [0, 1],
      [2, 3],
    ],
    outputPadding: [1, 0],
    groups: 1,
    paddingMode: 'zeros',
  },
  dtype: 'float32',
  input: filled('float32', [1, 1, 2, 2], 0),
  weight: filled('float32', [1, 1, 3, 3], 1),
  title: 'A "title"',
  origin: {
    kind: 'python',
    uri: 'file:///a.py',
    callee: 'torch.nn.Conv2d',
    range: { start: { line: 1, character: 2 }, end: { line: 3, character: 4 } },
  },
  view: { slices: { input: [0, 0] }, limits: null, map: 'viridis', pinned: true },
};

describe('the .tconv.json format', () => {
  it('gives back every document', () => {
    const plain = (document: InspectorDocument): unknown =>
      JSON.parse(JSON.stringify({ ...document, input: 0, weight: 0, bias: 0 }));
    const odd = fc.array(fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0)), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(documents, odd, (document, values) => {
        document.weight.data.set(values.slice(0, document.weight.data.length));
        const found = reopen(serialize(document, 'a.tconv.json').text);
        assert.deepEqual(plain(found), plain(document));
        assert.deepEqual([found.input, found.weight, found.bias], [document.input, document.weight, document.bias]);
      }),
      { seed: 26, numRuns: 500 },
    );
  });

  it('keeps title, origin, view and two-sided padding', () => {
    assert.deepEqual(reopen(serialize(small, 'a.tconv.json').text), {
      ...small,
      bias: undefined,
      outputChannels: undefined,
      pixelKernels: undefined,
    });
  });

  it('puts a tensor of more than 4096 elements beside the document and finds it there', () => {
    const document = { ...small, input: filled('float32', [1, 1, 64, 65], 3) };
    const { text, attachments } = serialize(document, 'photo.tconv.json');
    assert.deepEqual(
      attachments.map(({ role, file }) => [role, file]),
      [['input', 'photo.input.npy']],
    );
    const files = new Map(
      attachments.map(({ file, tensor }) => [file, readTensors(writeNpy(tensor), file, { limit: LIMIT })[0].load()]),
    );
    assert.deepEqual(reopen(text, files).input, document.input);
    assert.ok(text.length < 2000);
  });

  const { text } = serialize(small, 'a.tconv.json');
  const refused: readonly [what: string, text: string, says: RegExp][] = [
    ['no JSON', text.replace('"op":', '"op"'), /not JSON/],
    [
      'another format',
      text.replace('transposed-conv-inspector', 'other'),
      /^document.format must be "transposed-conv-inspector", but is "other"/,
    ],
    [
      'a later version',
      text.replace('"version": 1', '"version": 7'),
      /^The document is of version 7; .* up to version 1\. Update it/,
    ],
    ['no version', text.replace('"version": 1', '"version": "1"'), /^document.version must be 1, but is "1"/],
    [
      'a stride that is text',
      text.replace('"stride":[2,2]', '"stride":[2,"2"]'),
      /^document.op.stride\[1\] must be a finite number, but is "2"/,
    ],
    ['too few strides', text.replace('"stride":[2,2]', '"stride":[2]'), /^document.op.stride must be a list of 2/],
    [
      'too few values',
      text.replace('"shape": [1,1,2,2]', '"shape": [1,1,2,3]'),
      /^document.input.values must be a list of 6 numbers/,
    ],
    [
      'a huge shape',
      text.replace('"shape": [1,1,2,2]', '"shape": [1,1,2147483647,2147483647]'),
      /^document.input.shape must be a tensor of at most/,
    ],
    [
      'an empty axis',
      text.replace('"shape": [1,1,2,2]', '"shape": [1,1,0,2]'),
      /^document.input.shape\[2\] must be a whole number from 1/,
    ],
    [
      'a path for a file',
      text.replace(/"input": \{[^}]*\}/, '"input": {"shape": [1,1,2,2], "file": "../secret.npy"}'),
      /^document.input.file must be the name of an .npy file in the same folder/,
    ],
    ['a list', '[]', /^document must be an object/],
  ];
  for (const [what, broken, says] of refused) {
    it(`says of ${what} what is wrong`, () => {
      const draft = deserialize(broken, LIMIT);
      assert.ok(!draft.ok);
      assert.match(draft.problems[0].message, says);
    });
  }

  it('says which file is missing, and which has another shape', () => {
    const broken = text.replace(/"input": \{[^}]*\}/, '"input": {"shape": [1,1,2,2], "file": "in.npy"}');
    const draft = deserialize(broken, LIMIT);
    assert.ok(draft.ok);
    for (const [files, says] of [
      [new Map(), /in.npy, which holds the values of input/],
      [
        new Map([['in.npy', filled('float64', [3, 3], 0)]]),
        /in.npy has shape \[3, 3\]; the document says \[1, 1, 2, 2\]/,
      ],
    ] as const) {
      const document = draft.value.complete(files);
      assert.ok(!document.ok);
      assert.match(document.problems[0].message, says);
    }
  });

  it('does not open values that its type cannot hold as something else', () => {
    const wide = text.replace('"dtype": "float64"', '"dtype": "float32"');
    assert.ok(deserialize(wide, LIMIT).ok);
    const broken = deserialize(wide.replace(/("input": \{[^}]*"values": )\[[^\]]*\]/, '$1[1, 2, 1e39, 4]'), LIMIT);
    assert.ok(!broken.ok);
    assert.match(broken.problems[0].message, /^document.input.values must be a list of numbers that float32 can hold/);
    const side = deserialize(
      wide.replace(/"input": \{[^}]*\}/, '"input": {"shape": [1,1,2,2], "file": "in.npy"}'),
      LIMIT,
    );
    assert.ok(side.ok);
    const document = side.value.complete(new Map([['in.npy', tensorOf('float64', [1, 1, 2, 2], [1, 2, 1e39, 4])]]));
    assert.ok(!document.ok);
    assert.match(document.problems[0].message, /in.npy has values that are beyond what float32 can hold/);
  });
});
