import type { Field } from '../../../src/core/chain/field';
import { broughtBy } from '../../../src/core/chain/sizes';
import type { Stage } from '../../../src/core/chain/stage';
import type { Strings } from '../../../src/protocol/strings';
import type { Ink, Scene, Shape } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Room } from '../../film/film';
import { format } from '../../../src/core/problem';
import { type ChainModel, fieldsOf, runsOf, type Spot } from './chainModel';

const LEFT = 150;
/** Lines of joins, and their names. */
const RIGHT = 58;
/** So far apart are lines of joins, of which so many stand beside one another. */
const [APART, ASIDE] = [5, 4];
const TOP = 22;
const BAR = 20;
/** Cells narrower than this are not drawn apart. */
const LEAST_CELL = 5;

/** Where the stages stand: all over the input's own places, so that what is lost is a gap at the end. */
export interface ChainLayout {
  readonly left: number;
  /** Pixels of one place of the longest stage's full width. */
  readonly width: number;
  /** Of the top of each bar. */
  readonly tops: readonly number[];
  readonly height: number;
}

export function layoutOf({ sizes }: ChainModel, room: Room): ChainLayout {
  const count = sizes.sizes.length;
  // Beside the name of a stage stands its size.
  const digits = Math.max(...sizes.sizes.map(([size]) => String(size).length));
  const left = room.width < 520 ? 66 + 8 * Math.max(3, digits) : LEFT;
  const gap = Math.max(34, Math.min(72, (room.height - TOP - BAR - 24) / Math.max(1, count - 1)));
  const tops = Array.from({ length: count }, (_, at) => TOP + at * gap);
  return { left, width: Math.max(120, room.width - left - RIGHT), tops, height: tops[count - 1] + BAR + 28 };
}

/**
 * Left edge of a place, in pixels. A stage's places are as wide as what they stand for in the input; a stage that makes
 * more than the input had ends beyond it, and is drawn to the same scale.
 */
function scaleOf({ sizes, rung }: ChainModel, { left, width }: ChainLayout): (stage: number, place: number) => number {
  const worths = sizes.sizes.map(([size]) => size);
  const input = worths[0];
  // How much of the input one place of a stage is worth: its own share where nothing is lost, so of whole strides.
  const unit = sizes.sizes.map(([size], stage) => {
    const lost = rung.losses.filter((loss) => loss.stage < stage).reduce((all, loss) => all + loss.worth, 0);
    const covered = Math.max(1, input - lost);
    return size > 0 ? covered / size : covered;
  });
  const longest = Math.max(...sizes.sizes.map(([size], stage) => size * unit[stage]), input);
  return (stage, place) => left + (place * unit[stage] * width) / longest;
}

/** The place under the pointer. */
export function spotAt(model: ChainModel, layout: ChainLayout, x: number, y: number): Spot | undefined {
  const stage = layout.tops.findIndex((top) => y >= top - 6 && y <= top + BAR + 6);
  if (stage < 0) return undefined;
  const at = scaleOf(model, layout);
  const [size] = model.sizes.sizes[stage];
  const share = (x - at(stage, 0)) / (at(stage, size) - at(stage, 0));
  return share >= 0 && share < 1 ? { stage, place: Math.floor(share * size) } : undefined;
}

