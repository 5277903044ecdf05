import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Door } from '../../../../src/core/door';
import { writeNpz } from '../../../../src/core/formats/npz';
import type { Plan } from '../../../../src/core/plan';
import { contributionsOf } from '../../../../src/core/explain/contributions';
import { flatIndex } from '../../../../src/core/explain/readout';
import { unflatten } from '../../../../src/core/matrix/layout';
import { PRESETS, findPreset } from '../../../../src/core/presets/presets';
import type { InspectorDocument } from '../../../../src/core/state/document';
import { parseDocument } from '../../../../src/core/state/parseDocument';
import { resolveDocument } from '../../../../src/core/state/resolveDocument';

interface Golden {
  readonly shape: readonly number[];
  /** Flat indices of the values; null when they are all there. */
  readonly at: readonly number[] | null;
  readonly values: readonly number[];
}
const goldens = (
  JSON.parse(readFileSync(join('test', 'fixtures', 'presets', 'outputs.json'), 'utf8')) as {
    outputs: Record<string, Golden>;
  }
).outputs;

function planOf(document: InspectorDocument): Plan {
  const resolution = resolveDocument(document);
  assert.ok(resolution.ok, resolution.ok ? '' : resolution.problems[0].message);
  return resolution.plan;
}

/** One output element as the sum that it is: whole layers would take seconds, and a few elements tell. */
function element(plan: Plan, { input, weight }: InspectorDocument, flat: number): number {
  const index = unflatten(plan.outputShape, flat);
  return contributionsOf(plan, { tensor: 'output', index }, Infinity).list.reduce(
    (sum, each) =>
      sum + input.data[flatIndex(plan.inputShape, each.input)] * weight.data[flatIndex(plan.weightShape, each.weight)],
    0,
  );
}

describe('presets', () => {
  before(() => {
    const folder = process.env.WRITE_PRESETS;
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    const built = PRESETS.map((preset) => preset.build());
    built.forEach(({ input, weight }, at) =>
      writeFileSync(join(folder, `${PRESETS[at].id.replace('/', '.')}.npz`), writeNpz({ input, weight })),
    );
    writeFileSync(
      join(folder, 'operations.json'),
      JSON.stringify(Object.fromEntries(built.map(({ op }, at) => [PRESETS[at].id, op]))),
    );
  });

  for (const preset of PRESETS) {
    it(`${preset.id} is a legal document whose output is PyTorch’s`, () => {
      const document = preset.build();
      const plan = planOf(document);
      assert.deepEqual(parseDocument(new Door(document, '')).op.stride, document.op.stride);
      const golden = goldens[preset.id];
      assert.deepEqual(plan.outputShape, golden.shape);
      golden.values.forEach((wanted, index) => {
        const found = element(plan, document, golden.at?.[index] ?? index);
        assert.ok(
          Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)),
          `element ${index}: ${found} instead of ${wanted}`,
        );
      });
    });
  }

  it('has each of the fifteen configurations of the guide and a transposed dilation', () => {
    assert.equal(PRESETS.filter((preset) => preset.group === 'arithmetic').length, 16);
    for (const preset of PRESETS.filter((each) => each.group === 'arithmetic')) {
      const [, , o] = /→ ((\d+))$/.exec(preset.description) ?? [];
      assert.equal(planOf(preset.build()).outputShape.at(-1), Number(o));
    }
  });

  it('builds the same values every time', () => {
    const values = (): number[] => Array.from(findPreset('arithmetic/no-padding')?.build().input.data ?? []);
    assert.deepEqual(values(), values());
    assert.ok(values().length > 0);
  });

  const worked: readonly [id: string, output: readonly number[]][] = [
    ['examples/matrix-transposed', [0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3]],
    ['examples/output-padding', [5, 6, 8, 9]],
  ];
  for (const [id, output] of worked) {
    it(`${id} gives the numbers that are printed in its source`, () => {
      const document = findPreset(id)?.build();
      assert.ok(document);
      assert.deepEqual(
        output.map((_, at) => element(planOf(document), document, at)),
        output,
      );
    });
  }

  it('shows black stripes between the stamps of k3 s4 op1, and none with k4 s4', () => {
    const blackPart = (id: string): number => {
      const document = findPreset(id)?.build();
      assert.ok(document);
      // All white in: what is black is the operation's doing.
      document.input.data.fill(255);
      const plan = planOf(document);
      const values = Array.from({ length: plan.outputArea }, (_, at) => element(plan, document, at));
      return values.filter((value) => value === 0).length / values.length;
    };
    assert.equal(blackPart('colour/stripes'), 7 / 16);
    assert.equal(blackPart('colour/tiles'), 0);
  });
});
