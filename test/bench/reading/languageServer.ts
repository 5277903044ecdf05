import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** Lines and UTF-16 code units from 0, as the protocol has them. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length - 1, character: offset - before.lastIndexOf('\n') - 1 };
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

const HEAD = /^Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/;

/** A language server over its standard input and output, as far as an edit and a hover need it. */
export class LanguageServer {
  private readonly server: ChildProcessWithoutNullStreams;
  private readonly waiting = new Map<number | string, (message: Message) => void>();
  private received = Buffer.alloc(0);
  private count = 0;

  constructor(command: string, args: readonly string[]) {
    this.server = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.server.stderr.resume();
    this.server.stdout.on('data', (more: Buffer) => {
      this.received = Buffer.concat([this.received, more]);
      this.takeMessages();
    });
  }

  /** Starts it for a folder. */
  async start(folder: string): Promise<void> {
    const rootUri = pathToFileURL(folder).href;
    const workspaceFolders = [{ uri: rootUri, name: 'bench' }];
    const textDocument = { hover: { contentFormat: ['markdown', 'plaintext'] } };
    await this.ask('initialize', { processId: process.pid, rootUri, workspaceFolders, capabilities: { textDocument } });
    this.tell('initialized', {});
  }

  open(file: string, text: string): void {
    this.tell('textDocument/didOpen', {
      textDocument: { uri: pathToFileURL(file).href, languageId: 'python', version: 1, text },
    });
  }

  /** Says that one character has become another. */
  change(file: string, version: number, at: Place, text: string): void {
    const end = { line: at.line, character: at.character + 1 };
    this.tell('textDocument/didChange', {
      textDocument: { uri: pathToFileURL(file).href, version },
      contentChanges: [{ range: { start: at, end }, text }],
    });
  }

  /** What a hover shows; `null` where it shows nothing. */
  hover(file: string, position: Place): Promise<unknown> {
    return this.ask('textDocument/hover', { textDocument: { uri: pathToFileURL(file).href }, position });
  }

  end(): void {
    this.server.kill();
  }

  private ask(method: string, params: unknown): Promise<unknown> {
    const id = ++this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) => {
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result);
      });
      this.send({ id, method, params });
    });
  }

  private tell(method: string, params: unknown): void {
    this.send({ method, params });
  }

  private send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  private takeMessages(): void {
    for (;;) {
      const head = HEAD.exec(this.received.subarray(0, 200).toString('latin1'));
      if (!head) return;
      const end = head[0].length + Number(head[1]);
      if (this.received.length < end) return;
      const message = JSON.parse(this.received.toString('utf8', head[0].length, end)) as Message;
      this.received = this.received.subarray(end);
      this.take(message);
    }
  }

  private take(message: Message): void {
    const { id, method } = message;
    if (id === undefined) return;
    // What it asks of its client (settings, a progress bar) it gets no more than an answer to.
    if (method !== undefined) this.send({ id, result: null });
    else {
      this.waiting.get(id)?.(message);
      this.waiting.delete(id);
    }
  }
}
