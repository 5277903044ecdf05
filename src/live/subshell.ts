import { Door } from '../core/door';
import { type Connection, Dealer } from './zmtp';
import type { Program } from './reader';
import { textOfReply } from './reply';
import { refusal, refusalOf } from './sentences';

/** Where a kernel listens, and the key with which its messages are signed. */
export interface KernelPorts {
  readonly ip: string;
  readonly shell: number;
  readonly control: number;
  readonly key: string;
}

/** Makes a connection; tells of what arrives there, and of its end. */
export type Connect = (
  ip: string,
  port: number,
  heard: { data(bytes: Uint8Array): void; end(): void },
) => Promise<Connection>;

/** What a kernel says of itself, as JSON: the value of an expression. */
export const PORTS =
  '(lambda json, shell: json.dumps({**json.loads(__import__("ipykernel.connect").connect.get_connection_info()), ' +
  '"features": getattr(shell.kernel, "kernel_info", {}).get("supported_features", [])}))' +
  '(__import__("json"), __import__("IPython").get_ipython())';

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost)$/;

/** Throws a ProblemError for a kernel that has no subshells, or is on another machine. */
export function parsePorts(text: string): KernelPorts {
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch {
    throw refusal('no-subshells');
  }
  const door = new Door(told, '', 'program');
  const features = door
    .at('features')
    .items(64)
    .map(({ value }) => value);
  if (!features.includes('kernel subshells')) throw refusal('no-subshells');
  const ip = door.at('ip').text(100);
  const { value: transport } = door.at('transport');
  const { value: scheme } = door.at('signature_scheme');
  if (transport !== 'tcp' || scheme !== 'hmac-sha256' || !LOOPBACK.test(ip)) throw refusal('kernel-elsewhere');
  const port = (name: string): number => door.at(name).integer(1, 65_535);
  return { ip, shell: port('shell_port'), control: port('control_port'), key: door.at('key').text(1000) };
}

type Fields = Readonly<Record<string, unknown>>;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const DELIMITER = '<IDS|MSG>';
/** Parts of a message behind its signature: header, parent, metadata, content. */
const [HEADER, PARENT, , CONTENT] = [0, 1, 2, 3];

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (each) => each.toString(16).padStart(2, '0')).join('');

/** One of a kernel's sockets: what is asked there, and who waits for which answer. */
class Asking {
  private readonly waiting = new Map<string, { resolve(content: Fields): void; reject(error: Error): void }>();
  private readonly session = crypto.randomUUID();

  private constructor(private readonly key: CryptoKey) {}

  private isEnded = false;
  private dealer!: Dealer;
  private connection!: Connection;

  static async open(connect: Connect, ip: string, port: number, key: string, ended: () => void): Promise<Asking> {
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const asking = new Asking(await crypto.subtle.importKey('raw', encoder.encode(key), hmac, false, ['sign']));
    let early: Uint8Array[] | undefined = [];
    asking.connection = await connect(ip, port, {
      data: (bytes) => {
        if (early) early.push(bytes);
        else asking.dealer.take(bytes);
      },
      end: () => {
        asking.isEnded = true;
        for (const { reject } of asking.waiting.values()) reject(refusal('no-kernel'));
        asking.waiting.clear();
        ended();
      },
    });
    asking.dealer = new Dealer(asking.connection, (parts) => {
      asking.take(parts);
    });
    for (const bytes of early) asking.dealer.take(bytes);
    early = undefined;
    return asking;
  }

  async ask(type: string, content: Fields, subshell?: string): Promise<Fields> {
    const id = crypto.randomUUID();
    const header = {
      msg_id: id,
      msg_type: type,
      session: this.session,
      username: '',
      date: new Date().toISOString(),
      version: '5.3',
      ...(subshell !== undefined && { subshell_id: subshell }),
    };
    const parts = [header, {}, {}, content].map((part) => encoder.encode(JSON.stringify(part)));
    const signed = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    parts.reduce((at, part) => (signed.set(part, at), at + part.length), 0);
    const signature = hex(await crypto.subtle.sign('HMAC', this.key, signed));
    if (this.isEnded) throw refusal('no-kernel');
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.dealer.send([encoder.encode(DELIMITER), encoder.encode(signature), ...parts]);
    });
  }

  end(): void {
    this.connection.end();
  }

  private take(parts: readonly Uint8Array[]): void {
    const texts = parts.map((part) => decoder.decode(part));
    const told = texts.slice(texts.indexOf(DELIMITER) + 2);
    const read = (at: number): Fields => {
      try {
        return fieldsOf(JSON.parse(told[at] ?? ''));
      } catch {
        return {};
      }
    };
    const { msg_type: type } = read(HEADER);
    const { msg_id: id } = read(PARENT);
    if (typeof type !== 'string' || !type.endsWith('_reply') || typeof id !== 'string') return;
    this.waiting.get(id)?.resolve(read(CONTENT));
    this.waiting.delete(id);
  }
}

/**
 * A subshell of a kernel (docs/decisions/0039): another thread of its, which answers while a cell runs. What it answers
 * is of one moment, and a value that the cell is at work on may be half done.
 */
export class Subshell implements Program {
  private constructor(
    private readonly shell: Asking,
    private readonly control: Asking,
    private readonly id: string,
    private readonly state: { isOpen: boolean },
  ) {}

  get isOpen(): boolean {
    return this.state.isOpen;
  }

  static async open(connect: Connect, { ip, shell, control, key }: KernelPorts): Promise<Subshell> {
    const state = { isOpen: true };
    const ended = (): void => {
      state.isOpen = false;
    };
    const asking = await Asking.open(connect, ip, control, key, ended);
    const { subshell_id: id } = await asking.ask('create_subshell_request', {});
    if (typeof id !== 'string') {
      asking.end();
      throw refusal('no-subshells');
    }
    return new Subshell(await Asking.open(connect, ip, shell, key, ended), asking, id, state);
  }

  async evaluate(expression: string): Promise<string> {
    if (!this.isOpen) throw refusal('no-kernel');
    const asked = {
      code: '',
      silent: true,
      store_history: false,
      allow_stdin: false,
      stop_on_error: false,
      user_expressions: { answer: expression },
    };
    const { user_expressions: expressions } = await this.shell.ask('execute_request', asked, this.id);
    const answer = fieldsOf(fieldsOf(expressions).answer);
    if (answer.status !== 'ok') throw refusalOf(String(answer.ename), String(answer.evalue));
    return textOfReply({ type: 'str', result: fieldsOf(answer.data)['text/plain'] });
  }

  /** Removes the subshell, and leaves the kernel. */
  async end(): Promise<void> {
    if (!this.isOpen) return;
    this.state.isOpen = false;
    await this.control.ask('delete_subshell_request', { subshell_id: this.id }).catch(() => undefined);
    this.shell.end();
    this.control.end();
  }
}
