// ZMTP 3.0, the protocol of ZeroMQ's sockets, as far as one that asks and is answered (a DEALER) needs it: without
// security, which Jupyter has in its messages.

/** A connection of bytes, whoever makes it. */
export interface Connection {
  write(bytes: Uint8Array): void;
  end(): void;
}

const MORE = 1;
const LONG = 2;
const COMMAND = 4;

const GREETING = 64;

/** An answer has at most 8 MiB of values, as text within text. */
const MOST_BYTES = 2 ** 25;

const encoder = new TextEncoder();

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function frame(flags: number, body: Uint8Array): Uint8Array {
  if (body.length < 256) return joined([Uint8Array.of(flags, body.length), body]);
  const head = new Uint8Array(9);
  head[0] = flags | LONG;
  new DataView(head.buffer).setBigUint64(1, BigInt(body.length));
  return joined([head, body]);
}

/** What both sides begin with: the version, and that there is no security. */
function greeting(): Uint8Array {
  const bytes = new Uint8Array(GREETING);
  bytes[0] = 0xff;
  bytes.set([0x7f, 3, 0], 9);
  bytes.set(encoder.encode('NULL'), 12);
  return bytes;
}

function property(name: string, value: string): Uint8Array {
  const [key, told] = [encoder.encode(name), encoder.encode(value)];
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, told.length);
  return joined([Uint8Array.of(key.length), key, length, told]);
}

const ready = (): Uint8Array =>
  frame(COMMAND, joined([Uint8Array.of(5), encoder.encode('READY'), property('Socket-Type', 'DEALER')]));

/** A socket that sends messages of several parts, and tells of those that come. */
export class Dealer {
  private received = new Uint8Array(0);
  /** What has come since, put together when there is enough: an answer of megabytes comes in hundreds of pieces. */
  private pieces: Uint8Array[] = [];
  private held = 0;
  private wanted = GREETING;
  private isGreeted = false;
  /** What is sent before the other side is ready, which would take it for a fault; nothing from then on. */
  private early: Uint8Array[] | undefined = [];
  private parts: Uint8Array[] = [];

  constructor(
    private readonly connection: Connection,
    private readonly heard: (parts: readonly Uint8Array[]) => void,
  ) {
    connection.write(joined([greeting(), ready()]));
  }

  send(parts: readonly Uint8Array[]): void {
    const last = parts.length - 1;
    const bytes = joined(parts.map((part, at) => frame(at < last ? MORE : 0, part)));
    if (this.early) this.early.push(bytes);
    else this.connection.write(bytes);
  }

  /** Bytes that have arrived. What is none of the protocol ends the connection. */
  take(bytes: Uint8Array): void {
    this.pieces.push(bytes);
    this.held += bytes.length;
    if (this.held < this.wanted) return;
    this.received = joined([this.received, ...this.pieces.splice(0)]);
    if (!this.isGreeted) {
      if (this.received[0] !== 0xff || this.received[10] < 3) {
        this.connection.end();
        return;
      }
      this.received = this.received.slice(GREETING);
      this.isGreeted = true;
    }
    while (this.takeFrame());
    this.held = this.received.length;
  }

  private takeFrame(): boolean {
    const { received } = this;
    const [flags = 0] = received;
    const head = flags & LONG ? 9 : 2;
    this.wanted = head;
    if (received.length < head) return false;
    const length = flags & LONG ? Number(new DataView(received.buffer).getBigUint64(1)) : received[1];
    if (length > MOST_BYTES) {
      this.connection.end();
      return false;
    }
    this.wanted = head + length;
    if (received.length < head + length) return false;
    const body = received.slice(head, head + length);
    this.received = received.slice(head + length);
    if (flags & COMMAND) {
      // The first command of the other side says that it is ready.
      const early = this.early ?? [];
      this.early = undefined;
      for (const bytes of early) this.connection.write(bytes);
      return true;
    }
    this.parts.push(body);
    if (!(flags & MORE)) this.heard(this.parts.splice(0));
    return true;
  }
}
