// A debugger of Python's, spoken to as VS Code speaks to it: debugpy's own adapter, on the port where a program waits.
import { connect, type Socket } from 'node:net';

interface Message {
  readonly seq: number;
  readonly type: 'request' | 'response' | 'event';
  readonly command?: string;
  readonly event?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: Record<string, unknown>;
  readonly arguments?: Record<string, unknown>;
}

type Body = Record<string, unknown>;

/** One debug session. */
export class Adapter {
  private readonly socket: Socket;
  private readonly pending = new Map<number, (message: Message) => void>();
  private readonly events: Message[] = [];
  private readonly waiting: { readonly name: string; readonly heard: (body: Body) => void }[] = [];
  private received = Buffer.alloc(0);
  private readonly chunks: Buffer[] = [];
  private held = 0;
  private awaited = 0;
  private sent = 0;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('data', (chunk: Buffer) => {
      this.chunks.push(chunk);
      this.held += chunk.length;
      // A message of megabytes comes in hundreds of pieces, which are put together once.
      if (this.held < this.awaited) return;
      this.received = Buffer.concat([this.received, ...this.chunks.splice(0)]);
      this.awaited = 0;
      while (this.readMessage());
      this.held = this.received.length;
    });
  }

  /** The messages that a program's debugger sends by itself, in their order. */
  async event(name: string): Promise<Body> {
    const at = this.events.findIndex(({ event }) => event === name);
    if (at >= 0) return this.events.splice(at, 1)[0].body ?? {};
    return new Promise((heard) => this.waiting.push({ name, heard }));
  }

  async request(command: string, args: Body = {}): Promise<Body> {
    const response = await new Promise<Message>((resolve) => {
      this.pending.set(this.send({ type: 'request', command, arguments: args }), resolve);
    });
    if (response.success !== true) throw new Error(response.message ?? `${command} failed`);
    return response.body ?? {};
  }

  /** Attaches to the program that waits. */
  async attach(): Promise<void> {
    await this.request('initialize', {
      adapterID: 'debugpy',
      clientID: 'vscode',
      pathFormat: 'path',
      linesStartAt1: true,
    });
    const attached = this.request('attach', { justMyCode: false, subProcess: false });
    await this.event('initialized');
    await this.request('configurationDone');
    await attached;
  }

  /** Waits for the next stop: the frame that is on top there, and its thread. */
  async stopped(): Promise<{ readonly frameId: number; readonly threadId: number; readonly line: number }> {
    const { threadId } = await this.event('stopped');
    const { stackFrames } = await this.request('stackTrace', { threadId, startFrame: 0, levels: 1 });
    const [frame] = stackFrames as { id: number; line: number }[];
    return { frameId: frame.id, threadId: Number(threadId), line: frame.line };
  }

  end(): void {
    this.socket.destroy();
  }

  private send(message: Omit<Message, 'seq'>): number {
    const seq = ++this.sent;
    const text = Buffer.from(JSON.stringify({ seq, ...message }));
    // In one piece, as VS Code does: of two the second waits for an acknowledgement of the first.
    this.socket.write(Buffer.concat([Buffer.from(`Content-Length: ${text.length}\r\n\r\n`), text]));
    return seq;
  }

  private readMessage(): boolean {
    const head = this.received.indexOf('\r\n\r\n');
    if (head < 0) return false;
    const length = Number(/Content-Length: (\d+)/.exec(this.received.toString('latin1', 0, head))?.[1]);
    if (this.received.length < head + 4 + length) {
      this.awaited = head + 4 + length;
      return false;
    }
    const message = JSON.parse(this.received.toString('utf8', head + 4, head + 4 + length)) as Message;
    this.received = this.received.subarray(head + 4 + length);
    this.take(message);
    return true;
  }

  private take(message: Message): void {
    if (message.type === 'response') {
      this.pending.get(message.request_seq ?? 0)?.(message);
      this.pending.delete(message.request_seq ?? 0);
    } else if (message.type === 'event') {
      const at = this.waiting.findIndex(({ name }) => name === message.event);
      if (at >= 0) this.waiting.splice(at, 1)[0].heard(message.body ?? {});
      else this.events.push(message);
    }
  }
}
