// One peer process and the questions put to it, one at a time.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Ask } from './peers/serve';

const ANSWER_MS = 60_000;

export class PeerProcess {
  private readonly child: ChildProcess;
  private waiting: { resolve(answer: Record<string, number | boolean>): void; reject(error: Error): void } | undefined;
  private said = '';

  constructor(
    readonly name: string,
    command: string,
    args: readonly string[],
  ) {
    this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stderr?.on('data', (chunk: Buffer) => (this.said = (this.said + chunk.toString()).slice(-2000)));
    this.child.on('exit', () => this.waiting?.reject(new Error(`${name} ended: ${this.said}`)));
    this.child.on('error', (error) => this.waiting?.reject(error));
    if (!this.child.stdout) throw new Error(`${name} has no output.`);
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      // Some peers print as they start.
      if (!line.startsWith('#')) return;
      const answer = JSON.parse(line.slice(1)) as Record<string, number | boolean> & { error?: string };
      if (answer.error === undefined) this.waiting?.resolve(answer);
      else this.waiting?.reject(new Error(`${name}: ${answer.error}`));
    });
  }

  ask(question: Ask): Promise<Record<string, number | boolean>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`${this.name} did not answer ${JSON.stringify(question)}.`));
      }, ANSWER_MS);
      const settle =
        <Value>(done: (value: Value) => void) =>
        (value: Value): void => {
          clearTimeout(timer);
          this.waiting = undefined;
          done(value);
        };
      this.waiting = { resolve: settle(resolve), reject: settle(reject) };
      this.child.stdin?.write(`${JSON.stringify(question)}\n`);
    });
  }

  end(): void {
    this.child.kill();
  }
}
