// What a kernel's socket may say, byte by byte, and what it may not.
import assert from 'node:assert/strict';
import { Dealer } from '../../../src/live/zmtp';

/** As ZeroMQ 4.3 sends it: its greeting, and the command that says that it is ready. */
const GREETING = Buffer.alloc(64);
GREETING.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1]);
GREETING.write('NULL', 12, 'latin1');
const READY = Buffer.from(
  '\x04\x29\x05READY\x0bSocket-Type\x00\x00\x00\x06ROUTER\x08Identity\x00\x00\x00\x00',
  'latin1',
);

const text = (part: Uint8Array): string => Buffer.from(part).toString();
const bytes = (...texts: readonly string[]): readonly Uint8Array[] => texts.map((each) => Buffer.from(each));

class Line {
  written = Buffer.alloc(0);
  isEnded = false;
  readonly heard: (readonly string[])[] = [];
  readonly dealer = new Dealer(
    {
      write: (each) => (this.written = Buffer.concat([this.written, each])),
      end: () => (this.isEnded = true),
    },
    (parts) => this.heard.push(parts.map(text)),
  );
}

describe('a socket of ZeroMQ', () => {
  it('begins with a greeting of 64 bytes and says that it is ready, and sends nothing before the other side is', () => {
    const line = new Line();
    line.dealer.send(bytes('a', 'bc'));
    assert.deepEqual([...line.written.subarray(0, 12)], [0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
    assert.equal(line.written.toString('latin1', 64), '\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER');
    line.dealer.take(GREETING);
    const before = line.written.length;
    line.dealer.take(READY);
    assert.equal(line.written.toString('latin1', before), '\x01\x01a\x00\x02bc');
  });

  it('hears messages of several parts, however their bytes come', () => {
    const long = 'x'.repeat(300);
    const head = Buffer.from([3, 0, 0, 0, 0, 0, 0, 1, 44]);
    const all = Buffer.concat([GREETING, READY, head, Buffer.from(`${long}\x00\x02yz`, 'latin1'), Buffer.from([0, 0])]);
    for (const size of [1, 7, all.length]) {
      const line = new Line();
      for (let at = 0; at < all.length; at += size) line.dealer.take(all.subarray(at, at + size));
      assert.deepEqual(line.heard, [[long, 'yz'], ['']], String(size));
      assert.equal(line.isEnded, false);
    }
  });

  it('is ended by what is no such socket, and by a part that nobody has room for', () => {
    const other = new Line();
    other.dealer.take(Buffer.from(`HTTP/1.1 400 Bad Request\r\n${' '.repeat(64)}`));
    assert.ok(other.isEnded);
    const large = new Line();
    large.dealer.take(Buffer.concat([GREETING, READY, Buffer.from([2, 0, 0, 1, 0, 0, 0, 0, 0])]));
    assert.ok(large.isEnded && large.heard.length === 0);
  });
});
