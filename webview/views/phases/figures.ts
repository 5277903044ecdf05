import type { SubKernel } from '../../../src/core/derive/subKernels';
import { flatIndex } from '../../../src/core/explain/readout';
import { format } from '../../../src/core/problem';
import type { CellLook, Figure, GridFigure } from '../../drawing/gridFigure';
import type { Motion, Shape } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Focus } from '../../film/film';
import { same, unflat } from '../../film/naming';
import { type At, blockOf, colourOf, inkOf, outputsOfBlock, phaseName, tintOf, type Told } from './told';

/** What is not computed yet. */
const TO_COME = 0.38;

/** A grid that has no place yet. */
export type Unplaced = Omit<GridFigure, 'x' | 'y' | 'cell'>;

/** What all figures of one step need. */
export interface Step {
  readonly told: Told;
  readonly at: At;
  readonly focus: Focus;
  /** The outputs of the block that is on show, and the inputs that they are made of. */
  readonly block: readonly (readonly number[])[];
  readonly inputs: ReadonlySet<string>;
}

export function stepOf(told: Told, at: At, focus: Focus): Step {
  const followed = focus.followed('output');
  const place = at.kind === 'interleave' ? unflat(told.derived.blocks, at.block) : followed && blockOf(told, followed);
  const block = place ? outputsOfBlock(told, place) : [];
  const inputs = block.flatMap((output) => told.derived.productsOf(output).map(({ input }) => input.join()));
  return { told, at, focus, block, inputs: new Set(inputs) };
}

const isMade = ({ at }: Step, { number }: SubKernel): boolean =>
  at.kind === 'interleave' || (at.kind === 'make' && number <= at.phase);
const isCut = ({ at }: Step, { number }: SubKernel): boolean => at.kind !== 'cut' || number <= at.phase;

const tapText = (place: readonly number[]): string => `w${place.join(place.some((at) => at > 9) ? ',' : '')}`;
const sizeOf = (shape: readonly number[]): string => shape.join(' × ');

export function inputFigure({ told, focus, inputs }: Step): Unplaced {
  const shape = told.subject.plan.inputShape.slice(2);
  return {
    key: 'in',
    shape,
    origin: told.subject.inputOrigin,
    tensor: 'input',
    ink: 'input',
    title: wordsOf(`<i>${told.strings.input}</i>  <f>${sizeOf(shape)}</f>`),
    look: (place, flat): CellLook => ({
      value: told.subject.input.data[flat],
      fill: inputs.has(place.join()) || focus.isLit('input', place) ? 'input-strong' : 'input-tint',
      ring: same(focus.followed('input'), place) ? 'input' : undefined,
      heavy: true,
    }),
  };
}

/** The kernel, each tap in the colour of its phase. */
export function kernelFigure({ told, at, focus }: Step): Unplaced {
  const shape = told.subject.plan.weightShape.slice(2);
  const phases = new Map(told.derived.phases.flatMap((phase) => phase.taps.map(({ tap }) => [tap.join(), phase])));
  return {
    key: 'w',
    shape,
    tensor: 'weight',
    ink: 'kernel',
    title: wordsOf(`<k>${told.strings.kernel}</k>  <f>${told.strings.kernelCut}</f>`),
    look(place, flat): CellLook {
      const phase = phases.get(place.join());
      const isNow = at.kind !== 'interleave' && phase?.number === at.phase;
      const isLit = focus.isLit('weight', place);
      return {
        value: told.subject.weight.data[flat],
        below: phase && [run(tapText(place), inkOf(phase))],
        fill: phase && tintOf(phase),
        bold: isNow,
        ring: phase && (isNow || isLit) ? inkOf(phase) : undefined,
        heavy: isNow,
      };
    },
  };
}

/** A phase's own kernel, in the order in which it slides; its taps come from where they were in the kernel. */
export function subKernelFigure(
  step: Step,
  phase: SubKernel,
  from?: { readonly kernel: Figure; readonly at: Figure['at'] },
): Unplaced {
  const { at, focus } = step;
  const comes = at.kind === 'cut' && at.phase === phase.number && from;
  return {
    key: `sub${phase.number}`,
    shape: phase.shape,
    tensor: 'weight',
    placeOf: (place) => phase.taps[flatIndex(phase.shape, place)].tap,
    ink: inkOf(phase),
    title: [],
    look(place, flat): CellLook {
      const { tap, weight } = phase.taps[flat];
      let motion: Motion | undefined;
      if (comes) {
        const [x, y] = comes.at(place);
        const [kernelX, kernelY] = comes.kernel.at(tap);
        motion = { from: [kernelX - x, kernelY - y] };
      }
      return {
        value: weight,
        below: [run(tapText(tap), inkOf(phase))],
        fill: tintOf(phase),
        opacity: isCut(step, phase) ? undefined : TO_COME,
        ring: same(focus.followed('weight'), tap) ? inkOf(phase) : undefined,
        heavy: true,
        motion,
      };
    },
  };
}

