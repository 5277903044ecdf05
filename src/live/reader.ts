import type { Operation, Tensor } from '../core/operation';
import { elementCount, zeros } from '../core/tensor/tensor';
import { describeBytes } from '../core/tensor/bytes';
import { type Answer, type LayerAnswer, type OtherAnswer, type TensorAnswer, parseAnswer } from './answer';
import { isSameAgain } from './again';
import { type Ask, expressionFor, MOST_BYTES, type Part } from './expression';
import { kernelOf } from './layer';
import { likelyOperation } from './likely';
import { refusal } from './sentences';
import { Turns } from './turns';
import { chunksOf, isWithin, shapeOfWindow, type Window, wholeWindow } from './window';

/** A place in a program where expressions can be evaluated: a frame of a debugger, or a kernel. */
export interface Program {
  /**
   * The value of an expression that is a text. Rejects with a ProblemError where there is none: the expression fails,
   * the program has gone on, the connection is gone.
   */
  evaluate(expression: string): Promise<string>;
}

/** A tensor of a program with the values of a window of it. */
export interface LiveTensor extends Omit<TensorAnswer, 'window' | 'values' | 'plan'> {
  readonly plan: TensorAnswer['plan'];
  readonly window: Window;
  readonly values: Tensor;
}

export interface LiveLayer extends Omit<LayerAnswer, 'weight' | 'bias'> {
  /** For inputs of sizes that are likely; `operationFor` has it for others. */
  readonly op: Operation;
  /** Its values are as PyTorch stores a kernel; its shape and window are the program's. */
  readonly weight: LiveTensor;
  readonly bias?: LiveTensor;
}

export interface ReadOptions {
  readonly window?: Window;
  readonly part?: Part;
  readonly signal?: AbortSignal;
  /** Told after each answer how much of the values is there, from 0 to 1. */
  onProgress?(share: number): void;
}

/** What is read between two steps of a program stays alive in it until it goes on: so much, and no more. */
export const BUDGET = 64 * 2 ** 20;

/** Markers need only differ from what a program may happen to answer. */
const markerOf = (): string => `tconv:${Math.random().toString(36).slice(2)}:`;

/** Reads values of one program, one question at a time, within a budget for each stop. */
export class LiveReader {
  private spent = 0;

  constructor(
    private readonly turns = new Turns(),
    private readonly budget = BUDGET,
  ) {}

  /** The program has gone on: what it kept for us is gone. */
  goneOn(): void {
    this.spent = 0;
  }

  /** What the value of an expression is, with its values. Throws a ProblemError that says why there are none. */
  async read(
    program: Program,
    expression: string,
    options: ReadOptions = {},
  ): Promise<LiveTensor | LiveLayer | OtherAnswer> {
    const { window, part } = options;
    if (window) {
      const described = await this.ask(program, expression, { do: 'describe' }, options);
      // A shape may have become another one, in which the window has no meaning.
      if (described.kind === 'tensor' && isWithin(window, described.shape))
        return this.window(program, expression, { ...described, plan: 'window' }, window, options);
    }
    const answer = await this.ask(program, expression, { do: 'read', part }, options);
    switch (answer.kind) {
      case 'tensor':
        return this.completed(program, expression, answer, options);
      case 'layer': {
        const { bias, stated, ends } = answer;
        const weight = await this.completed(program, `(${expression})${ends.weight}`, answer.weight, options);
        // A kernel in another order of axes is not put in order by parts.
        if (stated.framework !== 'torch' && weight.plan !== 'whole') throw refusal('too-large');
        const values = kernelOf(stated, weight.values);
        return {
          ...answer,
          op: likelyOperation(stated, values.shape),
          weight: { ...weight, values },
          bias: bias && (await this.completed(program, `(${expression})${ends.bias}`, bias, options)),
        };
      }
      case 'other':
        return answer;
      default:
        throw new TypeError(`A value was read, and the answer is of kind "${answer.kind}".`);
    }
  }

  /** The values of a window of a tensor that has been described, in as many answers as it takes. */
  async window(
    program: Program,
    expression: string,
    described: TensorAnswer,
    window: Window,
    options: ReadOptions = {},
  ): Promise<LiveTensor> {
    const shape = shapeOfWindow(window);
    this.allow(elementCount(shape) * described.each);
    const chunks = chunksOf(window, Math.floor(MOST_BYTES / described.each));
    if (chunks.length > 1 && !isSameAgain(expression)) throw refusal('calls', expression, describeBytes(MOST_BYTES));
    const pieces: Tensor[] = [];
    for (const chunk of chunks) {
      const ask: Ask = { do: 'read', window: chunk, part: options.part };
      const answer = await this.ask(program, expression, ask, options);
      if (answer.kind !== 'tensor' || !answer.values || String(answer.shape) !== String(described.shape))
        throw refusal('changed');
      pieces.push(answer.values);
      options.onProgress?.(pieces.length / chunks.length);
    }
    return { ...described, window, values: joined(pieces, shape) };
  }

  /** What a layer makes of a tensor, by its own code in the program. Only ever on a command that says so. */
  async ran(program: Program, layer: string, input: string, options: ReadOptions = {}): Promise<LiveTensor> {
    return this.once(program, `(${layer}), (${input})`, { do: 'run' }, options);
  }

  /** A tensor that comes of a question which cannot be asked twice for the same, and so in one answer. */
  async once(program: Program, expression: string, ask: Ask, options: ReadOptions = {}): Promise<LiveTensor> {
    const answer = await this.ask(program, expression, ask, options);
    if (answer.kind !== 'tensor') throw refusal('no-tensor', expression, answer.kind);
    if (!answer.values || !answer.window || answer.plan !== 'whole') throw refusal('too-large');
    return { ...answer, window: answer.window, values: answer.values };
  }

  /** One question. Throws where more has been read at this stop than there is a budget for. */
  async ask(program: Program, expression: string, ask: Ask, { signal }: ReadOptions = {}): Promise<Answer> {
    this.allow(0);
    const marker = markerOf();
    const question = expressionFor(expression, ask, marker);
    const text = await this.turns.take(expression, () => program.evaluate(question), signal);
    this.spent += text.length;
    const answer = parseAnswer(text, marker);
    if (answer.kind === 'tensor' && ask.do === 'read' && ask.window && String(answer.window) !== String(ask.window))
      throw refusal('changed');
    return answer;
  }

  private allow(more: number): void {
    if (this.spent + more > this.budget) throw refusal('budget', describeBytes(this.budget));
  }

  private async completed(
    program: Program,
    expression: string,
    answer: TensorAnswer,
    options: ReadOptions,
  ): Promise<LiveTensor> {
    const { window, values } = answer;
    if (window && values) return { ...answer, window, values };
    return this.window(program, expression, answer, wholeWindow(answer.shape), options);
  }
}

function joined(pieces: readonly Tensor[], shape: readonly number[]): Tensor {
  const whole = zeros(pieces[0].dtype, shape);
  let at = 0;
  for (const { data } of pieces) {
    whole.data.set(data, at);
    at += data.length;
  }
  return whole;
}
