import { type Checked, Door, check } from '../door';
import { ProblemError, type ProblemField, problem } from '../problem';
import type { AxisValues, Edit, EditBody } from './edits';
import type { FillSpec } from './fills';
import { LONGEST_AXIS } from './document';
import { parseDocument, parsePixelKernels, parseTensor } from './parseDocument';

/** More cells than a 4096×4096 plane has are not edited one by one. */
const MOST_CELLS = 4096 * 4096;
const LONGEST_NAME = 1000;
const MOST_AXES = 5;

function parseFill(door: Door): FillSpec {
  const finite = (name: string): number => door.at(name).finite();
  const seed = (): number => door.at('seed').integer(0, 2 ** 32 - 1);
  const fill = door
    .at('fill')
    .oneOf(
      'constant',
      'uniform',
      'normal',
      'ramp',
      'impulse',
      'checkerboard',
      'gaussian',
      'sobel',
      'bilinear',
      'identity',
    );
  switch (fill) {
    case 'constant': {
      const value = door.at('value');
      if (typeof value.value !== 'number') throw value.refuse('a number');
      return { fill, value: value.value };
    }
    case 'uniform':
      return { fill, seed: seed(), low: finite('low'), high: finite('high') };
    case 'normal':
      return { fill, seed: seed(), mean: finite('mean'), deviation: finite('deviation') };
    case 'ramp':
      return { fill, start: finite('start'), step: finite('step') };
    case 'checkerboard':
      return { fill, even: finite('even'), odd: finite('odd') };
    case 'gaussian': {
      const sigma = door.at('sigma');
      if (sigma.finite() <= 0) throw sigma.refuse('greater than 0');
      return { fill, sigma: sigma.finite() };
    }
    case 'sobel':
      return { fill, axis: door.at('axis').integer(0, 2) };
    case 'impulse':
    case 'bilinear':
    case 'identity':
      return { fill };
    default:
      return fill satisfies never;
  }
}

function parseCells(door: Door): { readonly indices: Uint32Array; readonly values: Float64Array } {
  const indices = door.at('indices').numbers(MOST_CELLS);
  const values = door.at('values').numbers(MOST_CELLS);
  if (values.length !== indices.length)
    throw door.at('values').refuse('{2} numbers, one for each index', indices.length);
  for (let at = 0; at < indices.length; at++) {
    if (!Number.isInteger(indices[at]) || indices[at] < 0 || indices[at] > LONGEST_AXIS) {
      new Door(indices[at], `edit.indices[${at}]`).integer(0, LONGEST_AXIS);
    }
  }
  return { indices: Uint32Array.from(indices), values: Float64Array.from(values) };
}

function parseParameter(door: Door): EditBody {
  const kind = 'setParameter';
  const value = door.at('value');
  const field = door
    .at('field')
    .oneOf('stride', 'padding', 'dilation', 'outputPadding', 'kernel', 'groups', 'paddingMode', 'kind');
  switch (field) {
    case 'groups':
      return { kind, field, value: value.finite() };
    case 'paddingMode':
      return { kind, field, value: value.oneOf('zeros', 'reflect', 'replicate', 'circular') };
    case 'kind':
      return { kind, field, value: value.oneOf('conv', 'convTranspose') };
    case 'stride':
    case 'padding':
    case 'dilation':
    case 'outputPadding':
    case 'kernel': {
      const axis = door.optional('axis', (each) => each.integer(0, 2));
      const side = field === 'padding' ? door.optional('side', (each) => each.oneOf('begin', 'end')) : undefined;
      return { kind, field, axis, side, value: value.finite() };
    }
    default:
      return field satisfies never;
  }
}

/** One number, or two for both sides. */
function parseAxisValue(door: Door): number | readonly [number, number] {
  if (!Array.isArray(door.value)) return door.finite();
  const [begin, end] = door.items(2).map((each) => each.finite());
  return [begin, end];
}

/** Reads a size. One that cannot be a size is told by its name: people type these, who know no paths in messages. */
const sizeOf =
  (field: ProblemField, template: string) =>
  (door: Door): number => {
    const { value } = door;
    const fits = Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= LONGEST_AXIS;
    if (typeof value !== 'number' || fits) return door.integer(1, LONGEST_AXIS);
    throw new ProblemError([problem({ code: 'size-range', field, template, args: [value, LONGEST_AXIS] })]);
  };

