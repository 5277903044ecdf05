import { make } from '../dom';
import type { Limits } from '../view';
import { shareOf, valueAt } from './legendAxis';
import { briefNumber } from '../grid/numberText';

/** One end of the colour scale, to be dragged or moved by keys. */
export interface LimitHandle {
  readonly element: HTMLElement;
  show(axis: Limits, value: number, upright: boolean): void;
}

const KEY_STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -0.01,
  ArrowDown: -0.01,
  ArrowRight: 0.01,
  ArrowUp: 0.01,
  PageDown: -0.1,
  PageUp: 0.1,
};

/** `move` gets the wanted value, which may lie beyond the axis: by keys a limit can leave the range of the values. */
export function createLimitHandle(
  label: string,
  end: 0 | 1,
  track: HTMLElement,
  move: (value: number) => void,
): LimitHandle {
  const element = make('div', {
    class: `legend-handle ${end === 0 ? 'low' : 'high'}`,
    role: 'slider',
    // Not a stop of its own: the fields of the colours' menu take the same numbers.
    tabindex: '-1',
    'aria-label': label,
  });
  let axis: Limits = [0, 1];
  /**
   * The axis as it was when the drag began: the drag itself changes the axis, and the pointer must be measured with one
   * that stands still.
   */
  let held: Limits | undefined;
  let current = 0;
  let stands = false;

  const drag = (event: PointerEvent): void => {
    if (!held) return;
    const { left, bottom, width, height } = track.getBoundingClientRect();
    const share = stands ? (bottom - event.clientY) / Math.max(1, height) : (event.clientX - left) / Math.max(1, width);
    move(valueAt(held, Math.min(1, Math.max(0, share))));
  };
  const release = (): void => {
    held = undefined;
  };
  element.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    element.focus();
    element.setPointerCapture(event.pointerId);
    held = axis;
  });
  element.addEventListener('pointermove', drag);
  element.addEventListener('pointerup', release);
  element.addEventListener('pointercancel', release);
  element.addEventListener('keydown', (event) => {
    const step = KEY_STEPS[event.key];
    if (step !== undefined) move(current + step * (axis[1] - axis[0]));
    else if (event.key === 'Home') move(axis[0]);
    else if (event.key === 'End') move(axis[1]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    element,
    show(nextAxis, value, upright) {
      axis = nextAxis;
      current = value;
      stands = upright;
      const share = `${shareOf(axis, value) * 100}%`;
      element.style.left = upright ? '' : share;
      element.style.bottom = upright ? share : '';
      element.setAttribute('aria-orientation', upright ? 'vertical' : 'horizontal');
      element.setAttribute('aria-valuemin', String(axis[0]));
      element.setAttribute('aria-valuemax', String(axis[1]));
      element.setAttribute('aria-valuenow', String(value));
      element.setAttribute('aria-valuetext', briefNumber(value));
    },
  };
}
