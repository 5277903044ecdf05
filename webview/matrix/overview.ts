import { columnName, inputOfColumn, outputOfRow, rowName } from '../../src/core/matrix/layout';
import { cellName } from '../../src/core/explain/readout';
import { HEAD } from './head';
import { isUnderLens } from './lens';
import type { Scene } from './scene';
import { placed } from './viewport';

/** Room for a name, in CSS pixels each way. */
const SPACING = { across: 76, down: 22 } as const;
/** CSS pixels of a channel's block from which on rows are named within it. */
const LEAST_CHANNEL = 66;

interface Tick {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly className: string;
}

/** 1, 2, 5, 10, 20 …: the first that keeps names apart. */
export function tickStep(scale: number, spacing: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [power, 2 * power, 5 * power]) if (step * scale >= spacing) return step;
  }
}

function* positions(
  origin: number,
  pixels: number,
  scale: number,
  size: number,
  spacing: number,
): Generator<readonly [index: number, pixel: number]> {
  const step = tickStep(scale, spacing);
  for (let index = Math.ceil(origin / step) * step; index < size; index += step) {
    const pixel = (index - origin) * scale;
    if (pixel > pixels - spacing / 2) return;
    yield [index, pixel];
  }
}

/**
 * Names along the edges of a picture that is too small for a name on every cell, and the channels, of which there are
 * fewer.
 */
function* ticksOf(scene: Scene): Generator<Tick> {
  const { plan, batch, viewport, extent } = scene;
  const { column, row, columnScale, rowScale } = placed(viewport);
  for (const [index, pixel] of positions(column, extent.width, columnScale, extent.columns, SPACING.across)) {
    yield {
      text: columnName(plan, index, batch),
      left: HEAD.left + pixel,
      top: HEAD.top - 35,
      className: 'matrix-tick above',
    };
  }
  // Where both would stand in one place, the channels are what is looked for.
  const channelHeight = rowScale * plan.outputArea;
  const besides = plan.outputChannels === 1 || channelHeight >= LEAST_CHANNEL;
  const near = (pixel: number): boolean =>
    plan.outputChannels > 1 && Math.abs(((pixel + row * rowScale + 12) % channelHeight) - 12) < 12;
  for (const [index, pixel] of positions(row, extent.height, rowScale, extent.rows, SPACING.down)) {
    if (!besides || near(pixel) || isUnderLens(scene, index)) continue;
    yield { text: rowName(plan, index, batch), left: 0, top: HEAD.top + pixel, className: 'matrix-tick beside' };
  }
  const channelAxis = plan.batched ? 1 : 0;
  if (plan.inputChannels > 1) {
    for (const [channel, pixel] of positions(
      column / plan.inputArea,
      extent.width,
      columnScale * plan.inputArea,
      plan.inputChannels,
      SPACING.across / 2,
    )) {
      const index = inputOfColumn(plan, channel * plan.inputArea, batch)[channelAxis];
      yield {
        text: cellName('in', [index]),
        left: HEAD.left + pixel,
        top: HEAD.top - 50,
        className: 'matrix-tick above channel',
      };
    }
  }
  if (plan.outputChannels > 1) {
    for (const [channel, pixel] of positions(
      row / plan.outputArea,
      extent.height,
      rowScale * plan.outputArea,
      plan.outputChannels,
      SPACING.down,
    )) {
      const index = outputOfRow(plan, channel * plan.outputArea, batch)[channelAxis];
      yield {
        text: cellName('out', [index]),
        left: 0,
        top: HEAD.top + pixel,
        className: 'matrix-tick beside channel',
      };
    }
  }
}

export interface Overview {
  readonly element: HTMLElement;
  show(scene: Scene | undefined): void;
}

/** The names along the edges while zoomed out. Screen readers hear the active cell instead. */
export function createOverview(): Overview {
  const element = document.createElement('div');
  element.className = 'matrix-ticks';
  element.setAttribute('aria-hidden', 'true');
  const labels: HTMLElement[] = [];
  return {
    element,
    show(scene) {
      const ticks = scene ? [...ticksOf(scene)] : [];
      for (const label of labels.splice(ticks.length)) label.remove();
      ticks.forEach(({ text, left, top, className }, at) => {
        const label = (labels[at] ??= element.appendChild(document.createElement('span')));
        if (label.textContent !== text) label.textContent = text;
        label.className = className;
        label.style.left = `${left}px`;
        label.style.top = `${top}px`;
      });
    },
  };
}
