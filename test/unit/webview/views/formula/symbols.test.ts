import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cellEquation, matrixEquation, type Notation, UNCUT } from '../../../../../src/core/derive/symbols';
import { unicodeOf } from '../../../../../src/core/derive/printSymbols';
import { WRITTEN_KINDS } from '../../../../../src/core/derive/symbolCode';
import { PRINT } from '../../../../../webview/drawing/palette';
import type { Scene } from '../../../../../webview/drawing/scene';
import { stillSvg } from '../../../../../webview/drawing/svgText';
import { plainText } from '../../../../../webview/drawing/words';
import { mathOf, type MathNode, mathText } from '../../../../../webview/views/formula/math';
import { symbolsScene } from '../../../../../webview/views/formula/symbolsScene';
import {
  copyOf,
  equationsOf,
  leavesOut,
  nearOf,
  outputOf,
  type Wanted,
} from '../../../../../webview/views/formula/written';
import { anyCase, planOf } from '../../../core/arbitraries';

const notation: Notation = { names: 'indices', base: 0, swapped: false };
const none = { output: undefined, matrix: undefined };
const worked = planOf(
  { kind: 'convTranspose', stride: [1, 1], padding: [0, 0], dilation: [1, 1] },
  [1, 1, 2, 2],
  [1, 1, 3, 3],
);
const wantedOf = (plan: Wanted['plan'], bias = false): Wanted => {
  const item = { batch: 0, channel: 0 };
  const output = outputOf(plan, undefined, item);
  return { plan, item, place: output.slice(-plan.rank), bias, notation, near: nearOf(plan, output, undefined, none) };
};
const nodes = (node: MathNode): readonly MathNode[] => [
  node,
  ...(typeof node.children === 'string' ? [] : node.children.flatMap(nodes)),
];

describe('mathematics on the page', () => {
  it('has the letters, numbers and signs of the sum, each letter with its index under it', () => {
    const math = mathOf(cellEquation(worked, [0, 0, 0, 2], false), worked, notation);
    assert.equal(mathText(math), 'y0,2=w0,2x0,0+w0,1x0,1');
    assert.equal(nodes(math).filter(({ tag }) => tag === 'msub').length, 5);
    assert.deepEqual(
      nodes(math).flatMap(({ attributes }) => attributes?.['data-cell'] ?? []),
      ['output 0,0,0,2', 'weight 0,0,0,2', 'input 0,0,0,0', 'weight 0,0,0,1', 'input 0,0,0,1'],
    );
  });

  it('has as many rows and cells as the matrix, its vectors and no more', () => {
    const math = mathOf(matrixEquation(worked, 0, false, UNCUT), worked, notation);
    const count = (tag: MathNode['tag']): number => nodes(math).filter((node) => node.tag === tag).length;
    assert.deepEqual([count('mtable'), count('mtr'), count('mtd')], [3, 16 + 16 + 4, 16 + 64 + 4]);
  });

  it('has in every cell of the output’s grid which output it is', () => {
    const [equation] = equationsOf(wantedOf(worked), 'output');
    const cells = nodes(mathOf(equation, worked, notation)).filter(({ tag }) => tag === 'mtd');
    assert.deepEqual(
      cells.map(({ attributes }) => attributes?.['data-cell']),
      Array.from({ length: 16 }, (_, at) => `output 0,0,${at >> 2},${at & 3}`),
    );
  });

  it('is written of every operation, cut where it is large, with what is pointed at in sight', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(1000), ({ plan, bias }, pick) => {
        const wanted = wantedOf(plan, bias !== undefined);
        for (const what of WRITTEN_KINDS)
          for (const equation of equationsOf(wanted, what)) {
            const all = nodes(mathOf(equation, plan, notation));
            assert.ok(all.filter(({ tag }) => tag === 'mtr').length <= 4 * 29);
            assert.ok(unicodeOf(equation, plan, notation).length > 2);
          }
        const cell = plan.outputShape.map((size, axis) =>
          axis < plan.outputShape.length - plan.rank ? 0 : pick % size,
        );
        const math = equationsOf({ ...wanted, near: nearOf(plan, cell, undefined, wanted.near) }, 'matrix')[0];
        const marked = nodes(mathOf(math, plan, notation)).map(({ attributes }) => attributes?.['data-cell']);
        assert.ok(marked.includes(`output ${cell.join()}`));
      }),
      { numRuns: 40, seed: 20261129 },
    );
  });

  it('says that rows and columns are left out of a large output, and copies no program of it', () => {
    const large = planOf(
      { kind: 'convTranspose', stride: [2, 2], padding: [1, 1], dilation: [1, 1] },
      [1, 1, 64, 64],
      [1, 1, 4, 4],
    );
    const wanted = wantedOf(large);
    assert.ok(leavesOut(wanted, 'output') && leavesOut(wanted, 'matrix') && !leavesOut(wantedOf(worked), 'output'));
    assert.equal(copyOf(wanted, 'output', 'numpy', undefined), undefined);
    assert.ok(copyOf(wanted, 'cell', 'numpy', undefined)?.includes('y = w['));
    assert.ok(copyOf(wanted, 'output', 'latex', undefined)?.includes('\\cdots'));
  });
});

describe('a picture of symbols', () => {
  const words = (scene: Scene): readonly string[] =>
    scene.shapes.flatMap((shape) => (shape.kind === 'text' ? [plainText(shape.words)] : []));

  it('has every cell of the output as the sum that it is, in brackets', () => {
    const wanted = wantedOf(worked);
    const scene = symbolsScene(equationsOf(wanted, 'output'), worked, notation);
    const said = words(scene);
    assert.equal(said.length, 1 + 16);
    assert.ok(said.includes('w0,2x0,0 + w0,1x0,1'), said.join('; '));
    assert.equal(scene.shapes.filter(({ kind }) => kind === 'line').length, 2);
    assert.match(
      stillSvg({ scene, sentence: [], numbers: [] }, PRINT),
      /<tspan [^>]*>w<\/tspan><tspan [^>]*dy="3.08">0,2</,
    );
  });

  it('can be drawn of any operation in any notation, with nothing over anything else', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom('indices', 'numbered', 'brackets'), ({ plan }, names) => {
        for (const what of WRITTEN_KINDS) {
          const { shapes, width, height } = symbolsScene(equationsOf(wantedOf(plan, true), what), plan, {
            ...notation,
            names,
          });
          const places = shapes.flatMap((shape) => (shape.kind === 'text' ? [`${shape.x} ${shape.y}`] : []));
          assert.equal(new Set(places).size, places.length);
          assert.equal(new Set(shapes.map(({ key }) => key)).size, shapes.length);
          for (const shape of shapes)
            if (shape.kind === 'text') assert.ok(shape.x <= width && shape.y < height, JSON.stringify(shape));
        }
      }),
      { numRuns: 60 },
    );
  });
});
