import { given, tuple } from '../explain/copyParts';
import { flatIndex } from '../explain/readout';
import type { Tensor } from '../operation';
import { outputSizes } from '../kernels/positions';
import { inputOfColumn, matrixColumns, matrixRows } from '../matrix/layout';
import type { Plan } from '../plan';
import {
  cellEquation,
  type Expression,
  type Item,
  type Notation,
  matrixGrid,
  nameOf,
  outputAt,
  outputEquations,
  type Quantity,
  shapeOf,
  shownOf,
  sumOfOutput,
  UNCUT,
} from './symbols';

/** What is written out: one output, all outputs of one channel, or the matrix. */
export const WRITTEN_KINDS = ['cell', 'output', 'matrix'] as const;
export type Written = (typeof WRITTEN_KINDS)[number];

/** What a program is made of. */
export interface Code {
  readonly plan: Plan;
  readonly what: Written;
  readonly item: Item;
  /** Place of the one output, along each spatial axis. */
  readonly place: readonly number[];
  readonly bias: boolean;
  /** Values that the program begins with; without them it says which arrays it needs. */
  readonly values?: { readonly input: Tensor; readonly weight: Tensor; readonly bias?: Tensor };
}

type Library = 'numpy' | 'sympy';

/** A program of more products than these is not read by anybody. */
export const MOST_WRITTEN = 3000;

/** How many products or entries a program would have; cheap to know. */
export function sizeOfCode({ plan, what }: Pick<Code, 'plan' | 'what'>): number {
  const products = plan.inputPerGroup * plan.kernelArea;
  if (what === 'cell') return products;
  return what === 'output' ? plan.outputArea * products : matrixRows(plan) * matrixColumns(plan);
}

const sympyName = ({ plan }: Code, notation: Notation, of: Quantity, index: readonly number[]): string => {
  const named = nameOf(plan, notation, of, index);
  return [named.letter, ...named.index].join('_');
};

/** Python's text of an expression. Arrays count from 0 whatever the notation; symbols are named by it. */
function pythonOf(
  expression: Expression | string,
  code: Code,
  name: (of: Quantity, index: readonly number[]) => string,
): string {
  if (typeof expression === 'string') throw new Error('Programs are written whole.');
  const print = (each: Expression | string): string => pythonOf(each, code, name);
  switch (expression.kind) {
    case 'element':
      return name(expression.of, expression.index);
    case 'product':
      return expression.factors.map(print).join('*');
    case 'sum':
      return expression.terms.length === 0 ? '0' : expression.terms.map(print).join(' + ');
    case 'grid':
      return `[\n${expression.rows.map((row) => `    [${row.map(print).join(', ')}],\n`).join('')}]`;
    case 'name':
    case 'equation':
      throw new Error(`There is no Python of a ${expression.kind}.`);
    default:
      return expression satisfies never;
  }
}

const ARRAYS: Readonly<Record<Quantity, string>> = { input: 'x', weight: 'w', bias: 'b', output: 'y' };

const arrayName =
  ({ plan }: Code) =>
  (of: Quantity, index: readonly number[]): string => {
    const shown = shownOf(plan, of, index);
    return shown.length === 0 ? `${ARRAYS[of]}[0]` : `${ARRAYS[of]}[${shown.join(', ')}]`;
  };

/** The right side of each equation. */
const sideOf = (expression: Expression): Expression =>
  expression.kind === 'equation' ? expression.sides[1] : expression;

const tensorsOf = ({ bias }: Code): readonly Exclude<Quantity, 'output'>[] =>
  bias ? ['input', 'weight', 'bias'] : ['input', 'weight'];

/** The shape that an array of a program has: without leading axes of which there is only one. */
const arrayShape = (plan: Plan, of: Quantity): readonly number[] =>
  of === 'bias' ? shapeOf(plan, of) : shownOf(plan, of, shapeOf(plan, of));

function arrays(code: Code): readonly string[] {
  const { plan, values } = code;
  if (!values) return tensorsOf(code).map((of) => `# ${ARRAYS[of]} has the shape ${tuple(arrayShape(plan, of))}`);
  const shaped = (tensor: Tensor, of: Quantity): Tensor => ({ ...tensor, shape: arrayShape(plan, of) });
  const { input, weight, bias } = values;
  return given(
    { input: shaped(input, 'input'), weight: shaped(weight, 'weight'), bias: bias && shaped(bias, 'bias') },
    'numpy',
  );
}

