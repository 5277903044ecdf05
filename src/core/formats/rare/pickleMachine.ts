import { damaged } from '../format';
import { partOf } from '../source';
import type { Cursor } from './cursor';
import { takeJoblib } from './numpyPickle';
import { isKind, type Pickled, type PickledBytes } from './pickle';

/** Some thousand times as many as the largest checkpoints take; each may leave a value in memory. */
const MOST_STEPS = 5_000_000;

const MARK = Symbol('mark');
type Slot = Pickled | typeof MARK;

/** What the opcodes work on. */
class Machine {
  readonly stack: Slot[] = [];
  readonly memo = new Map<number, Pickled>();
  constructor(readonly cursor: Cursor) {}

  wrong(): Error {
    return damaged('pickle', 'The pickle is damaged at byte {0}.', this.cursor.at);
  }
  push(value: Slot): void {
    this.stack.push(value);
  }
  pop(): Pickled {
    const value = this.stack.pop();
    if (value === undefined || value === MARK) throw this.wrong();
    return value;
  }
  top(): Pickled {
    const value = this.pop();
    this.push(value);
    return value;
  }
  popMark(): Pickled[] {
    const at = this.stack.lastIndexOf(MARK);
    if (at < 0) throw this.wrong();
    const items = this.stack.slice(at + 1) as Pickled[];
    this.stack.length = at;
    return items;
  }
  popText(): string {
    const value = this.pop();
    if (typeof value !== 'string') throw this.wrong();
    return value;
  }
  popArgs(): readonly Pickled[] {
    const args = this.pop();
    if (!isKind(args, 'tuple')) throw this.wrong();
    return args.items;
  }
  bytes(count: number): PickledBytes {
    const { cursor } = this;
    const source = partOf(cursor.source, cursor.at, count);
    cursor.skip(count);
    return { kind: 'bytes', source };
  }
  setItems(flat: readonly Pickled[]): void {
    const into = this.top();
    if (!isKind(into, 'dict', 'made')) throw this.wrong();
    for (let at = 0; at + 1 < flat.length; at += 2) into.pairs.push([flat[at], flat[at + 1]]);
  }
  append(items: readonly Pickled[]): void {
    const into = this.top();
    if (!isKind(into, 'list', 'set', 'made')) throw this.wrong();
    for (const item of items) into.items.push(item);
  }
  remembered(key: number): Pickled {
    const value = this.memo.get(key);
    if (value === undefined) throw this.wrong();
    return value;
  }
  /** A name of two lines. */
  global(): Pickled {
    return { kind: 'global', name: `${this.cursor.line()}.${this.cursor.line()}` };
  }
}

/** A number of two's complement, the low byte first. */
function integerOf(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[at]);
  if (bytes.length > 0 && bytes[bytes.length - 1] & 0x80) value -= 1n << BigInt(8 * bytes.length);
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : value;
}

/** Longer whole numbers are in no checkpoint, and take long to put together. */
const LONGEST_INTEGER = 1024;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A text of Python 2 as `repr` writes it. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:x([\da-f]{2})|(.))/gi, (_, code: string | undefined, letter: string) =>
    code === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(parseInt(code, 16)),
  );

/** A call, noted. */
function made(callee: Pickled | undefined, args: readonly Pickled[]): Pickled {
  return { kind: 'made', by: isKind(callee, 'global') ? callee.name : '', args, items: [], pairs: [] };
}

const tuple = (machine: Machine, length: number): Pickled => ({
  kind: 'tuple',
  items: Array.from({ length }, () => machine.pop()).reverse(),
});