const sizes = {
  spatial: sizeOf('input', 'The input size is {0}; it must be a whole number from 1 to {1}.'),
  kernel: sizeOf('weight', 'The kernel size is {0}; it must be a whole number from 1 to {1}.'),
  batch: sizeOf('document', 'The batch is {0}; it must be a whole number from 1 to {1}.'),
  inputChannels: sizeOf('document', 'The number of input channels is {0}; it must be a whole number from 1 to {1}.'),
  outputChannels: sizeOf('document', 'The number of output channels is {0}; it must be a whole number from 1 to {1}.'),
};

const parseAxisValues = (door: Door): AxisValues => ({
  field: door.at('field').oneOf('stride', 'padding', 'dilation', 'outputPadding', 'kernel'),
  values: door.at('values').items(3).map(parseAxisValue),
});

function parseBody(door: Door): EditBody {
  const role = (): 'input' | 'weight' | 'bias' => door.at('tensor').oneOf('input', 'weight', 'bias');
  const size = (name: 'batch' | 'inputChannels' | 'outputChannels'): number | undefined =>
    door.optional(name, sizes[name]);
  const label = (): string | undefined => door.optional('label', (each) => each.text(LONGEST_NAME));
  const kind = door
    .at('kind')
    .oneOf(
      'setCells',
      'growForCells',
      'fill',
      'setParameter',
      'setAxes',
      'setParameters',
      'cure',
      'setRank',
      'resize',
      'replaceTensor',
      'replaceDocument',
      'setBias',
      'setDtype',
      'setPixelKernels',
    );
  switch (kind) {
    case 'setCells':
      return { kind, tensor: role(), ...parseCells(door) };
    case 'growForCells': {
      const tensor = door.at('tensor').oneOf('input', 'weight');
      const spatial = door.at('spatial').items(3);
      return {
        kind,
        tensor,
        spatial: spatial.map(tensor === 'input' ? sizes.spatial : sizes.kernel),
        ...parseCells(door),
      };
    }
    case 'fill': {
      const leading = door.optional('leading', (each) =>
        each.items(MOST_AXES).map((item) => item.integer(0, LONGEST_AXIS)),
      );
      return { kind, tensor: role(), fill: parseFill(door.at('fill')), leading };
    }
    case 'setParameter':
      return parseParameter(door);
    case 'setAxes':
      return { kind, ...parseAxisValues(door) };
    case 'setParameters':
      return { kind, parameters: door.at('parameters').items(5).map(parseAxisValues) };
    case 'cure': {
      const cure = door.at('cure').oneOf('evenKernel', 'icnr', 'resizeConv', 'pixelShuffle', 'transposed', 'bilinear');
      return cure === 'transposed' ? { kind, cure, factor: door.at('factor').integer(2, 64) } : { kind, cure };
    }
    case 'setRank':
      return { kind, rank: door.at('rank').integer(1, 3) };
    case 'resize':
      return {
        kind,
        batch: size('batch'),
        inputChannels: size('inputChannels'),
        outputChannels: size('outputChannels'),
        spatial: door.optional('spatial', (each) => each.items(3).map(sizes.spatial)),
      };
    case 'replaceTensor':
      return { kind, tensor: role(), value: parseTensor(door.at('value')), label: label() };
    case 'replaceDocument':
      return { kind, document: parseDocument(door.at('document')), label: label() };
    case 'setBias':
      return { kind, on: door.at('on').boolean() };
    case 'setDtype':
      return { kind, dtype: door.at('dtype').oneOf('float32', 'float64') };
    case 'setPixelKernels':
      return { kind, kernels: door.optional('kernels', parsePixelKernels) };
    default:
      return kind satisfies never;
  }
}

/**
 * The door for everything the webview sends: an edit that is well formed, or the problems of one that is not. Never
 * throws.
 */
export function parseEdit(message: unknown): Checked<Edit> {
  return check(() => {
    const door = new Door(message, 'edit');
    const group = door.optional('group', (each) => each.text(LONGEST_NAME));
    return { ...parseBody(door), group };
  });
}
