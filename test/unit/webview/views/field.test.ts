import assert from 'node:assert/strict';
import fc from 'fast-check';
import { STRINGS } from '../../../../src/protocol/strings';
import { plainText } from '../../../../webview/drawing/words';
import { areaScene } from '../../../../webview/views/field/areaScene';
import { chainModel, chainOfPlan, curedLines, fieldsOf, runsOf } from '../../../../webview/views/field/chainModel';
import { chainScene, layoutOf, spotAt } from '../../../../webview/views/field/chainScene';
import { chainSentence, chainTables, cureNote, cureText } from '../../../../webview/views/field/chainWords';
import { rateLines, ratesSentence, ratesTables, timedOf } from '../../../../webview/views/field/ratesWords';
import { cases } from '../../core/arbitraries';

const said = (lines: readonly string[], input: number): { sentence: string; numbers: string } => {
  const { sentence, numbers } = chainSentence(chainModel({ lines, input }), STRINGS);
  return { sentence: plainText(sentence), numbers: plainText(numbers) };
};

/** An encoder of strides 2, 2 and 4, and its decoder. */
const decoder = ['conv k4 s2 p1', 'conv k4 s2 p1', 'conv k4 s4', 'tconv k4 s4', 'tconv k4 s4'];

describe('the view of fields', () => {
  it('says where an element is lost, what it is worth, and which sizes lose none', () => {
    assert.deepEqual(said(decoder, 100), {
      sentence: '100 go in, 96 come out: 1 left over at stage 3, worth 4 of the input.',
      numbers: '100 → 50 → 25 → 6 → 24 → 96; 1 left over at stage 3, worth 4',
    });
    assert.deepEqual(said(decoder, 96), {
      sentence: '96 go in and come back: no place is lost.',
      numbers:
        '96 → 48 → 24 → 6 → 24 → 96; Multiples of 16 come back, from 16 on: every stage that makes smaller divides by its stride.',
    });
  });

  it('draws the skip of a join that does not go, what is missing there, and where that was lost', () => {
    const model = chainModel({ lines: [...decoder.slice(0, 4), 'cat 2', 'tconv k4 s4'], input: 100 });
    const room = { width: 900, height: 500 };
    const { shapes } = chainScene(model, room, undefined, STRINGS);
    const layout = layoutOf(model, room);
    const shape = (key: string) => {
      const found = shapes.find((each) => each.key === key);
      assert.ok(found, key);
      return found;
    };
    const [miss, lost, words] = [shape('miss'), shape('lost 2'), shape('miss words')];
    assert.ok(miss.kind === 'rect' && lost.kind === 'rect' && words.kind === 'text');
    // Place 24 of 25 is not read by stage 3, and the 24 that come out of stage 4 end where it begins.
    assert.ok(Math.abs(miss.x - lost.x) < 1e-9 && Math.abs(miss.width - lost.width) < 1e-9);
    assert.equal(miss.y, layout.tops[4]);
    assert.equal(plainText(words.words), 'the skip brings 25, this has 24');
    const line = shape('join 4');
    assert.ok(line.kind === 'line' && line.dashed === true);
    assert.deepEqual([line.points[0][1], line.points[3][1]], [layout.tops[2] + 10, layout.tops[4] + 10]);
    // Where it goes there is the line with its name, and nothing is missing.
    const sound = chainScene(
      chainModel({ lines: [...decoder.slice(0, 4), 'cat 2'], input: 96 }),
      room,
      undefined,
      STRINGS,
    );
    assert.ok(sound.shapes.some(({ key }) => key === 'join name 4'));
    assert.ok(!sound.shapes.some(({ key }) => key === 'miss'));
  });

  it('draws the way from stage to stage with both of its edges, which alone are seen in high contrast', () => {
    const model = chainModel({ lines: ['tconv k3 s2 p1 op1'], input: 4 });
    const fall = chainScene(model, { width: 900, height: 500 }, { stage: 1, place: 4 }, STRINGS).shapes.find(
      ({ key }) => key === 'fall 0',
    );
    assert.ok(fall?.kind === 'line' && fall.stroke === 'input' && (fall.weight ?? 1) >= 1.5);
    assert.deepEqual(fall.points[0], fall.points.at(-1));
  });

  it('says of each cure what it changes and what comes of it', () => {
    const { cures } = chainModel({ lines: [...decoder.slice(0, 4), 'cat 2', 'tconv k4 s4'], input: 100 });
    assert.deepEqual(
      cures.map((cure) => [cureText(cure, STRINGS), cureNote(cure, STRINGS)]),
      [
        [
          'stage 3: padding 2, stage 4: padding 2, stage 4: output padding 1',
          '100 → 50 → 25 → 7 → 25 → 25 → 100: everything is read',
        ],
        ['stage 5: crop the skip by 0:1', '100 → 50 → 25 → 6 → 24 → 24 → 96: 1 not read by stage 3'],
        ['stage 4: output padding 1', '100 → 50 → 25 → 6 → 25 → 25 → 100: 1 not read by stage 3'],
      ],
    );
  });

  it('writes what a cure changes into the lines, and leaves the others as they were typed', () => {
    const chain = {
      lines: ['CONV k=3 p=1', 'avgpool k2 ceil', 'tconv k2 s2', 'cat 1', 'conv k3 p1', 'add 4'],
      input: 25,
    };
    const model = chainModel(chain);
    assert.deepEqual(curedLines(chain, model, model.cures[0]), [
      'CONV k=3 p=1',
      'avgpool k2 ceil',
      'tconv k2 s2',
      'crop 0:1',
      'cat 1',
      'conv k3 p1',
      'add 5',
    ]);
    const skip = { lines: [...decoder.slice(0, 4), 'cat from2', 'tconv k4 s4'], input: 100 };
    const cropped = curedLines(skip, chainModel(skip), chainModel(skip).cures[1]);
    assert.deepEqual(cropped, [...decoder.slice(0, 4), 'cat 2 crop0:1', 'tconv k4 s4']);
    assert.equal(chainModel({ lines: cropped, input: 100 }).sizes.stop, undefined);
  });

  it('says which stage does not go, and why', () => {
    const { sentence } = said([...decoder.slice(0, 4), 'cat 2'], 100);
    assert.equal(sentence, 'Stage 5 does not go: 24 here, but 25 after stage 2.');
    assert.match(said(['conv k9'], 4).sentence, /^Stage 1 does not go: 4 places would give -4/);
  });

  it('has the field of a place by stage: of out[40] 22 of the input, of in[70] 16 of the output', () => {
    const model = chainModel({ lines: decoder, input: 100 });
    assert.deepEqual(runsOf(fieldsOf(model, { stage: 5, place: 40 })[0]), [[29, 50]]);
    const after = fieldsOf(model, { stage: 0, place: 70 });
    assert.deepEqual(runsOf(after[5]), [[64, 79]]);
    const tables = chainTables(model, { stage: 5, place: 40 }, STRINGS);
    assert.deepEqual(
      tables[1].rows.map(({ cells }) => cells.map(plainText).join(' ')),
      [
        '64 → 64 4·16 ✓',
        '80 → 80 5·16 ✓',
        '96 → 96 6·16 ✓',
        '100 → 96 6·16 + 4 ✗',
        '112 → 112 7·16 ✓',
        '128 → 128 8·16 ✓',
        '144 → 144 9·16 ✓',
      ],
    );
    assert.match(plainText(tables[1].note ?? []), / 96 … 111 all give 96\.$/);
  });

  it('has nothing to divide by where every size comes back, and says which sizes end alike only where some do', () => {
    const [, ladder] = chainTables(chainModel({ lines: ['conv k3 p1'], input: 8 }), { stage: 1, place: 4 }, STRINGS);
    assert.deepEqual(ladder.rows[0].cells.map(plainText).join('|'), '5|→|5||✓');
    assert.equal(plainText(ladder.note ?? []), 'Every size from 1 on comes back.');
  });

  it('begins with the layer of the document', () => {
    fc.assert(
      fc.property(fc.oneof(cases('conv', true), cases('convTranspose')), ({ plan }) => {
        const { sizes, lines } = chainModel(chainOfPlan(plan));
        assert.ok(lines.every((line) => 'stage' in line));
        assert.deepEqual(sizes.sizes[1], [plan.axes[0].output]);
      }),
      { numRuns: 100, seed: 20261129 },
    );
  });

  it('draws any chain in any room, each shape under a key of its own, and finds the place under the pointer', () => {
    const line = fc.constantFrom(
      'conv k3 s2 p1',
      'tconv k3 s2 p1 op1',
      'maxpool k2',
      'resize x2',
      'cat 0',
      'add 1',
      'cnov',
      'crop 1',
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 8 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 100, max: 1200 }),
        (lines, input, width) => {
          const model = chainModel({ lines, input });
          const room = { width, height: 400 };
          const stage = model.sizes.sizes.length - 1;
          const spot = { stage, place: Math.floor(model.sizes.sizes[stage][0] / 2) };
          const { shapes } = chainScene(model, room, spot, STRINGS);
          assert.equal(new Set(shapes.map(({ key }) => key)).size, shapes.length);
          const bar = shapes.find(({ key }) => key === 'bar 0');
          assert.ok(bar?.kind === 'rect');
          const found = spotAt(model, layoutOf(model, room), bar.x + bar.width / 2, bar.y + bar.height / 2);
          assert.deepEqual(found, { stage: 0, place: Math.floor(input / 2) });
        },
      ),
      { numRuns: 200, seed: 20261129 },
    );
  });
});

