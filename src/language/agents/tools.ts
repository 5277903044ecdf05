import type { Door } from '../../core/door';
import type { Kind } from '../../core/operation';
import { MOST_AXES } from './limits';

/** A tool as agents are told of it: in English, whatever the editor speaks, since a model reads it. */
export interface AgentTool {
  readonly title: string;
  readonly description: string;
  /** JSON Schema of what it is given. The manifest says the same of those that the extension has. */
  readonly inputSchema: {
    readonly type: 'object';
    readonly properties: Readonly<Record<string, object>>;
    readonly required: readonly string[];
    readonly additionalProperties: false;
  };
}

const path = {
  type: 'string',
  description: 'A Python file or notebook: absolute, or from the folder of the workspace.',
};
const line = { type: 'integer', minimum: 1, description: 'A line, counted from 1; in a notebook, of its cell.' };
const cell = { type: 'integer', minimum: 1, description: 'In a notebook: the cell, counted from 1.' };
const sizes = (what: string): object => ({
  type: 'array',
  items: { type: 'integer', minimum: 1 },
  minItems: 1,
  maxItems: MOST_AXES,
  description: `${what}: the size of each spatial axis, in elements; no batch and no channels.`,
});

const schema = (
  properties: Readonly<Record<string, object>>,
  required: readonly string[],
): AgentTool['inputSchema'] => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** What both the command and the extension answer, by the name that the command gives it. */
export const AGENT_TOOLS = {
  shapes_of_file: {
    title: 'Shapes of a Python file',
    description:
      'The shape of the tensor that each line of a Python file leaves, and of what its models take and give, read from the code without running it. PyTorch, Keras, JAX, Flax and Paddle.',
    inputSchema: schema(
      {
        path,
        within: { type: 'string', description: 'Only of this class or function, such as UNet or UNet.forward.' },
      },
      ['path'],
    ),
  },
  why_unknown: {
    title: 'Why shapes are unknown',
    description:
      'What one thing is missing for each tensor of a Python file whose shape is not known, where it is missing, and what to write to supply it.',
    inputSchema: schema({ path }, ['path']),
  },
  explain_convolution: {
    title: 'Explain a convolution',
    description:
      'Everything that is known of the convolutions, transposed convolutions, pools and resizes that are made or applied on a line: parameters, weight, shapes with the formula of every size, receptive field, overlap, problems.',
    inputSchema: schema({ path, line, cell }, ['path', 'line']),
  },
  solve_sizes: {
    title: 'Find convolutions for sizes',
    description:
      'Every convolution or transposed convolution that takes an input of these sizes to an output of those, best first, with reasons.',
    inputSchema: schema(
      {
        input: sizes('Input'),
        output: sizes('Output'),
        kind: { enum: ['conv', 'convTranspose'], description: 'Left out: transposed where the output is larger.' },
        framework: { enum: ['torch', 'keras'], description: 'Whose arguments are told; PyTorch’s when left out.' },
        even: { type: 'boolean', description: 'Only kernels that reach every output equally often: no checkerboard.' },
      },
      ['input', 'output'],
    ),
  },
} as const satisfies Readonly<Record<string, AgentTool>>;

export interface FileAsked {
  readonly path: string;
}

export interface ShapesAsked extends FileAsked {
  readonly within?: string;
}

export interface LineAsked extends FileAsked {
  readonly line: number;
  readonly cell?: number;
}

export interface SolveAsked {
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly kind: Kind;
  readonly framework: 'torch' | 'keras';
  readonly even: boolean;
}

/** Longer texts name nothing; larger sizes fit into no memory. */
const LONGEST = 4_096;
const LARGEST = 2 ** 31 - 1;
const text = (door: Door): string => door.text(LONGEST);
const count = (door: Door): number => door.integer(1, LARGEST);

/** What a model gave, checked. Each throws a `ProblemError` that names the place. */
export const asked = {
  file: (door: Door): FileAsked => ({ path: text(door.at('path')) }),
  shapes: (door: Door): ShapesAsked => ({ path: text(door.at('path')), within: door.optional('within', text) }),
  line: (door: Door): LineAsked => ({
    path: text(door.at('path')),
    line: count(door.at('line')),
    cell: door.optional('cell', count),
  }),
  solve: (door: Door): SolveAsked => {
    const [input, output] = ['input', 'output'].map((side) => door.at(side).items(MOST_AXES).map(count));
    if (output.length !== input.length) throw door.at('output').refuse('a list of {2}', input.length);
    const larger = output.some((size, axis) => size > (input[axis] ?? size));
    const kind = door.optional('kind', (each) => each.oneOf('conv', 'convTranspose'));
    return {
      input,
      output,
      kind: kind ?? (larger ? 'convTranspose' : 'conv'),
      framework: door.optional('framework', (each) => each.oneOf('torch', 'keras')) ?? 'torch',
      even: door.optional('even', (each) => each.boolean()) ?? false,
    };
  },
};
