import type { Compared } from '../../src/core/tensor/against';
import { format } from '../../src/core/problem';
import type { PlaneBlock } from '../../src/core/tensor/plane';
import type { Strings } from '../../src/protocol/strings';
import { make, setHidden, setText } from '../dom';
import { scalePixels } from '../grid/pixels';
import { indexOf, placeOf, type PlaneView, planeOf, shownShapes } from '../grid/planeOf';
import { planeValues } from '../grid/planeValues';
import { naturalLimits } from '../../src/core/tensor/colourSteps';
import { type ColourScale, scaleOf } from '../legend/scale';
import { colourTable } from '../legend/colourMaps';
import { statisticsFor } from '../legend/statisticsFor';
import type { Actions, Model, Part } from '../model';
import { showNumber } from '../state/readoutWords';
import { slicesTo } from '../state/slices';
import { themeKind } from '../theme';

/** Pixels that the pictures have room for, across and down. */
const MOST_PIXELS = 256;

export interface AgainstPane extends Part {
  /** What is compared, for the pane's header. */
  readonly summary: HTMLElement;
}

interface Figure {
  readonly element: HTMLElement;
  readonly caption: HTMLElement;
  readonly canvas: HTMLCanvasElement;
}

function createFigure(): Figure {
  const caption = make('figcaption');
  const canvas = make('canvas', { role: 'img' });
  return { element: make('figure', {}, caption, canvas), caption, canvas };
}

function paint({ canvas }: Figure, block: PlaneBlock, scale: ColourScale): void {
  const { width, height, colours } = scalePixels(block, scale);
  canvas.width = width;
  canvas.height = height;
  if (width > 0 && height > 0)
    canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(colours.buffer), width, height), 0, 0);
}

/**
 * What a tensor is held against: a picture of that in the colours of the grid, a map of the difference around zero,
 * where the difference is largest, and the three numbers of the cell that is pointed at.
 */
export function createAgainstPane(actions: Actions, strings: Strings): AgainstPane {
  const summary = make('span', { class: 'summary' });
  const go = make('button', { type: 'button', class: 'against-go', title: strings.againstGo });
  const told = make('p', {}, go);
  const [other, difference] = [createFigure(), createFigure()];
  const figures = make('div', { class: 'against-figures' }, other.element, difference.element);
  const cell = make('p', { class: 'against-cell', 'aria-live': 'polite' });
  const waits = make('p', {}, strings.againstWaits);
  const element = make('div', { class: 'against-pane' }, told, figures, cell, waits);
  let model: Model | undefined;
  let shown: { readonly compared: Compared; readonly plane: PlaneView } | undefined;
  let asked = '';
  let theme = themeKind();

  const planeIn = (now: Model): PlaneView | undefined => {
    const { against } = now.edited.head;
    return against && planeOf(against.tensor, shownShapes(now), now.view.slices);
  };

  const show = (): void => {
    const against = model?.edited.head.against;
    setHidden(told, !shown);
    setHidden(figures, !shown);
    setHidden(cell, !shown);
    setHidden(waits, shown !== undefined);
    if (!model || !against || !shown) return;
    const { compared } = shown;
    const { changed, of, largest, at } = compared.change;
    const reach = showNumber(Number(largest.toPrecision(3)));
    setText(
      go,
      changed === 0 ? strings.againstSame : format(strings.againstChange, [changed, of, reach, `[${at.join(', ')}]`]),
    );
    go.disabled = changed === 0;
    const texts = [against.name, format(strings.againstDifference, [reach])] as const;
    [other, difference].forEach(({ caption, canvas }, which) => {
      setText(caption, texts[which]);
      caption.title = texts[which];
      canvas.setAttribute('aria-label', texts[which]);
    });
    paint(other, compared.other, scaleOf(against.tensor, model.view, statisticsFor(model, against.tensor)));
    const finite = Number.isFinite(largest) ? largest : 0;
    const [low, high] = naturalLimits({ min: -finite, max: finite }, true);
    paint(difference, compared.difference, { low, high, table: colourTable('auto', true), fixed: false });
    tellCell();
  };

  /** Of the cell that is pointed at: what it is here, what it is there, and how far apart. */
  const tellCell = (): void => {
    const { link } = model ?? {};
    const against = model?.edited.head.against;
    const place =
      shown && against && link?.cell.tensor === against.tensor ? placeOf(shown.plane, link.cell.index) : undefined;
    const [there, apart] = [shown?.compared.other, shown?.compared.difference].map((block) =>
      place && block && shown ? planeValues(block, shown.plane, undefined).at(place.row, place.column) : undefined,
    );
    const text =
      link && against && there !== undefined && apart !== undefined
        ? format(strings.againstCell, [
            `[${link.cell.index.join(', ')}]`,
            showNumber(there + apart),
            against.name,
            showNumber(there),
            showNumber(apart),
          ])
        : '';
    setText(cell, text);
  };

  const ask = (now: Model): void => {
    const { against } = now.edited.head;
    const plane = planeIn(now);
    // A folded pane asks for nothing.
    if (!against || !plane || element.closest('[hidden]')) return;
    const { leading, cut, rank, extent } = plane;
    const revision = against.tensor === 'output' ? now.computed?.head.revision : now.received?.head.revision;
    const wanted = [against.serial, revision, leading.join(), cut].join(' ');
    if (wanted === asked) return;
    asked = wanted;
    const request = {
      key: 'against',
      tensor: against.tensor,
      leading,
      ...(rank === 3 ? { cut } : {}),
      row: 0,
      column: 0,
      ...extent,
      maxRows: MOST_PIXELS,
      maxColumns: MOST_PIXELS,
    };
    actions.host.compared(request).then(
      (compared) => {
        if (wanted !== asked) return;
        shown = compared && { compared, plane };
        show();
      },
      (error: unknown) => actions.announce(String(error)),
    );
  };

  go.addEventListener('click', () => {
    const against = model?.edited.head.against;
    if (!model || !against || !shown) return;
    const { head } = model.edited;
    const { at } = shown.compared.change;
    actions.look(({ slices }) => ({ slices: slicesTo(slices, against.tensor, at, head) }));
    actions.pin({ tensor: against.tensor, index: at }, true);
  });
  for (const { canvas } of [other, difference]) {
    canvas.addEventListener('pointermove', (event) => {
      const against = model?.edited.head.against;
      if (!against || !shown) return;
      const { plane } = shown;
      const { rows, columns } = plane.extent;
      // The picture lies in the upper left corner of its element, as large as fits.
      const scale = Math.min(canvas.clientWidth / canvas.width, canvas.clientHeight / canvas.height);
      const row = Math.floor((event.offsetY / scale / canvas.height) * rows);
      const column = Math.floor((event.offsetX / scale / canvas.width) * columns);
      if (row < rows && column < columns) actions.point({ tensor: against.tensor, index: indexOf(plane, row, column) });
    });
    canvas.addEventListener('pointerleave', () => actions.point(undefined));
  }

  return {
    element,
    summary,
    update(now) {
      const linkBefore = model?.link;
      const before = model?.edited.head.against?.serial;
      model = now;
      const { against } = now.edited.head;
      setText(summary, against?.name ?? '');
      if (against?.serial !== before) {
        shown = undefined;
        show();
      }
      // In another theme the same values have other colours.
      if (theme !== themeKind()) {
        theme = themeKind();
        show();
      }
      ask(now);
      if (now.link !== linkBefore) tellCell();
    },
  };
}