/** All outputs of an item, slice by slice, as nested lists. */
function nested(code: Code, name: (of: Quantity, index: readonly number[]) => string): string {
  const { plan, item, bias } = code;
  if (plan.rank === 1) {
    const terms = Array.from({ length: outputSizes(plan)[0] }, (_, at) =>
      pythonOf(sumOfOutput(plan, outputAt(plan, item, [at]), bias), code, name),
    );
    return `[\n${terms.map((term) => `    ${term},\n`).join('')}]`;
  }
  const slices = outputEquations(plan, item, bias, UNCUT).map((each) => pythonOf(sideOf(each), code, name));
  return plan.rank === 2 ? slices[0] : `[${slices.join(', ')}]`;
}

function numpyOf(code: Code): string {
  const { plan, what, item, bias, place } = code;
  const name = arrayName(code);
  const head = ['import numpy as np', '', ...arrays(code), ''];
  if (what === 'cell') {
    const sum = sideOf(cellEquation(plan, outputAt(plan, item, place), bias));
    return [...head, `y = ${pythonOf(sum, code, name)}`, ...(code.values ? ['print(y)'] : [])].join('\n');
  }
  if (what === 'output')
    return [...head, `y = np.array(${nested(code, name)})`, ...(code.values ? ['print(y)'] : [])].join('\n');
  const matrix = plan.kind === 'conv' ? 'C' : 'C_T';
  const x = plan.batch > 1 ? `x[${item.batch}]` : 'x';
  const shape = shownOf(plan, 'output', plan.outputShape).slice(plan.batch > 1 ? 1 : 0);
  return [
    ...head,
    `${matrix} = np.array(${pythonOf(matrixGrid(plan, UNCUT), code, name)})`,
    `y = ${matrix} @ ${x}.reshape(-1)`,
    ...(bias ? [`y = y + np.repeat(b, ${plan.outputArea})`] : []),
    `y = y.reshape(${shape.join(', ')})`,
    ...(code.values ? ['print(y)'] : []),
  ].join('\n');
}

/** A number as SymPy takes it. */
const sympyNumber = (value: number): string => {
  if (Number.isNaN(value)) return 'sp.nan';
  if (!Number.isFinite(value)) return value > 0 ? 'sp.oo' : '-sp.oo';
  return String(value);
};

function sympyOf(code: Code, notation: Notation): string {
  const { plan, what, item, place, bias, values } = code;
  const used = new Map<string, readonly [Quantity, readonly number[]]>();
  const name = (of: Quantity, index: readonly number[]): string => {
    const text = sympyName(code, notation, of, index);
    used.set(text, [of, index]);
    return text;
  };
  const body: string[] = [];
  if (what === 'cell')
    body.push(`y = sp.sympify(${pythonOf(sideOf(cellEquation(plan, outputAt(plan, item, place), bias)), code, name)})`);
  else if (what === 'output') body.push(`y = sp.${plan.rank === 3 ? 'Array' : 'Matrix'}(${nested(code, name)})`);
  else {
    const matrix = plan.kind === 'conv' ? 'C' : 'C_T';
    const inputs = Array.from({ length: matrixColumns(plan) }, (_, at) =>
      name('input', inputOfColumn(plan, at, item.batch)),
    );
    body.push(
      `${matrix} = sp.Matrix(${pythonOf(matrixGrid(plan, UNCUT), code, name)})`,
      `x = sp.Matrix([${inputs.join(', ')}])`,
      `y = ${matrix} * x`,
    );
    if (bias) {
      const biases = Array.from({ length: matrixRows(plan) }, (_, row) =>
        name('bias', [Math.floor(row / plan.outputArea)]),
      );
      body.push(`y = y + sp.Matrix([${biases.join(', ')}])`);
    }
  }
  const names = [...used.keys()];
  const declared =
    names.length === 0
      ? []
      : names.length === 1
        ? [`${names[0]} = sp.Symbol('${names[0]}')`]
        : [`${names.join(', ')} = sp.symbols('${names.join(' ')}')`];
  const numbers = values && [
    `values = {${[...used].map(([text, [of, index]]) => `${text}: ${sympyNumber(valueAt(plan, values, of, index))}`).join(', ')}}`,
    'print(y)',
    'y = y.subs(values)',
    'print(y)',
  ];
  return ['import sympy as sp', '', ...declared, ...body, ...(numbers ?? ['print(y)'])].join('\n');
}

function valueAt(plan: Plan, values: NonNullable<Code['values']>, of: Quantity, index: readonly number[]): number {
  const tensor = of === 'input' ? values.input : of === 'weight' ? values.weight : values.bias;
  return tensor?.data[flatIndex(shapeOf(plan, of), index)] ?? NaN;
}

/**
 * A program that works the output out from its symbols and prints it: with NumPy's arrays, or with SymPy's symbols,
 * which have the notation's names. Nothing where it would be too long to be read.
 */
export function symbolProgram(library: Library, code: Code, notation: Notation): string | undefined {
  if (sizeOfCode(code) > MOST_WRITTEN) return undefined;
  return library === 'numpy' ? numpyOf(code) : sympyOf(code, notation);
}