/** Opcodes that push one value (Python's `pickletools`, protocols 0 to 5). */
const PUSHES: Readonly<Record<number, (machine: Machine) => Slot>> = {
  [0x28 /* MARK */]: () => MARK,
  [0x4e /* NONE */]: () => null,
  [0x88 /* NEWTRUE */]: () => true,
  [0x89 /* NEWFALSE */]: () => false,
  [0x32 /* DUP */]: (machine) => machine.top(),
  // Numbers.
  [0x4b /* BININT1 */]: ({ cursor }) => cursor.u8(),
  [0x4d /* BININT2 */]: ({ cursor }) => cursor.u16(),
  [0x4a /* BININT */]: ({ cursor }) => cursor.i32(),
  [0x8a /* LONG1 */]: ({ cursor }) => integerOf(cursor.bytes(cursor.u8())),
  [0x8b /* LONG4 */]: (machine) => {
    const length = machine.cursor.u32();
    if (length > LONGEST_INTEGER) throw machine.wrong();
    return integerOf(machine.cursor.bytes(length));
  },
  // The one number that has its high byte first.
  [0x47 /* BINFLOAT */]: ({ cursor }) => new DataView(cursor.bytes(8).slice().buffer).getFloat64(0),
  [0x49 /* INT */]: ({ cursor }) => {
    const text = cursor.line();
    return text === '01' ? true : text === '00' ? false : Number(text);
  },
  [0x4c /* LONG */]: ({ cursor }) => Number(cursor.line().replace(/L$/, '')),
  [0x46 /* FLOAT */]: ({ cursor }) => Number(cursor.line()),
  // Texts and bytes.
  [0x8c /* SHORT_BINUNICODE */]: ({ cursor }) => cursor.text(cursor.u8()),
  [0x58 /* BINUNICODE */]: ({ cursor }) => cursor.text(cursor.u32()),
  [0x8d /* BINUNICODE8 */]: ({ cursor }) => cursor.text(cursor.u64()),
  [0x56 /* UNICODE */]: ({ cursor }) =>
    cursor.latinLine().replace(/\\u([\da-f]{4})|\\U([\da-f]{8})/gi, (_, short: string, long: string) => {
      const code = parseInt(short || long, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    }),
  [0x53 /* STRING */]: ({ cursor }) => unescaped(cursor.latinLine().replace(/^(['"])(.*)\1$/, '$2')),
  [0x55 /* SHORT_BINSTRING */]: ({ cursor }) => String.fromCharCode(...cursor.bytes(cursor.u8())),
  [0x54 /* BINSTRING */]: (machine) => machine.bytes(machine.cursor.u32()),
  [0x43 /* SHORT_BINBYTES */]: (machine) => machine.bytes(machine.cursor.u8()),
  [0x42 /* BINBYTES */]: (machine) => machine.bytes(machine.cursor.u32()),
  [0x8e /* BINBYTES8 */]: (machine) => machine.bytes(machine.cursor.u64()),
  [0x96 /* BYTEARRAY8 */]: (machine) => machine.bytes(machine.cursor.u64()),
  // Containers.
  [0x5d /* EMPTY_LIST */]: () => ({ kind: 'list', items: [] }),
  [0x7d /* EMPTY_DICT */]: () => ({ kind: 'dict', pairs: [] }),
  [0x29 /* EMPTY_TUPLE */]: () => ({ kind: 'tuple', items: [] }),
  [0x8f /* EMPTY_SET */]: () => ({ kind: 'set', items: [] }),
  [0x91 /* FROZENSET */]: (machine) => ({ kind: 'set', items: machine.popMark() }),
  [0x6c /* LIST */]: (machine) => ({ kind: 'list', items: machine.popMark() }),
  [0x74 /* TUPLE */]: (machine) => ({ kind: 'tuple', items: machine.popMark() }),
  [0x85 /* TUPLE1 */]: (machine) => tuple(machine, 1),
  [0x86 /* TUPLE2 */]: (machine) => tuple(machine, 2),
  [0x87 /* TUPLE3 */]: (machine) => tuple(machine, 3),
  // Names, and calls of what they name.
  [0x63 /* GLOBAL */]: (machine) => machine.global(),
  [0x93 /* STACK_GLOBAL */]: (machine) => {
    const name = machine.popText();
    return { kind: 'global', name: `${machine.popText()}.${name}` };
  },
  [0x52 /* REDUCE */]: (machine) => {
    const args = machine.popArgs();
    return made(machine.pop(), args);
  },
  [0x81 /* NEWOBJ */]: (machine) => {
    const args = machine.popArgs();
    return made(machine.pop(), args);
  },
  [0x92 /* NEWOBJ_EX */]: (machine) => {
    machine.pop();
    const args = machine.popArgs();
    return made(machine.pop(), args);
  },
  [0x69 /* INST */]: (machine) => made(machine.global(), machine.popMark()),
  [0x6f /* OBJ */]: (machine) => {
    const [callee, ...args] = machine.popMark();
    return made(callee, args);
  },
  [0x50 /* PERSID */]: ({ cursor }) => ({ kind: 'persistent', id: cursor.line() }),
  [0x51 /* BINPERSID */]: (machine) => ({ kind: 'persistent', id: machine.pop() }),
  [0x68 /* BINGET */]: (machine) => machine.remembered(machine.cursor.u8()),
  [0x6a /* LONG_BINGET */]: (machine) => machine.remembered(machine.cursor.u32()),
  [0x67 /* GET */]: (machine) => machine.remembered(Number(machine.cursor.line())),
};

/** All other opcodes but STOP. Those of a registry of extensions, or of buffers kept elsewhere, are refused. */
const DOES: Readonly<Record<number, (machine: Machine) => void>> = {
  [0x80 /* PROTO */]: ({ cursor }) => {
    cursor.skip(1);
  },
  [0x95 /* FRAME */]: ({ cursor }) => {
    cursor.skip(8);
  },
  [0x30 /* POP */]: ({ stack }) => {
    stack.pop();
  },
  [0x31 /* POP_MARK */]: (machine) => {
    machine.popMark();
  },
  [0x64 /* DICT */]: (machine) => {
    const flat = machine.popMark();
    machine.push({ kind: 'dict', pairs: [] });
    machine.setItems(flat);
  },
  [0x61 /* APPEND */]: (machine) => {
    const item = machine.pop();
    machine.append([item]);
  },
  [0x65 /* APPENDS */]: (machine) => {
    machine.append(machine.popMark());
  },
  [0x90 /* ADDITEMS */]: (machine) => {
    machine.append(machine.popMark());
  },
  [0x73 /* SETITEM */]: (machine) => {
    const value = machine.pop();
    const key = machine.pop();
    machine.setItems([key, value]);
  },
  [0x75 /* SETITEMS */]: (machine) => {
    machine.setItems(machine.popMark());
  },
  [0x62 /* BUILD */]: (machine) => {
    const state = machine.pop();
    const into = machine.top();
    if (!isKind(into, 'made')) return;
    into.state = state;
    takeJoblib(into, machine.cursor, readPickle);
  },
  [0x94 /* MEMOIZE */]: (machine) => {
    machine.memo.set(machine.memo.size, machine.top());
  },
  [0x71 /* BINPUT */]: (machine) => {
    machine.memo.set(machine.cursor.u8(), machine.top());
  },
  [0x72 /* LONG_BINPUT */]: (machine) => {
    machine.memo.set(machine.cursor.u32(), machine.top());
  },
  [0x70 /* PUT */]: (machine) => {
    machine.memo.set(Number(machine.cursor.line()), machine.top());
  },
  [0x98 /* READONLY_BUFFER */]: () => undefined,
};

const STOP = 0x2e;

/**
 * Reads one pickle where the cursor stands, and leaves the cursor behind it. Nothing is called, imported or made: see
 * `Made`. Throws a ProblemError.
 */
export function readPickle(cursor: Cursor): Pickled {
  const machine = new Machine(cursor);
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const opcode = cursor.u8();
    if (opcode === STOP) return machine.pop();
    if (opcode in PUSHES) machine.push(PUSHES[opcode](machine));
    else if (opcode in DOES) DOES[opcode](machine);
    else throw machine.wrong();
  }
  throw damaged('pickle-long', 'The pickle has more than {0} steps.', MOST_STEPS);
}