/** Where in the output a place of a phase's small output goes. */
const placeInOutput = ({ strides }: Told, { residue }: SubKernel, place: readonly number[]): readonly number[] =>
  place.map((at, axis) => residue[axis] + at * strides[axis]);

export const smallTitle = (told: Told, phase: SubKernel): GridFigure['title'] =>
  wordsOf(`${colourOf(phase, phaseName(told, phase))}  <f>${sizeOf(phase.small.shape.slice(2))}</f>`);

export function smallFigure(step: Step, phase: SubKernel): Unplaced {
  const { told, at, block } = step;
  const isNow = at.kind === 'make' && at.phase === phase.number;
  return {
    key: `small${phase.number}`,
    shape: phase.small.shape.slice(2),
    tensor: 'output',
    placeOf: (place) => placeInOutput(told, phase, place),
    ink: inkOf(phase),
    title: smallTitle(told, phase),
    look(place, flat): CellLook {
      const output = placeInOutput(told, phase, place);
      const isOfBlock = block.some((each) => same(each, output));
      return {
        value: phase.small.data[flat],
        fill: tintOf(phase),
        opacity: isMade(step, phase) ? undefined : TO_COME,
        bold: isOfBlock,
        ring: isOfBlock ? 'ink' : undefined,
        heavy: true,
        motion: isNow ? { appears: 'at once' } : undefined,
      };
    },
  };
}

/** The output; the cells of a block come from the small outputs, those that are on show, in its own step. */
export function outputFigure(
  step: Step,
  small: ReadonlyMap<string, Figure>,
  placed: Figure['at'] | undefined,
): Unplaced {
  const { told, at } = step;
  const { derived, strings, strides } = told;
  const shape = told.subject.plan.outputShape.slice(2);
  const done = (place: readonly number[]): boolean =>
    at.kind === 'interleave' && flatIndex(derived.blocks, blockOf(told, place)) <= at.block;
  return {
    key: 'out',
    shape,
    origin: told.subject.outputOrigin,
    tensor: 'output',
    ink: 'output',
    title: wordsOf(
      `<o>${strings.output}</o>  <f>${sizeOf(shape)}: ${format(strings.interleaved, [derived.phases.length])}</f>`,
    ),
    look(place, flat): CellLook {
      const phase = derived.phaseOf(place);
      const isNow = at.kind === 'interleave' && step.block.some((each) => same(each, place));
      const source = small.get(`small${phase.number}`);
      let motion: Motion | undefined = isNow ? { appears: 'at once' } : undefined;
      if (isNow && source && placed) {
        const [x, y] = placed(place);
        const [fromX, fromY] = source.at(place.map((index, axis) => Math.floor(index / strides[axis])));
        motion = { from: [fromX - x, fromY - y] };
      }
      return {
        value: derived.output.data[flat],
        fill: tintOf(phase),
        opacity: done(place) ? undefined : TO_COME,
        bold: isNow,
        ring: step.block.some((each) => same(each, place)) ? 'ink' : undefined,
        heavy: isNow,
        motion,
      };
    },
  };
}

/** Which cell of a block a phase is, as a small picture; nothing for a volume, or where the block is large. */
export function blockSign({ strides }: Told, phase: SubKernel, x: number, y: number): readonly Shape[] {
  if (strides.length > 2 || strides.some((stride) => stride > 4) || strides.every((stride) => stride === 1)) return [];
  const [rows, columns] = [1, ...strides].slice(-2);
  const side = Math.floor((rows === 1 ? 18 : 14) / Math.max(rows, columns));
  const shapes: Shape[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const isOwn = row === (phase.residue.at(-2) ?? 0) && column === phase.residue.at(-1);
      shapes.push({
        kind: 'rect',
        key: `sign${phase.number}:${row},${column}`,
        x: x + column * side,
        y: y + row * side,
        width: side,
        height: side,
        stroke: 'faint',
        fill: isOwn ? inkOf(phase) : undefined,
      });
    }
  return shapes;
}