function barShapes(
  model: ChainModel,
  layout: ChainLayout,
  stage: number,
  name: string,
  line: string,
): readonly Shape[] {
  const at = scaleOf(model, layout);
  const [size] = model.sizes.sizes[stage];
  const top = layout.tops[stage];
  const [from, to] = [at(stage, 0), at(stage, size)];
  const ink: Ink = stage === 0 ? 'input' : stage === model.sizes.sizes.length - 1 ? 'output' : 'faint';
  const shapes: Shape[] = [
    { kind: 'text', key: `name ${stage}`, x: 4, y: top + 4, words: [run(name, ink, true)], size: 12 },
    // Where there is no room beside the bar, the editor's line says it alone.
    ...(layout.left < LEFT
      ? []
      : [
          {
            kind: 'text',
            key: `line ${stage}`,
            x: 4,
            y: top + 18,
            words: [run(line, 'faint')],
            size: 10,
            mono: true,
          } as const,
        ]),
    {
      kind: 'text',
      key: `size ${stage}`,
      x: layout.left - 8,
      y: top + BAR / 2,
      words: [run(size, ink, true)],
      size: 13,
      anchor: 'end',
      mono: true,
    },
    { kind: 'rect', key: `bar ${stage}`, x: from, y: top, width: to - from, height: BAR, stroke: ink, weight: 1.5 },
  ];
  if ((to - from) / size >= LEAST_CELL)
    for (let place = 1; place < size; place++) {
      const x = at(stage, place);
      shapes.push({
        kind: 'line',
        key: `cell ${stage} ${place}`,
        points: [
          [x, top],
          [x, top + BAR],
        ],
        stroke: 'line',
        weight: 1,
      });
    }
  return shapes;
}

/** The field over all stages: its places in each, and between two stages the area from one to the other. */
function fieldShapes(model: ChainModel, layout: ChainLayout, fields: readonly Field[], spot: Spot): readonly Shape[] {
  const at = scaleOf(model, layout);
  const shapes: Shape[] = [];
  const spans = fields.map((field, stage) => {
    const runs = runsOf(field);
    const last = runs.at(-1);
    return last && runs.length > 0 ? ([at(stage, runs[0][0]), at(stage, last[1] + 1)] as const) : undefined;
  });
  for (let stage = 0; stage + 1 < spans.length; stage++) {
    const [above, below] = [spans[stage], spans[stage + 1]];
    if (!above || !below) continue;
    shapes.push({
      kind: 'line',
      key: `fall ${stage}`,
      points: [
        [above[0], layout.tops[stage] + BAR],
        [above[1], layout.tops[stage] + BAR],
        [below[1], layout.tops[stage + 1]],
        [below[0], layout.tops[stage + 1]],
        // Both edges are drawn: where an area has no colour, they are all that is seen of it.
        [above[0], layout.tops[stage] + BAR],
      ],
      fill: stage < spot.stage ? 'input-tint' : 'output-tint',
      stroke: stage < spot.stage ? 'input' : 'output',
      weight: 1.5,
    });
  }
  fields.forEach((field, stage) => {
    runsOf(field).forEach(([first, last], index) => {
      const [from, to] = [at(stage, first), at(stage, last + 1)];
      const receptive = stage <= spot.stage;
      shapes.push({
        kind: 'rect',
        key: `run ${stage} ${index}`,
        x: from,
        y: layout.tops[stage],
        width: Math.max(1, to - from),
        height: BAR,
        fill: receptive ? 'input-strong' : 'output-strong',
        stroke: receptive ? 'input' : 'output',
        weight: stage === spot.stage ? 3 : 2,
      });
    });
  });
  return shapes;
}

/** What is lost at a stage: the elements that no window reads, hatched, and said. */
function lossShapes(model: ChainModel, layout: ChainLayout, strings: Strings): readonly Shape[] {
  const at = scaleOf(model, layout);
  return model.rung.losses.flatMap(({ stage, elements }): readonly Shape[] => {
    const [size] = model.sizes.sizes[stage];
    const [from, to] = [at(stage, size - elements), at(stage, size)];
    const y = layout.tops[stage];
    return [
      {
        kind: 'rect',
        key: `lost ${stage}`,
        x: from,
        y,
        width: Math.max(2, to - from),
        height: BAR,
        stroke: 'wrong',
        weight: 2,
        hatched: true,
      },
      {
        kind: 'text',
        key: `lost words ${stage}`,
        x: to,
        y: y + BAR + 10,
        words: wordsOf(`<w>${format(strings.fieldLostHere, [elements, stage + 1])}</w>`),
        size: 11,
        anchor: 'end',
      },
    ];
  });
}

/**
 * Joins as lines at the right, from the stage that is joined to where it is; one that does not go to the bar that it
 * was to be joined with, as the last that there is.
 */
