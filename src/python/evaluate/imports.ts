import type { Frame } from '../model/frame';
import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import { type ModuleValue, Scope, type Value } from '../model/value';
import type { ImportedName, Statement } from '../syntax/ast';
import type { LoadedModule } from './modules';
import { assignName } from './scope';

const external = (machine: Machine, name: string): Value => ({
  kind: 'external',
  name: machine.library.canonical(name),
});

/** `import a.b`, `import a.b as c` */
export function importNames(machine: Machine, frame: Frame, names: readonly ImportedName[]): void {
  const { path } = frame.scope.module;
  for (const { name, alias } of names) {
    const [root] = name.split('.');
    if (alias) bind(machine, frame, alias, () => machine.modules.find(path, name, 0) ?? external(machine, name));
    else
      bind(machine, frame, root, () => {
        const found = machine.modules.find(path, root, 0);
        if (found) machine.modules.find(path, name, 0);
        return found ?? workspacePackage(machine, path, name) ?? external(machine, root);
      });
  }
}

/** Binds an imported name, at once or when it is asked for. */
function bind(machine: Machine, frame: Frame, name: string, find: () => Value): void {
  const waiting = machine.modules.waiting(frame);
  const act = (): void => assignName(machine, frame.scope, name, find());
  // A name that has a value already would be found with that one.
  if (waiting && !frame.scope.variables.has(name)) waiting.names.set(name, act);
  else act();
}

/**
 * `import a.b` where `a` is a folder without `__init__.py`: an unknown value whose members are found as they are asked
 * for.
 */
function workspacePackage(machine: Machine, path: string, name: string): Value | undefined {
  const found = name.includes('.') ? machine.modules.find(path, name, 0) : undefined;
  if (!found) return undefined;
  const [root, ...rest] = name.split('.');
  const scope = new Scope(found.scope.module, found.scope.parent, found.scope.isClass);
  if (rest.length === 1) scope.variables.set(rest[0], found);
  return { kind: 'module', path: root, scope };
}

function missing(
  machine: Machine,
  found: ModuleValue | undefined,
  name: string,
  { module, level }: { readonly module: string; readonly level: number },
): Value {
  if (found) return machine.modules.awaited(found, name);
  return level > 0 ? unknown(name) : machine.library.attribute(module, name);
}

/** `from .a import b as c`, `from a import *` */
export function importFrom(
  machine: Machine,
  frame: Frame,
  node: { readonly module: string; readonly level: number; readonly names: readonly ImportedName[] | '*' },
): void {
  const { path } = frame.scope.module;
  if (node.names === '*') {
    const waiting = machine.modules.waiting(frame);
    if (waiting) {
      waiting.stars.push(node);
      return;
    }
    const found = machine.modules.find(path, node.module, node.level);
    if (found) {
      for (const [name, value] of found.scope.variables)
        if (!name.startsWith('_')) assignName(machine, frame.scope, name, value);
      const [own, other] = [frame.scope.module as LoadedModule, found.scope.module as LoadedModule];
      own.stars.push(...other.stars);
      if (other.installed) own.waiting.stars.push(node);
    } else if (node.level === 0)
      (frame.scope.module as LoadedModule).stars.push(machine.library.canonical(node.module));
    return;
  }
  for (const { name, alias } of node.names) {
    bind(machine, frame, alias ?? name, () => {
      const found = machine.modules.find(path, node.module, node.level);
      const inside = found && machine.modules.member(found, name);
      const beside = inside ?? machine.modules.find(path, node.module ? `${node.module}.${name}` : name, node.level);
      return beside ?? missing(machine, found, name, node);
    });
  }
}

/** What comes with Python, so far as programs about shapes import it. */
const STANDARD = new Set(
  (
    'abc argparse ast asyncio atexit base64 bisect builtins bz2 calendar codecs collections colorsys concurrent ' +
    'configparser contextlib contextvars copy csv ctypes dataclasses datetime decimal difflib distutils email enum ' +
    'errno faulthandler fnmatch fractions functools gc getpass glob gzip hashlib heapq html http importlib inspect io ' +
    'ipaddress itertools json keyword logging lzma math mmap multiprocessing numbers operator os pathlib pickle pkgutil ' +
    'platform pprint queue random re sched secrets select shelve shlex shutil signal socket sqlite3 ssl stat statistics ' +
    'string struct subprocess sys tarfile tempfile textwrap threading time timeit traceback types typing unittest ' +
    'urllib uuid warnings weakref xml zipfile zlib zoneinfo __future__'
  ).split(' '),
);
/** The frameworks, without which there would be nothing to read. */
const FRAMEWORKS = /^(?:torch|numpy|keras|tensorflow|jax|flax|equinox|haiku|paddle|onnx|einops)$/;

/** Whether a statement imports something that need not be there. */
export function mayBeMissing(machine: Machine, frame: Frame, node: Statement): boolean {
  if (node.kind !== 'import' && node.kind !== 'from') return false;
  const { path } = frame.scope.module;
  const isThere = (module: string, level: number): boolean => {
    const [root] = module.split('.');
    if (level === 0 && (STANDARD.has(root) || FRAMEWORKS.test(root))) return true;
    return machine.modules.has(path, module, level);
  };
  if (node.kind === 'import') return !node.names.every(({ name }) => isThere(name, 0));
  // A folder without a file of its own has its modules all the same.
  const within = node.names === '*' ? [] : node.names;
  const inside = node.module === '' ? '' : `${node.module}.`;
  return !isThere(node.module, node.level) && !within.some(({ name }) => isThere(`${inside}${name}`, node.level));
}
