// The same layers in every framework: what core says that each makes of them, where it cuts and in which words it
// refuses, against what each made when it was run; and the recipes, run too.
import assert from 'node:assert/strict';
import { type FrameworkCall, VERSIONS } from '../../src/core/frameworks/call';
import { frameworkCalls } from '../../src/core/frameworks/calls';
import { outcomeOf } from '../../src/core/frameworks/results';
import { askedOf, layerCases, type LayerCase, nameOf } from './layerCases';
import { readGolden } from './goldens';

type Outcome = { readonly shape: readonly number[]; readonly values: readonly number[] } | { readonly error: string };

interface Row {
  readonly seed: number;
  readonly calls: readonly string[];
  readonly outcomes: readonly Outcome[];
  /** Of each call, which outcome; null where it was not run. */
  readonly answers: readonly (number | null)[];
  readonly recipes: readonly {
    readonly target: string;
    readonly from: string;
    readonly code: string;
    readonly answer: number;
  }[];
  readonly kerasOnTorch: readonly (number | null)[];
}

const { layers, header } = readGolden<{ layers: readonly Row[] }>('layers-everywhere');
const cases = layerCases();

const title = ({ plan }: LayerCase, call: string): string =>
  `${call} of ${plan.kind} ${JSON.stringify(plan.axes)} in ${plan.groups} groups`;

/** TensorFlow computes with a library that refuses in words of its own. */
const says = (error: string, words: string, framework: string): boolean =>
  error.includes(words) ||
  (/^TensorFlow|^TFLite/.test(framework) && error.includes('could not create a primitive descriptor'));

/** What core says of a call, held to what the framework did. */
function hold(one: LayerCase, call: FrameworkCall, ran: Outcome): void {
  const named = title(one, nameOf(call));
  const { answer, framework } = call;
  if (answer.kind === 'refused') {
    assert.ok('error' in ran, `${named} was taken`);
    assert.ok(says(ran.error, answer.words, framework), `${named}: ${ran.error}`);
    return;
  }
  if (answer.kind === 'empty') {
    assert.ok('error' in ran || ran.values.length === 0, named);
    return;
  }
  assert.ok(!('error' in ran), `${named}: ${'error' in ran ? ran.error : ''}`);
  if (answer.kind === 'size') {
    assert.deepEqual(ran.shape, answer.sizes, named);
    return;
  }
  assert.deepEqual(
    answer.axes.map(({ output }) => output),
    ran.shape,
    named,
  );
  const outcome = outcomeOf(one.compared, answer);
  assert.ok(outcome, named);
  assert.deepEqual(outcome.output.shape.slice(2), ran.shape, named);
  // + 0 makes −0 and 0 the same.
  assert.deepEqual(
    Array.from(outcome.output.data, (value) => value + 0),
    ran.values,
    named,
  );
}

it('the versions that are told are those that were run', () => {
  const run: Readonly<Record<string, string>> = {
    PyTorch: header.packages.torch,
    Keras: header.packages.keras,
    TensorFlow: header.packages['tensorflow-cpu'],
    JAX: header.packages.jax,
    Flax: header.packages.flax,
    Paddle: header.packages.paddlepaddle,
    'ONNX Runtime': header.packages.onnxruntime,
    TFLite: header.packages['tensorflow-cpu'],
  };
  for (const [framework, version] of Object.entries(run))
    // What is told may leave out a repair of the package alone, 0.12.0 for 0.12.0.1.
    assert.ok(`${version}.`.startsWith(`${VERSIONS[framework as keyof typeof VERSIONS]}.`), framework);
});

for (const framework of Object.keys(VERSIONS).filter((name) => name !== 'Core ML')) {
  const ran = layers.reduce(
    (all, { calls, answers }) =>
      all + calls.filter((call, at) => call.startsWith(`${framework}:`) && answers[at] !== null).length,
    0,
  );

  describe(`${framework}, ${ran} calls of ${layers.length} layers`, () => {
    it('sizes, values, refusals and their words are what it answered', () => {
      assert.ok(ran >= (framework === 'TFLite' ? 40 : layers.length));
      assert.equal(layers.length, cases.length);
      for (const [index, one] of cases.entries()) {
        const { calls, answers, outcomes } = layers[index];
        const own = new Map(frameworkCalls(one.plan).map((call) => [nameOf(call), call]));
        assert.deepEqual([...own.keys()], calls);
        for (const [at, name] of calls.entries()) {
          const outcome = answers[at];
          const call = own.get(name);
          assert.ok(call, title(one, name));
          if (call.framework === framework && outcome !== null) hold(one, call, outcomes[outcome]);
        }
      }
    });
  });
}

describe('Keras on PyTorch', () => {
  it('answers as on JAX', () => {
    let held = 0;
    for (const [index, one] of cases.entries()) {
      const { calls, outcomes, kerasOnTorch } = layers[index];
      const own = frameworkCalls(one.plan);
      for (const [at, outcome] of kerasOnTorch.entries()) {
        const call = own.find((each) => nameOf(each) === calls[at]);
        if (outcome === null || !call) continue;
        hold(one, call, outcomes[outcome]);
        held++;
      }
    }
    assert.ok(held >= 2 * cases.length);
  });
});

describe('what refuses, what agrees', () => {
  it('is each seen often enough to be held to', () => {
    const kinds = cases.flatMap(({ plan }) => frameworkCalls(plan).map(({ answer }) => answer.kind));
    for (const kind of ['values', 'refused', 'empty'] as const)
      assert.ok(kinds.filter((each) => each === kind).length >= 20, kind);
  });
});

describe('recipes from one framework into another', () => {
  const asked = cases.map(askedOf);
  for (const target of new Set(layers.flatMap(({ recipes }) => recipes.map((each) => each.target))))
    it(`into ${target} were run as they are told, and give the same values`, () => {
      let held = 0;
      for (const [index, { calls, answers, outcomes, recipes }] of layers.entries()) {
        assert.deepEqual(
          asked[index].recipes,
          recipes.map(({ from, target: into, code }) => ({ from, target: into, code })),
        );
        for (const { from, code, answer, ...recipe } of recipes) {
          if (recipe.target !== target) continue;
          const ran = outcomes[answer];
          const source = answers[calls.indexOf(from)];
          assert.ok(!('error' in ran), `${title(cases[index], from)}: ${code}: ${'error' in ran ? ran.error : ''}`);
          // Of the document itself where its padding is uneven nothing was run: PyTorch has no such layer.
          const own = frameworkCalls(cases[index].plan).find((call) => nameOf(call) === from);
          assert.ok(own, from);
          if (source === null) hold(cases[index], own, ran);
          else assert.deepEqual(ran, outcomes[source], `${title(cases[index], from)}: ${code}`);
          held++;
        }
      }
      assert.ok(held >= 40, String(held));
    });
});
