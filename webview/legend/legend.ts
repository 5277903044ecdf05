import { format } from '../../src/core/problem';
import type { Statistics } from '../../src/core/tensor/statistics';
import type { Strings } from '../../src/protocol/strings';
import { make, setHidden, setText } from '../dom';
import { briefNumber } from '../grid/numberText';
import type { GridName } from '../gridName';
import type { Actions, Model, Part } from '../model';
import { GRID_ROLES, roleColour } from '../theme';
import type { Limits } from '../view';
import { axisOf, shareOf, withLimit } from './legendAxis';
import { paintLegend } from './legendPicture';
import { createLimitHandle } from './limitHandle';
import { markTile } from './marks';
import { type Mark, scaleOf } from './scale';
import { statisticsFor } from './statisticsFor';

export interface Legend extends Part {
  /** Under the grid, or upright beside it where height is scarce. */
  stand(where: 'below' | 'beside'): void;
  /** Marks where these values lie. */
  mark(values: readonly number[]): void;
}

/** As a share of the scale: from its ends to a zero that is written between them. */
const AWAY = 0.3;

/** Which colour stands for which value, how the values are distributed, and how many are not finite. */
export function createLegend(name: GridName, title: string, actions: Actions, strings: Strings): Legend {
  const canvas = make('canvas', { class: 'legend-picture', 'aria-hidden': 'true' });
  const track = make('div', { class: 'legend-track' }, canvas);
  const numbers = make('div', { class: 'legend-numbers' });
  const counts = make('div', { class: 'legend-counts' });
  const reset = make(
    'button',
    {
      type: 'button',
      class: 'legend-reset',
      tabindex: '-1',
      title: format(strings.legendResetOf, [title]),
      'aria-label': format(strings.legendResetOf, [title]),
    },
    '↺',
  );
  const [lowText, highText] = [make('span', { class: 'legend-limit' }), make('span', { class: 'legend-limit' })];
  /** Where zero is, between the limits. */
  const zero = make('span', { class: 'legend-zero', hidden: '' }, '0');
  const element = make(
    'div',
    { class: 'legend', role: 'group', 'aria-label': format(strings.legendOf, [title]) },
    track,
    make('div', { class: 'legend-limits' }, lowText, reset, highText, zero),
    numbers,
    counts,
  );
  let model: Model | undefined;
  let axis: Limits = [0, 1];
  let limits: Limits = [0, 1];
  let length = 0;
  let upright = false;
  let lit: readonly number[] = [];
  let seen: readonly unknown[] = [];

  const setLimits = (next: Limits | undefined): void => {
    if (model) actions.look({ limits: { ...model.view.limits, [name]: next } });
  };
  const handle = (end: 0 | 1, template: string) =>
    createLimitHandle(format(template, [title]), end, track, (value) => {
      setLimits(withLimit(axis, limits, end, value));
    });
  const handles = [handle(0, strings.legendLow), handle(1, strings.legendHigh)] as const;
  track.append(handles[0].element, handles[1].element);
  reset.addEventListener('click', () => {
    setLimits(undefined);
  });

  const paint = (): void => {
    if (!model) return;
    const statistics = statisticsFor(model, name);
    const scale = scaleOf(name, model.view, statistics);
    limits = [scale.low, scale.high];
    axis = axisOf(statistics, model.view.diverging, limits);
    const ink = roleColour('faint');
    const mark = roleColour(GRID_ROLES[name]);
    const ratio = window.devicePixelRatio;
    const reads = [statistics, scale.low, scale.high, scale.table, scale.fixed, length, upright, ink, mark, ratio, lit];
    if (reads.length === seen.length && reads.every((each, index) => each === seen[index])) return;
    seen = reads;
    paintLegend(canvas, { length, upright, axis, scale, statistics, lit, ink, mark });
    handles.forEach((each, end) => {
      each.show(axis, limits[end], upright);
    });
    const middle = shareOf(axis, 0);
    setHidden(zero, upright || scale.fixed || middle < AWAY || middle > 1 - AWAY);
    zero.style.insetInlineStart = `${middle * 100}%`;
    setText(lowText, briefNumber(scale.low));
    setText(highText, briefNumber(scale.high));
    element.classList.toggle('fixed', scale.fixed);
    reset.disabled = !scale.fixed;
    setText(
      numbers,
      statistics
        ? format(strings.legendNumbers, [
            briefNumber(statistics.min),
            briefNumber(statistics.mean),
            briefNumber(statistics.max),
          ])
        : '',
    );
    numbers.title = numbers.textContent ?? '';
    showCounts(statistics);
  };

  const showCounts = (statistics: Statistics | undefined): void => {
    const found: readonly (readonly [Mark, string, number])[] = statistics
      ? [
          ['nan', 'NaN', statistics.nan],
          ['positiveInfinity', '+∞', statistics.positiveInfinity],
          ['negativeInfinity', '−∞', statistics.negativeInfinity],
        ]
      : [];
    const present = found.filter(([, , count]) => count > 0);
    setHidden(counts, present.length === 0);
    counts.replaceChildren(
      ...present.map(([mark, text, count]) =>
        make('span', { class: 'legend-count' }, swatch(mark), `${text} × ${count}`),
      ),
    );
  };

  new ResizeObserver(([entry]) => {
    length = Math.floor(upright ? entry.contentRect.height : entry.contentRect.width);
    paint();
  }).observe(track);

  return {
    element,
    stand(where) {
      upright = where === 'beside';
      element.classList.toggle('upright', upright);
    },
    mark(values) {
      if (values.length !== lit.length || values.some((value, at) => !Object.is(value, lit[at]))) lit = values;
    },
    update(next) {
      model = next;
      // Where three channels are shown as colour, there is no scale to explain.
      setHidden(element, next.view.rgb[name] !== undefined);
      paint();
    },
  };
}

/** The mark as it is drawn over cells. */
function swatch(mark: Mark): HTMLCanvasElement {
  const canvas = make('canvas', { class: 'legend-swatch', 'aria-hidden': 'true' });
  canvas.width = 16;
  canvas.height = 16;
  const context = canvas.getContext('2d');
  const pattern = context?.createPattern(markTile(mark), 'repeat');
  if (context && pattern) {
    context.fillStyle = '#888';
    context.fillRect(0, 0, 16, 16);
    context.fillStyle = pattern;
    context.fillRect(0, 0, 16, 16);
  }
  return canvas;
}
