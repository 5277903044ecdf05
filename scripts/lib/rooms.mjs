// Who may import whom. ESLint says it at the line where it is broken, a test says it of the whole, the compiler says it
// of the rooms that are projects of their own.

/** By room, the rooms that it may import, besides itself. A room within another is named by its path. */
export const ROOMS = {
  'src/core': [],
  'src/python': ['src/core'],
  'src/protocol': ['src/core'],
  'src/engine': ['src/core', 'src/protocol'],
  'src/reader': ['src/core', 'src/python', 'src/protocol', 'src/engine'],
  // What an editor is told of a text, whichever editor that is.
  'src/language': ['src/core', 'src/python', 'src/protocol', 'src/engine', 'src/reader'],
  'src/cli': ['src/core', 'src/python', 'src/protocol', 'src/engine', 'src/reader', 'src/language'],
  // What is read of running programs, whoever connects to them.
  'src/live': ['src/core'],
  'src/host': ['src/core', 'src/python', 'src/protocol', 'src/engine', 'src/reader', 'src/language', 'src/live'],
  webview: ['src/core', 'src/protocol'],
};

/** The rooms within src/python, by what each may import there: nothing imports what is above it. */
export const PYTHON_ROOMS = {
  sizes: [],
  syntax: [],
  model: ['sizes', 'syntax'],
  findings: ['model', 'sizes', 'syntax'],
  inputs: ['findings', 'model', 'sizes', 'syntax'],
  shapes: ['findings', 'model', 'sizes', 'syntax'],
  // The library of frameworks is given to the interpreter: neither knows the other.
  evaluate: ['shapes', 'inputs', 'findings', 'model', 'sizes', 'syntax'],
  libraries: ['shapes', 'findings', 'model', 'sizes', 'syntax'],
  explore: ['evaluate', 'libraries', 'shapes', 'inputs', 'findings', 'model', 'sizes', 'syntax'],
  mend: ['rewrite'],
  rewrite: [],
};

/** What a room may not import, as a pattern of the paths in import statements. */
export function forbiddenFrom(rooms, room) {
  const others = Object.keys(rooms).filter((other) => other !== room && !rooms[room].includes(other));
  const names = others.map((other) => other.replace(/^src\//, ''));
  return names.length === 0 ? undefined : `^(\\.\\./)+(src/)?(${names.join('|')})(/|$)`;
}
