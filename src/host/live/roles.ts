import * as vscode from 'vscode';
import type { TensorRole } from '../../core/state/document';

/** Where a tensor goes: into a new inspector, or into the one that is open; or it is compared with the output there. */
export type Role = 'new' | TensorRole | 'compare';

type Entries<Value> = readonly (readonly [string, Value])[];

const ROLES = 'live.roles';
const INPUTS = 'live.inputs';
const MOST = 200;

/** Which expression goes where, and what enters which layer: chosen once and kept in the workspace. */
export class Roles {
  constructor(private readonly store: vscode.Memento) {}

  of(expression: string): Role | undefined {
    return this.find<Role>(ROLES, expression);
  }

  async remember(expression: string, role: Role): Promise<void> {
    await this.keep(ROLES, expression, role);
  }

  /** `null`: random numbers. */
  inputOf(layer: string): string | null | undefined {
    return this.find<string | null>(INPUTS, layer);
  }

  async rememberInput(layer: string, input: string | null): Promise<void> {
    await this.keep(INPUTS, layer, input);
  }

  private find<Value>(key: string, name: string): Value | undefined {
    return this.store.get<Entries<Value>>(key, []).find(([each]) => each === name)?.[1];
  }

  private async keep<Value>(key: string, name: string, value: Value): Promise<void> {
    const others = this.store.get<Entries<Value>>(key, []).filter(([each]) => each !== name);
    await this.store.update(key, [...others, [name, value]].slice(-MOST));
  }
}

/** Lets the user say what a tensor is; `open` names the inspector that is open. Nothing when they break off. */
export async function chooseRole(expression: string, open: string | undefined): Promise<Role | undefined> {
  if (open === undefined) return 'new';
  const items: (vscode.QuickPickItem & { readonly role: Role })[] = [
    { label: vscode.l10n.t('Input, in a new inspector'), role: 'new' },
    { label: vscode.l10n.t('Input of {0}', open), role: 'input' },
    { label: vscode.l10n.t('Kernel of {0}', open), role: 'weight' },
    { label: vscode.l10n.t('Bias of {0}', open), role: 'bias' },
    { label: vscode.l10n.t('Compare with the output of {0}', open), role: 'compare' },
  ];
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('What is {0}?', expression) }))?.role;
}
