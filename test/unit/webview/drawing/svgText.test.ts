// Steps as files: what stands in them, in which colours, and when each step of a moving one is on show.
import assert from 'node:assert/strict';
import { PRINT } from '../../../../webview/drawing/palette';
import { animatedSvg, type Picture, stillSvg } from '../../../../webview/drawing/svgText';
import { plainText } from '../../../../webview/drawing/words';
import { stepsOf } from '../../../../webview/film/film';
import { REFERENCE_KERNEL, subjectFrom } from '../../core/derive/windowed';
import { filmOf, NOTHING, ROOM } from '../views/steps/filmed';

const MS = 1200;
const subject = subjectFrom(
  'convTranspose',
  [
    [2, 3],
    [1, 3],
  ],
  REFERENCE_KERNEL,
  { p: 1 },
);
const film = filmOf('overlapAdd', subject);
const pictures: readonly Picture[] = Array.from({ length: stepsOf(film) }, (_, step) =>
  film.frame(step, ROOM, NOTHING),
);

/** Every element closes the one that was opened last. */
function assertWellFormed(svg: string): void {
  const open: string[] = [];
  for (const [, close, name, alone] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/gi)) {
    if (close) assert.equal(open.pop(), name);
    else if (!alone) open.push(name);
  }
  assert.deepEqual(open, []);
}

/** Whether something is on show at a share of the time, by its key times. */
function isOnShow(keyTimes: string, values: string, time: number): boolean {
  const times = keyTimes.split(';').map(Number);
  const last = times.filter((each) => each <= time).length - 1;
  return values.split(';')[last] === 'visible';
}

describe('a moving picture', () => {
  const svg = animatedSvg(pictures, PRINT, MS);
  const groups = [...svg.matchAll(/<g visibility="(\w+)">\n<animate ([^>]*)\/>/g)].map(([, still, attributes]) => {
    const of = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    return { still, duration: of('dur'), keyTimes: of('keyTimes'), values: of('values') };
  });

  it('has a group for every step, one of which is on show at any time, in their order', () => {
    assertWellFormed(svg);
    assert.ok(pictures.length > 10);
    assert.equal(groups.length, pictures.length);
    for (const step of pictures.keys()) {
      const time = (step + 0.5) / pictures.length;
      const seen = groups.flatMap(({ keyTimes, values }, at) => (isOnShow(keyTimes, values, time) ? [at] : []));
      assert.deepEqual(seen, [step]);
    }
  });

  it('takes as long as its steps together, and where nothing moves shows the last one', () => {
    const seconds = `${(pictures.length * MS) / 1000}s`;
    assert.deepEqual(new Set(groups.map(({ duration }) => duration)), new Set([seconds]));
    assert.deepEqual(
      groups.map(({ still }) => still),
      pictures.map((_, at) => (at === pictures.length - 1 ? 'visible' : 'hidden')),
    );
  });
});

describe('a still on paper', () => {
  it('is white, in the colours for print alone, with both lines of the sentence', () => {
    const known = new Set([...Object.values(PRINT.palette), 'none']);
    for (const picture of pictures) {
      const svg = stillSvg(picture, PRINT);
      assertWellFormed(svg);
      assert.match(svg, /<rect width="\d+" height="\d+" fill="#ffffff"\/>/);
      for (const [, colour] of svg.matchAll(/ (?:fill|stroke)="([^"]+)"/g)) assert.ok(known.has(colour), colour);
      const text = svg.replaceAll(/<[^>]+>/g, '');
      for (const words of [picture.sentence, picture.numbers]) assert.ok(text.includes(plainText(words)));
      assert.ok(!/class=|var\(/.test(svg), 'what a file does not bring along');
    }
  });
});
