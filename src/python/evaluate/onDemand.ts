import type { Expression, Statement } from '../syntax/ast';
import type { Chunk } from '../syntax/chunk';

/**
 * The modules of an installed package are run by need. `from monai.networks.nets import UNet` names one of sixty files
 * of networks, and to run all that any of them imports took every step that there is. So a function, a class or an
 * import waits until something asks for its name; every other statement, and what is decorated, may do something beside
 * binding a name (`@register_model`) and runs in its order when the module is first asked for anything.
 */
export function sortOut(chunks: readonly Chunk[]): {
  /** Definitions that wait, by the name that they alone bind. */
  readonly waiting: ReadonlyMap<string, Chunk>;
  readonly first: readonly Chunk[];
} {
  const waiting = new Map<string, Chunk>();
  const again = new Set<string>();
  for (const chunk of chunks) {
    const { statement } = chunk;
    if (statement.kind === 'function' || statement.kind === 'class') {
      if (waiting.has(statement.name) || statement.decorators.length > 0) again.add(statement.name);
      else waiting.set(statement.name, chunk);
    } else for (const name of mayBind(chunk)) again.add(name);
  }
  for (const name of again) waiting.delete(name);
  const late = new Set(waiting.values());
  return { waiting, first: chunks.filter((chunk) => !late.has(chunk)) };
}

/** Names that a statement may bind, among others: of a block, all that stands in it. */
function mayBind({ statement, words }: Chunk): Iterable<string> {
  switch (statement.kind) {
    case 'expression':
    case 'pass':
    case 'assert':
    case 'import':
    case 'from':
      return [];
    case 'assign':
      return statement.targets.flatMap((target) => (target.kind === 'name' ? [target.name] : []));
    default:
      return words;
  }
}

/**
 * A block that only a type checker runs; in a package that loads its parts late (`diffusers`, `transformers`) it is the
 * list of what those are, for there a module stands in for the package and finds them by name.
 */
export function typeCheckedBlock(
  statement: Statement,
): { readonly imports: readonly Statement[]; readonly otherwise: readonly Statement[] } | undefined {
  if (statement.kind !== 'if' || !namesTypeChecking(statement.branches[0].test)) return undefined;
  return { imports: importsIn(statement.branches[0].body), otherwise: statement.otherwise };
}

function namesTypeChecking(test: Expression): boolean {
  if (test.kind === 'name' || test.kind === 'attribute') return test.name === 'TYPE_CHECKING';
  return test.kind === 'logic' && test.operator === 'or' && namesTypeChecking(test.left);
}

function importsIn(statements: readonly Statement[]): Statement[] {
  return statements.flatMap((each): Statement[] => {
    if (each.kind === 'from') return each.names === '*' ? [] : [each];
    // Where something is missing its place is taken by what only raises, so that it is what is there that counts.
    if (each.kind === 'try') return importsIn([...each.body, ...each.otherwise]);
    return each.kind === 'if' ? importsIn([...each.branches.flatMap(({ body }) => body), ...each.otherwise]) : [];
  });
}
