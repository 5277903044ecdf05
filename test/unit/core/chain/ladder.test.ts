import assert from 'node:assert/strict';
import { type Change, curesOf } from '../../../../src/core/chain/cures';
import { ruleOf, rungOf } from '../../../../src/core/chain/ladder';
import { parseChain, parseStage, stageText } from '../../../../src/core/chain/text';

/** Four halvings and four doublings, as in a U-Net without its joins. */
const unet = parseChain(
  [...Array<string>(4).fill('conv k3 s2 p1'), ...Array<string>(4).fill('tconv k3 s2 p1 op1')].join('\n'),
);

const said = (each: Change): string =>
  `${each.stage} ${each.change} ${'sides' in each ? each.sides.join(':') : each.value}`;

describe('the ladder of legal sizes', () => {
  it('of four halvings is the multiples of 16', () => {
    assert.deepEqual(ruleOf(unet, 0), { modulus: 16, remainders: [0], from: 16 });
    assert.equal(rungOf(unet, 0, 48).returns, true);
    assert.equal(rungOf(unet, 0, 50).output, 64);
  });

  it('names the stage that loses an element, and what it is worth', () => {
    const pooled = parseChain('maxpool k2\nmaxpool k2\ntconv k2 s2\ntconv k2 s2');
    const rung = rungOf(pooled, 0, 30);
    assert.equal(rung.output, 28);
    // 30 → 15 → 7: the second pooling reads 14 of 15, and one of its elements is two of the input.
    assert.deepEqual(rung.losses, [{ stage: 1, elements: 1, worth: 2 }]);
    assert.deepEqual(ruleOf(pooled, 0), { modulus: 4, remainders: [0], from: 4 });
  });

  it('finds the output padding that brings an odd size back', () => {
    const one = parseChain('conv k3 s2 p1 → tconv k3 s2 p1 op1');
    assert.deepEqual(ruleOf(one, 0), { modulus: 2, remainders: [0], from: 2 });
    const cures = curesOf(one, 0, 15);
    assert.deepEqual(cures[0].changes, [{ stage: 1, change: 'outputPadding', value: 0 }]);
    for (const { chain } of cures) assert.ok(rungOf(chain, 0, 15).returns);
  });

  it('calls nothing lost where only padding is left over', () => {
    // Of 100 and one element of padding at either end, windows of three at every second read all but the last padding.
    assert.deepEqual(rungOf(parseChain('conv k3 s2 p1'), 0, 100).losses, []);
    assert.deepEqual(rungOf(parseChain('conv k3 s4 p1'), 0, 100).losses, [{ stage: 0, elements: 2, worth: 2 }]);
  });

  it('finds the pair of stages that lose nothing, where one alone brings the size back without what is lost', () => {
    const chain = parseChain('conv k4 s2 p1 → conv k4 s2 p1 → conv k4 s4 → tconv k4 s4 → cat 2 → tconv k4 s4');
    const cures = curesOf(chain, 0, 100);
    assert.deepEqual(
      cures.map(({ changes, sizes, losses }) => [changes.map(said).join(), sizes.join(), losses.length]),
      [
        ['2 padding 2,3 padding 2,3 outputPadding 1', '100,50,25,7,25,25,100', 0],
        ['4 cropSkip 0:1', '100,50,25,6,24,24,96', 1],
        ['3 outputPadding 1', '100,50,25,6,25,25,100', 1],
      ],
    );
  });

  it('crops every skip of an encoder of poolings and its decoder, and what is joined where that is larger', () => {
    // Sizes by hand; that a cropped skip gives these is PyTorch's, over random chains, in `test/oracle/chains.test.ts`.
    const up = 'tconv k2 s2 → cat 3 → tconv k2 s2 → cat 2 → tconv k2 s2 → cat 1';
    const [crop] = curesOf(parseChain(`conv k3 p1 → maxpool k2 → maxpool k2 → maxpool k2 → ${up}`), 0, 571).slice(-1);
    assert.deepEqual(
      [crop.changes.map(said), crop.sizes],
      [
        ['7 cropSkip 0:1', '9 cropSkip 1:2'],
        [571, 571, 285, 142, 71, 142, 142, 284, 284, 568, 568],
      ],
    );
    assert.deepEqual(
      crop.chain.map(stageText).filter((line) => line.startsWith('cat')),
      ['cat 3', 'cat 2 crop0:1', 'cat 1 crop1:2'],
    );
    // A pooling that rounds up: of 25 places 13, and of those 26 where the skip has 25; stages behind are one further.
    const [before] = curesOf(
      parseChain('conv k3 p1 → maxpool k2 ceil → tconv k2 s2 → cat 1 → conv k3 p1 → add 4'),
      0,
      25,
    );
    assert.deepEqual(
      [before.changes.map(said), before.sizes],
      [['3 cropBefore 0:1'], [25, 25, 13, 26, 25, 25, 25, 25]],
    );
    assert.deepEqual(before.chain.map(stageText).slice(3), ['crop 0:1', 'cat 1', 'conv k3 s1 p1', 'add 5']);
  });

  it('tries so few numbers that nobody waits for them: a stage of each is asked once for each size', () => {
    const chain = parseChain(
      [...Array<string>(6).fill('conv k512 s256'), ...Array<string>(6).fill('tconv k512 s256')].join('\n'),
    );
    let asked = 0;
    const counting = chain.map((stage) =>
      'padding' in stage
        ? {
            ...stage,
            get padding() {
              asked++;
              return stage.padding;
            },
          }
        : stage,
    );
    curesOf(counting, 0, 65_535_001);
    assert.ok(asked < 2_000, String(asked));
  });

  it('has no rung where no size comes back, and all where every size does', () => {
    assert.equal(ruleOf(parseChain('conv k2'), 0), undefined);
    assert.deepEqual(ruleOf(parseChain('conv k3 p1'), 0), { modulus: 1, remainders: [0], from: 1 });
  });

  it('of a vocoder whose frames are not centred: 16000 samples come back as 15992', () => {
    const vocoder = parseChain('conv k16 s8 → tconv k16 s8 p4');
    const { output, returns, losses } = rungOf(vocoder, 0, 16_000);
    assert.deepEqual([output, returns, losses], [15_992, false, []]);
    assert.deepEqual(curesOf(vocoder, 0, 16_000)[0].changes, [{ stage: 1, change: 'padding', value: 0 }]);
  });
});

