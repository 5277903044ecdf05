import type { LoadedModule } from '../evaluate/modules';
import { unknown } from '../model/make';
import type { Value } from '../model/value';
import type { Expression, Statement } from '../syntax/ast';

/** What an assignment binds, where that is a name. */
export const nameOf = (target: Expression): string[] => (target.kind === 'name' ? [target.name] : []);

/** The values that a top-level assignment has left in its module, by the names of its targets; '' for no name. */
export function leftBy(statement: Statement, module: LoadedModule): [string, Value][] {
  const targets = statement.kind === 'assign' ? statement.targets : [];
  return targets.flatMap((target): [string, Value][] => {
    const name = target.kind === 'name' ? target.name : '';
    return [[name, module.scope.variables.get(name) ?? unknown()]];
  });
}
