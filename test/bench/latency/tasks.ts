import { fillTensor } from '../../../src/core/state/fills';
import { zeros } from '../../../src/core/tensor/tensor';
import type { Content } from '../../ui/driver/documents';
import type { Inspector } from '../../ui/driver/inspector';

/** Something that a person does again and again, and waits for each time. */
export interface Task {
  readonly name: string;
  /** Rows and columns of the input. */
  readonly size: number;
  /** Measured presses of each side. */
  readonly presses: number;
  /** What the time is to be at most, of that of the other build. */
  readonly goal?: number;
  /** Puts the focus where the presses go. */
  begin(inspector: Inspector): Promise<void>;
  /** Up to and with the key whose time counts. `count` is another one at each press. */
  press(inspector: Inspector, count: number): Promise<void>;
}

/** A picture under a 3 × 3 kernel; nothing in it is 0. */
export function content(size: number): Content {
  const input = zeros('float32', [1, 1, size, size]);
  fillTensor(input, { fill: 'normal', seed: 1, mean: 0, deviation: 1 }, 2);
  const weight = zeros('float32', [1, 1, 3, 3]);
  fillTensor(weight, { fill: 'gaussian', sigma: 1 }, 2);
  return { op: { kind: 'conv', stride: [1, 1], padding: [1, 1], dilation: [1, 1] }, input, weight };
}

/** The box of a parameter; an earlier build has one for each axis, of which the first is for all that are alike. */
const box = ({ frame }: Inspector, parameter: string) =>
  frame.locator(`[data-parameter="${parameter}"] vscode-text-field input`).first();

type Act = Pick<Task, 'begin' | 'press'>;

/** The value is never the one that is there, whichever cell Enter has moved to. */
const value: Act = {
  begin: (inspector) => inspector.grid('input').click(),
  async press({ page }, count) {
    await page.keyboard.type(`${count}.5`);
    await page.keyboard.press('Enter');
  },
};

const kernelCell: Act = {
  begin: (inspector) => inspector.grid('weight').click(),
  async press({ page }, count) {
    await page.keyboard.type(`0.${count}7`);
    await page.keyboard.press('Enter');
  },
};

const stride: Act = {
  begin: (inspector) => box(inspector, 'stride').click(),
  press: ({ page }, count) => page.keyboard.press(count % 2 === 1 ? 'ArrowUp' : 'ArrowDown'),
};

const inputSize = (size: number): Act => ({
  begin: (inspector) => box(inspector, 'spatial').click(),
  async press(inspector, count) {
    await box(inspector, 'spatial').fill(String(size - (count % 2)));
    await inspector.page.keyboard.press('Enter');
  },
});

export const TASKS: readonly Task[] = [
  { name: 'a value', size: 8, presses: 40, ...value },
  { name: 'a value', size: 64, presses: 40, ...value },
  { name: 'a value', size: 512, presses: 40, goal: 0.35, ...value },
  { name: 'a kernel cell', size: 512, presses: 40, goal: 0.35, ...kernelCell },
  { name: 'the stride', size: 512, presses: 40, goal: 0.35, ...stride },
  { name: 'a value', size: 2048, presses: 24, goal: 0.35, ...value },
  { name: 'a kernel cell', size: 2048, presses: 24, goal: 0.35, ...kernelCell },
  { name: 'the stride', size: 2048, presses: 24, goal: 0.35, ...stride },
  { name: 'the size', size: 2048, presses: 24, goal: 0.4, ...inputSize(2048) },
];

/** Opens the photograph of the sample workspace. */
export const PHOTOGRAPH = { name: 'opening the photograph', file: 'start.tconv.json', presses: 12, goal: 0.7 } as const;
