import type * as vscode from 'vscode';
import type { Tuning } from '../engine/kernels';

const KEY = 'tuning';

/**
 * What was found out to be the faster way of computing, between sessions: for one processor and one build of the
 * extension and of V8. With any other of them it is found out anew.
 */
export class KeptTuning {
  constructor(
    private readonly memento: Pick<vscode.Memento, 'get' | 'update'>,
    private readonly build: string,
  ) {}

  known(machine: string): Tuning | undefined {
    const kept = this.memento.get<Partial<Tuning> & { readonly of?: string }>(KEY);
    if (kept?.of !== this.nameOf(machine) || typeof kept.sixRows !== 'boolean') return undefined;
    return { sixRows: kept.sixRows };
  }

  keep(machine: string, { sixRows }: Tuning): void {
    void this.memento.update(KEY, { of: this.nameOf(machine), sixRows });
  }

  private nameOf(machine: string): string {
    return `${this.build}, ${machine}`;
  }
}
