import { type MatrixCounts, type Pixels, pixelsOf } from '../../src/core/matrix/density';
import type { Scene } from './scene';
import { placed } from './viewport';

/**
 * Most points at which entries are counted for one picture. Where a picture has more pixels, each of its points covers
 * several of them.
 */
const MOST_POINTS = 200_000;
/** So many are counted in one task: 200,000 took 100 ms of a page that was being typed into. */
const MOST_AT_ONCE = 40_000;
/** In ms: what is only passing need not be fine. */
const REST = 250;

/**
 * Opacity of the faintest pixel that has an entry, so that a single entry among millions of cells can still be seen.
 */
const FAINTEST = 0.25;

/** What the darkest point of a picture stands for. */
export interface Darkest {
  readonly entries: number;
  readonly cells: number;
}

export interface DensityPicture {
  readonly picture: HTMLCanvasElement | undefined;
  /** The side in CSS pixels of what each of its points covers. */
  readonly block: number;
  readonly darkest: Darkest;
}

export interface Densities {
  /** As opacities of one colour. `part`: a picture is made finer until another one of its part is asked for. */
  of(part: 'whole' | 'lit', scene: Scene, counts: MatrixCounts, colour: string, pixelRatio: number): DensityPicture;
}

interface Points {
  readonly rows: Pixels;
  readonly columns: Pixels;
  readonly block: number;
}

/** So many points at most, over the body. */
function pointsOf({ extent, viewport, window }: Scene, pixelRatio: number, most: number): Points {
  const { column, row, columnScale, rowScale } = placed(viewport);
  const across = Math.min(extent.width * pixelRatio, window.right - window.left);
  const down = Math.min(extent.height * pixelRatio, window.bottom - window.top);
  const block = Math.max(1, Math.ceil(Math.sqrt((across * down) / most))) / pixelRatio;
  const width = Math.ceil(extent.width / block);
  const height = Math.ceil(extent.height / block);
  return {
    rows: pixelsOf(row, rowScale / block, height, extent.rows),
    columns: pixelsOf(column, columnScale / block, width, extent.columns),
    block,
  };
}

function pictureOf(density: Float64Array, { rows, columns, block }: Points, colour: string): DensityPicture {
  const [width, height] = [columns.from.length, rows.from.length];
  const opacities = new ImageData(width, height);
  let darkest: Darkest = { entries: 0, cells: 1 };
  const shares = new Float64Array(density.length);
  for (let at = 0, y = 0; y < height; y++) {
    const down = rows.to[y] - rows.from[y];
    for (let x = 0; x < width; x++, at++) {
      if (density[at] === 0) continue;
      const cells = down * (columns.to[x] - columns.from[x]);
      shares[at] = density[at] / cells;
      if (shares[at] > darkest.entries / darkest.cells) darkest = { entries: density[at], cells };
    }
  }
  const most = darkest.entries / darkest.cells;
  for (let at = 0; at < shares.length; at++) {
    if (shares[at] > 0) opacities.data[at * 4 + 3] = 255 * (FAINTEST + (1 - FAINTEST) * Math.sqrt(shares[at] / most));
  }
  const picture = document.createElement('canvas');
  const context = picture.getContext('2d');
  if (!context) return { picture: undefined, block, darkest };
  picture.width = width;
  picture.height = height;
  context.putImageData(opacities, 0, 0);
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return { picture, block, darkest };
}

interface Kept {
  readonly reads: readonly unknown[];
  readonly made: DensityPicture;
}

/**
 * Pictures of where entries are: at once so fine as a task allows, and then, piece by piece, as fine as the screen is.
 * `changed` is called when there is a finer one.
 */
export function createDensities(changed: () => void): Densities {
  const known = new WeakMap<MatrixCounts, Kept>();
  const timers = { whole: 0, lit: 0 };

  /** Counts the rows that are left, some in each task. */
  const refine = (part: 'whole' | 'lit', counts: MatrixCounts, reads: Kept['reads'], points: Points): void => {
    const { rows, columns } = points;
    const width = columns.from.length;
    const density = new Float64Array(rows.from.length * width);
    const band = Math.max(1, Math.floor(MOST_AT_ONCE / Math.max(1, width)));
    const colour = String(reads.at(-1));
    const step = (first: number): void => {
      if (first < rows.from.length) {
        const some = { from: rows.from.slice(first, first + band), to: rows.to.slice(first, first + band) };
        density.set(counts.density(some, columns).counts, first * width);
        timers[part] = window.setTimeout(step, 0, first + band);
        return;
      }
      known.set(counts, { reads, made: pictureOf(density, points, colour) });
      changed();
    };
    timers[part] = window.setTimeout(step, REST, 0);
  };

  return {
    of(part, scene, counts, colour, pixelRatio) {
      const { rows, columns, width, height } = scene.extent;
      const { row, column, rowScale, columnScale } = scene.viewport;
      // It follows from the plan and the view alone: an edit of values leaves it as it is.
      const reads = [rows, columns, width, height, row, column, rowScale, columnScale, pixelRatio, colour];
      const before = known.get(counts);
      if (before && reads.every((each, at) => each === before.reads[at])) return before.made;
      clearTimeout(timers[part]);
      const points = pointsOf(scene, pixelRatio, MOST_AT_ONCE);
      const made = pictureOf(counts.density(points.rows, points.columns).counts, points, colour);
      known.set(counts, { reads, made });
      const fine = pointsOf(scene, pixelRatio, MOST_POINTS);
      if (fine.block < points.block) refine(part, counts, reads, fine);
      return made;
    },
  };
}
