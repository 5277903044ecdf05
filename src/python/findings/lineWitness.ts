import type { Completion, Machine, Witness } from '../model/machine';
import type { Frame } from '../model/frame';
import { rankOfSource, type TensorValue } from '../model/tensor';
import type { FunctionValue, InstanceValue, Value } from '../model/value';
import { namesIn, substitute } from '../sizes/print';
import type { Size } from '../sizes/size';
import type { Call, ClassDefinition, Expression, Statement } from '../syntax/ast';
import type { Chunk } from '../syntax/chunk';
import { type Cause, causeIn, causeOfInput } from './cause';
import type { Findings } from './findings';
import type { FindingsRecorder } from './recorder';

/** A tensor as a line left it. Its shape may become known later, by how it is used: it is taken when the entry ends. */
export interface FoundTensor {
  readonly value: Value;
  shape?: readonly Size[];
  /** Whether it is a tensor, as far as that is known. */
  likely?: boolean;
  causes?: readonly Cause[];
}

/** What a line of code left under a name, or returned. */
export interface FoundLine extends FoundTensor {
  /** As written; `return` for what a function returns. */
  readonly name: string;
  readonly chunk: Chunk;
  readonly start: number;
  readonly end: number;
  /** The function in which it stands, `UNet.forward`. */
  readonly within: string;
  /** Where the statement ends. */
  readonly behind: number;
  /** How good the evidence is: the smaller the better. */
  readonly worth: number;
  /** The calls of the file through which the line was reached, the outermost first. */
  readonly through: readonly Call[];
}

/** A model that was run from outside of any other. */
export interface FoundNetwork {
  readonly definition: ClassDefinition;
  readonly entry: string;
  readonly inputs: readonly (FoundTensor & { readonly name: string })[];
  readonly output: FoundTensor;
  readonly worth: number;
}

/** What is put under this name nobody wants. */
const NOBODY = '_';

/** So many lines of one entry point are kept: a loop over a thousand layers leaves the same in each round. */
const MOST_LINES = 20_000;

/** Kinds of values of which nothing is missing, but of what they are taken from. */
const OF_ANOTHER: ReadonlySet<Value['kind']> = new Set(['builtin', 'method', 'shape']);

export class LineWitness implements Witness {
  /** By the value, or by what all values of one shape share. */
  private readonly causes = new WeakMap<object, Cause>();
  /** The cause of the first unknown part of the expression that is followed now. */
  private part: Cause | undefined;
  private external: string | undefined;
  /** Whether any part of that expression is a tensor: then what it gives most likely is one too. */
  private ofTensors = false;
  private readonly likely = new WeakSet<Value>();
  private node: readonly [Frame, Expression] | undefined;
  /** The calls of the file that are under way. */
  private calls: readonly Call[] = [];

  constructor(private readonly machine: Pick<Machine, 'path' | 'mode'> & { readonly recorder: FindingsRecorder }) {}

  follow(frame: Frame, node: Expression, run: () => Value): Value {
    const { part: outer, node: around, ofTensors: others, calls } = this;
    if (node.kind === 'call' && frame.chunk.path === this.machine.path) this.calls = [...calls, node];
    this.part = undefined;
    this.ofTensors = false;
    this.external = undefined;
    this.node = [frame, node];
    let value: Value | undefined;
    try {
      value = run();
      return value;
    } finally {
      this.node = around;
      this.calls = calls;
      const own = value && this.noted(frame, node, value);
      // A method is known where what it is of is not, and so is a shape whose sizes are not.
      const its = value && OF_ANOTHER.has(value.kind) ? this.part : undefined;
      this.part = outer ?? own ?? its;
      // An attribute of a tensor (`x.device`) is hardly ever one; what a method of it gives is.
      if (value?.kind === 'unknown' && this.ofTensors && node.kind !== 'attribute') this.likely.add(value);
      this.ofTensors ||= others || value?.kind === 'tensor' || (value !== undefined && this.likely.has(value));
    }
  }

  taken(value: Value, tensor: TensorValue): void {
    const known = this.causes.get(value);
    // Whoever gets it under another name, as the input of a model perhaps, has the same cell.
    if (known) for (const each of [tensor, tensor.cell]) if (!this.causes.has(each)) this.causes.set(each, known);
  }

  called(external: string): void {
    this.external = external;
  }

  named(size: string, of?: object): void {
    const { inputKey, cell } = (of ?? {}) as Partial<TensorValue>;
    const found = (of && this.causes.get(of)) ?? (cell && this.causes.get(cell));
    const open = inputKey === undefined ? undefined : { ...causeOfInput(inputKey), ...this.place() };
    const cause = found ?? open ?? this.part ?? (this.node && causeIn(...this.node, { kind: 'none' }, undefined));
    if (cause) this.machine.recorder.findings.causes.set(size, cause);
  }