describe('a stage in words', () => {
  for (const line of [
    'conv k3 s2 p1',
    'conv k3×5 s1 p1:0×2 d2',
    'tconv k4 s2 p1 op1',
    'maxpool k2 s2 ceil',
    'resize x2',
    'resize x1.5 bilinear corners',
    'shuffle 2',
    'unshuffle 3',
    'pad 1:0',
    'crop 2',
    'cat 3',
    'cat 3 crop0:1',
    'add 0 crop2',
    'add 0',
  ]) {
    it(`${line} comes back as it was written`, () => {
      assert.equal(stageText(parseStage(line)), line);
    });
  }

  it('takes letters with and without equals signs, and a pooling its kernel as its stride', () => {
    assert.deepEqual(parseStage('CONV k=3, s=2'), parseStage('conv k3 s2'));
    assert.deepEqual(parseStage('maxpool k3'), parseStage('maxpool k3 s3'));
  });

  for (const [line, words] of [
    ['conf k3', /"conf" is no stage/],
    ['conv s2', /needs a kernel/],
    ['conv k0', /k must be a whole number from 1 on/],
    ['conv k3 q1', /"q1" is no part of conv/],
    ['pad 1:2:3', /beginning and an end/],
    ['resize x0', /factor above 0/],
    ['conv k1e9', /no part of conv|whole number/],
  ] as const) {
    it(`${line} is refused with its reason`, () => assert.throws(() => parseStage(line), words));
  }

  it('is refused beyond twelve', () =>
    assert.throws(() => parseChain(Array(13).fill('conv k1').join('\n')), /at most 12/));
});
