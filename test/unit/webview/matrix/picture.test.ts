import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { describe, it } from 'mocha';
import type { TensorName } from '../../../../src/core/tensor/plane';
import { statisticsOf } from '../../../../src/core/tensor/statistics';
import { STRINGS } from '../../../../src/protocol/strings';
import { PRINT } from '../../../../webview/drawing/palette';
import type { Shape } from '../../../../webview/drawing/scene';
import { stillSvg } from '../../../../webview/drawing/svgText';
import { plainText } from '../../../../webview/drawing/words';
import { pictureInView } from '../../../../webview/matrix/pictureInView';
import { rememberCounts } from '../../../../webview/matrix/scene';
import { planOf } from '../../core/arbitraries';
import { emptyModel, headOf, noSight, transposed } from '../documents';

const weight = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
const model = {
  ...emptyModel(),
  received: {
    head: headOf(1),
    sight: { ...noSight, statistics: [{ tensor: 'weight', statistics: statisticsOf(weight) }] } as const,
  },
};
/** Element `i` of the input is 100 + i, of the output 200 + i; the kernel has 1 to 9. */
const all = (tensor: TensorName, flats: readonly number[]): Promise<number[]> =>
  Promise.resolve(flats.map((flat) => (tensor === 'weight' ? weight[flat] : (tensor === 'input' ? 100 : 200) + flat)));

async function pictured(size: number, window: { top: number; bottom: number; left: number; right: number }) {
  const shown = { plan: planOf(transposed, [1, 1, size, size], [1, 1, 3, 3]), batch: 0, model };
  return pictureInView(shown, window, rememberCounts(), { all }, STRINGS, PRINT.palette);
}
const textsOf = (shapes: readonly Shape[]): ReadonlyMap<string, string> =>
  new Map(shapes.flatMap((shape) => (shape.kind === 'text' ? [[shape.key, plainText(shape.words)] as const] : [])));

/** Width, height, and the palette's index of every pixel: the pictures are stored as they are, eight bits each. */
function pixelsOf(shapes: readonly Shape[]): { readonly width: number; readonly height: number; at: Uint8Array } {
  const picture = shapes.find((shape) => shape.kind === 'pixels');
  assert.ok(picture);
  const png = Buffer.from(picture.address.split(',')[1], 'base64');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const data = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
  const at = new Uint8Array(width * height);
  for (let row = 0; row < height; row++)
    at.set(rows.subarray(row * (width + 1) + 1, (row + 1) * (width + 1)), row * width);
  return { width, height, at };
}

describe('a picture of the matrix', () => {
  it('has each number of what is in view, named by its output and its input', async () => {
    const { scene, sentence, numbers } = await pictured(4, { top: 0, bottom: 5, left: 0, right: 3 });
    const texts = textsOf(scene.shapes);
    // Stride 2, padding 1: the input 0,0 lands with the kernel's middle on output 0,0, its right neighbour on 0,1.
    assert.deepEqual(
      ['0,0', '1,0', '1,1', '0,1'].map((key) => texts.get(key)),
      ['5', '6', '4', '0'],
    );
    assert.deepEqual([texts.get('name 1'), texts.get('value 1')], ['in[0,1]', '101']);
    assert.equal(texts.get('row 2'), 'out[0,2] 202');
    assert.equal(plainText(sentence), 'y = Cᵀx');
    assert.equal(plainText(numbers), '64×16 · 121 entries · rows 0–4, columns 0–2');
    assert.match(stillSvg({ scene, sentence, numbers }, PRINT), /^<svg [^]*<image [^]*out\[0,2\][^]*<\/svg>\n$/);
  });

  it('has a colour for each entry and none elsewhere, where numbers would not be read', async () => {
    const { scene, numbers } = await pictured(8, { top: 0, bottom: 256, left: 0, right: 64 });
    const names = textsOf(scene.shapes);
    assert.ok(names.get('row 0') === 'out[0,0]' && names.get('name 0') === 'in[0,0]' && names.size < 40);
    assert.equal(plainText(numbers), '256×64 · 529 entries');
    const { width, height, at } = pixelsOf(scene.shapes);
    assert.deepEqual([width, height], [64, 256]);
    assert.equal(at.filter((index) => index !== 255).length, 529);
  });

  it('has how dense it is, where it has more cells than a picture has pixels', async () => {
    const { scene } = await pictured(64, { top: 0, bottom: 16_384, left: 0, right: 4096 });
    const { width, height, at } = pixelsOf(scene.shapes);
    assert.deepEqual([width, height], [900, 480]);
    const dense = at.filter((index) => index !== 255).length;
    // The band around the diagonal, and nothing far from it.
    assert.ok(dense > 900 && dense < (width * height) / 10, String(dense));
    assert.deepEqual([at[0] !== 255, at[width - 1], at[(height - 1) * width]], [true, 255, 255]);
  });
});