  /** Where the expression stands that is followed now. */
  private place(): Pick<Cause, 'chunk' | 'start' | 'end'> | undefined {
    if (!this.node) return undefined;
    const [{ chunk }, { start, end }] = this.node;
    return { chunk, start, end };
  }

  ran(frame: Frame, node: Statement, completion: Completion): void {
    const { recorder, path } = this.machine;
    const { findings } = recorder;
    if (frame.chunk.path !== path || !recorder.records || findings.lines.length >= MOST_LINES) return;
    if (node.kind === 'assign' && node.value && completion === 'next')
      for (const target of node.targets) this.bound(frame, target, node.end);
    else if (node.kind === 'update') this.bound(frame, node.target, node.end);
    else if (node.kind === 'return' && node.value && frame.returned)
      this.left(frame, 'return', node.value, frame.returned, node.end);
  }

  applied(instance: InstanceValue, entry: FunctionValue, given: readonly Value[], result: Value): void {
    const { recorder, path, mode } = this.machine;
    const definition = instance.cls.definition as Partial<ClassDefinition>;
    if (instance.cls.chunk?.path !== path || definition.kind !== 'class' || !recorder.records) return;
    const parameters = entry.definition.parameters.slice(1);
    const inputs = given.flatMap((value, index) =>
      isTensor(value) && parameters[index] ? [{ name: parameters[index].name, value }] : [],
    );
    recorder.findings.networks.push({
      definition: definition as ClassDefinition,
      entry: entry.name,
      inputs,
      output: { value: result },
      worth: worthOf(inputs[0]?.value ?? result, mode.synthetic),
    });
  }

  /** Takes the shapes of what an entry point left, now that its uses have told what they can. */
  settle(findings: Findings, told: ReadonlyMap<string, Size>): void {
    const take = (found: FoundTensor): void => {
      const { value } = found;
      const tensor = value.kind === 'unknown' ? value.tensor : value;
      const shape = tensor?.kind === 'tensor' ? tensor.cell.shape : undefined;
      found.shape = shape?.map((size) => substitute(size, told));
      found.likely = this.likely.has(value) || value.kind === 'tensor' || tensor?.kind === 'tensor';
      found.causes = found.shape ? this.causesOf(found.shape, findings) : this.causeOf(value);
    };
    findings.lines.forEach(take);
    for (const { inputs, output } of findings.networks) [...inputs, output].forEach(take);
  }

  private causesOf(shape: readonly Size[], findings: Findings): readonly Cause[] {
    const names = new Set(shape.flatMap((size) => [...namesIn(size)]));
    const found = [...names].flatMap((name) => findings.causes.get(name) ?? []);
    return found.filter((each, index) => found.findIndex((other) => sameCause(each, other)) === index);
  }

  private causeOf(value: Value): readonly Cause[] {
    const known = this.causes.get(keyOf(value)) ?? this.causes.get(value);
    return known ? [known] : [];
  }

  private noted(frame: Frame, node: Expression, value: Value): Cause | undefined {
    if (!isBare(value)) return undefined;
    const key = keyOf(value);
    const known = this.causes.get(key) ?? this.causes.get(value);
    if (known) return known;
    const made = this.part ?? causeIn(frame, node, value, node.kind === 'call' ? this.external : undefined);
    this.causes.set(key, made);
    this.causes.set(value, made);
    return made;
  }

  private bound(frame: Frame, target: Expression, behind: number): void {
    if (target.kind === 'tuple' || target.kind === 'list') {
      for (const item of target.items) this.bound(frame, item, behind);
    } else if (target.kind === 'name' && target.name !== NOBODY) {
      const value = frame.scope.variables.get(target.name);
      if (value) this.left(frame, target.name, target, value, behind);
    }
  }

  private left(frame: Frame, name: string, { start, end }: Expression, value: Value, behind: number): void {
    if (!isTensor(value)) return;
    const { recorder, mode } = this.machine;
    const worth = worthOf(value, mode.synthetic);
    const { func, owner, chunk } = frame;
    const within = [owner?.name, func?.name].filter(Boolean).join('.');
    const through = this.calls;
    recorder.findings.lines.push({ name, chunk, start, end, within, behind, value, worth, through });
  }
}

/** Whether a value is a tensor, or may turn out to be one. */
const isTensor = (value: Value): boolean => value.kind === 'tensor' || (value.kind === 'unknown' && !value.failed);

const isBare = (value: Value): boolean =>
  (value.kind === 'unknown' && !value.failed) || (value.kind === 'tensor' && value.cell.shape === undefined);

const keyOf = (value: Value): object => (value.kind === 'tensor' ? value.cell : value);

const worthOf = (value: Value, synthetic: boolean): number =>
  rankOfSource(value.kind === 'tensor' ? value.source : 'symbolic') + (synthetic ? 10 : 0);

const sameCause = (a: Cause, b: Cause): boolean =>
  a === b || (a.template === b.template && a.args.join('\n') === b.args.join('\n'));
