import type * as vscode from 'vscode';

/** Names and values of a frame's variables whose class is one of a tensor, as the Variables view has them. */
export interface Variable {
  readonly name: string;
  readonly expression: string;
  readonly type: string;
}

const TENSORS = /^(Tensor|Parameter|ndarray|ArrayImpl|EagerTensor)$/;

interface Listed {
  readonly scopes?: readonly { readonly variablesReference?: unknown; readonly expensive?: unknown }[];
  readonly variables?: readonly Readonly<Record<string, unknown>>[];
}

/** The tensors that the first scope of a frame names: those at hand there. None where the debugger does not say. */
export async function frameTensors(session: vscode.DebugSession, frameId: number): Promise<readonly Variable[]> {
  try {
    const { scopes = [] } = (await session.customRequest('scopes', { frameId })) as Listed;
    const variablesReference = scopes[0]?.variablesReference;
    if (typeof variablesReference !== 'number') return [];
    const { variables = [] } = (await session.customRequest('variables', { variablesReference })) as Listed;
    return variables.flatMap(({ name, evaluateName, type }) =>
      typeof name === 'string' && typeof evaluateName === 'string' && typeof type === 'string' && TENSORS.test(type)
        ? [{ name, expression: evaluateName, type }]
        : [],
    );
  } catch {
    return [];
  }
}