describe('a chain along time', () => {
  const timed = (lines: readonly string[], input: number, rate?: number) => {
    const chain = { lines, input, rate };
    return timedOf(chainModel(chain), chain);
  };

  it('explains 16000 → 15992: 8 samples, half a millisecond, that padding crops', () => {
    const vocoder = timed(['conv k16 s8 p4', 'tconv k16 s8 p8'], 16_000);
    const { sentence, numbers } = ratesSentence(vocoder, STRINGS);
    assert.equal(plainText(sentence), '16000 samples go in, 15992 come out: 8 too few, 0.5 ms.');
    assert.equal(
      plainText(numbers),
      '16000 → 2000 → 15992; stage 2: i·s + (K − s) + op − 2p = 2000·8 + 8 + 0 − 16 = 15992, not 16000',
    );
    const [why, stages] = ratesTables(vocoder, { stage: 2, place: 8000 }, STRINGS);
    assert.equal(why.title, 'Why 15992 and not 16000');
    assert.deepEqual(
      stages.rows.map(({ cells }) => cells.map(plainText).join(' ')),
      ['Input 16000 1 16000 1000', 'stage 1 2000 8 2000 1000', 'stage 2 15992 1 16000 999.5'],
    );
    assert.deepEqual(rateLines(vocoder, STRINGS), ['hop 1, 16000 Hz', 'hop 8, 2000 Hz', 'hop 1, 16000 Hz']);
    const mended = timed(['conv k16 s8 p4', 'tconv k16 s8 p4'], 16_000);
    assert.equal(
      plainText(ratesSentence(mended, STRINGS).sentence),
      '16000 samples go in and as many come out: 1000 ms.',
    );
  });

  it('says what it hears ahead, at the rate that was given', () => {
    const tables = ratesTables(timed(['conv k5 p2'], 100, 1000), { stage: 1, place: 50 }, STRINGS);
    const hears = tables.at(-1);
    assert.deepEqual(
      hears?.rows.map(({ cells }) => cells.map(plainText).join(' ')),
      ['input samples 5 5 ms', 'back 2 2 ms', 'ahead 2 2 ms'],
    );
  });
});

describe('fields as areas', () => {
  it('are as wide and as high as the field along each axis', () => {
    const model = chainModel({ lines: ['conv k3×5 p1×2', 'conv k3 s2 p1'], input: 20 });
    const scene = areaScene(model, { stage: 2, place: 5 }, STRINGS);
    const titles = scene?.shapes.flatMap((shape) => (shape.kind === 'text' ? [plainText(shape.words)] : []));
    assert.deepEqual(titles, ['in: 5 × 7 of 20×20', 'out: 1 × 1 of 10×10']);
  });

  it('can be drawn for any chain that goes, each shape under a key of its own', () => {
    for (const lines of [decoder, ['conv k3 d3'], ['tconv k2 s3', 'maxpool k2'], ['conv k3 p1', 'add 0']]) {
      const model = chainModel({ lines, input: 64 });
      model.sizes.sizes.forEach(([size], stage) => {
        const scene = areaScene(model, { stage, place: size - 1 }, STRINGS);
        assert.ok(scene);
        const keys = scene.shapes.map(({ key }) => key);
        assert.equal(new Set(keys).size, keys.length);
      });
    }
  });
});