function joinShapes(model: ChainModel, layout: ChainLayout, strings: Strings): readonly Shape[] {
  const x = layout.left + layout.width + 6;
  const stop = model.sizes.stop?.stage;
  return model.chain.flatMap((stage, index): readonly Shape[] => {
    const fails = index === stop;
    const end = fails ? index : index + 1;
    if (stage.kind !== 'join' || end >= layout.tops.length || stage.from >= end) return [];
    const [from, to] = [layout.tops[stage.from] + BAR / 2, layout.tops[end] + BAR / 2];
    const out = x + 10 + APART * (index % ASIDE);
    return [
      {
        kind: 'text',
        key: `join name ${index}`,
        x: x + 10 + APART * ASIDE,
        // Each ends at a height of its own, so that their names do not meet.
        y: to - 10,
        words: [run(strings.fieldSkip, fails ? 'wrong' : 'faint')],
        size: 11,
      },
      {
        kind: 'line',
        key: `join ${index}`,
        points: [
          [x, from],
          [out, from],
          [out, to],
          [x, to],
        ],
        stroke: fails ? 'wrong' : 'faint',
        dashed: fails,
        arrow: true,
      },
      ...(fails ? missShapes(model, layout, stage, strings) : []),
    ];
  });
}

/** Where two stages that are to be joined are not of one size: what the shorter lacks, and where it was lost. */
function missShapes(
  model: ChainModel,
  layout: ChainLayout,
  join: Extract<Stage, { kind: 'join' }>,
  strings: Strings,
): readonly Shape[] {
  const joined = join.from;
  const at = scaleOf(model, layout);
  const last = model.sizes.sizes.length - 1;
  const [[brought], [here]] = [broughtBy(join, model.sizes.sizes[joined]), model.sizes.sizes[last]];
  const [short, long] = brought > here ? [last, joined] : [joined, last];
  const [fewer, more] = [Math.min(brought, here), Math.max(brought, here)];
  const from = at(short, fewer);
  // As many places as the longer has more, drawn as wide as those of the shorter.
  const width = Math.min(at(short, more) - from, layout.left + layout.width + RIGHT - 8 - from);
  const gap = { x: from, y: layout.tops[short], width: Math.max(3, width), height: BAR };
  const middle = (at(long, fewer) + at(long, more)) / 2;
  const isBelow = layout.tops[short] > layout.tops[long];
  return [
    { kind: 'rect', key: 'miss', ...gap, stroke: 'wrong', weight: 1.5, dashed: true },
    {
      kind: 'line',
      key: 'miss line',
      points: [
        [middle, layout.tops[long] + (isBelow ? BAR : 0)],
        [gap.x + gap.width / 2, gap.y + (isBelow ? 0 : BAR)],
      ],
      stroke: 'wrong',
      dashed: true,
      arrow: true,
    },
    {
      kind: 'text',
      key: 'miss words',
      x: at(last, here),
      y: layout.tops[last] + BAR + 10,
      words: wordsOf(`<w>${format(strings.fieldSkipMiss, [brought, here])}</w>`),
      size: 11,
      anchor: 'end',
    },
  ];
}

/**
 * The chain as bars over the input's places, with the fields of a spot. Beside the bars stand the stages' lines, or
 * what is told in their place.
 */
export function chainScene(
  model: ChainModel,
  room: Room,
  spot: Spot | undefined,
  strings: Strings,
  told?: readonly string[],
): Scene {
  const layout = layoutOf(model, room);
  const shown = spot && spot.stage < model.sizes.sizes.length ? spot : undefined;
  const names = [strings.input, ...model.chain.map((_, at) => format(strings.fieldStage, [at + 1]))];
  const lines = told ?? ['', ...model.lines.map(({ text }) => text)];
  const bars = model.sizes.sizes.flatMap((_, stage) => barShapes(model, layout, stage, names[stage], lines[stage]));
  return {
    width: layout.left + layout.width + RIGHT,
    height: layout.height,
    shapes: [
      ...(shown ? fieldShapes(model, layout, fieldsOf(model, shown), shown) : []),
      ...bars,
      ...lossShapes(model, layout, strings),
      ...joinShapes(model, layout, strings),
    ],
  };
}
