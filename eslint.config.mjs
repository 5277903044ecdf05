import js from '@eslint/js';
import stylistic from '@stylistic/eslint-plugin';
import tseslint from 'typescript-eslint';
import { forbiddenFrom, PYTHON_ROOMS, ROOMS } from './scripts/lib/rooms.mjs';

/** A room may import no room that lies behind its walls, and no platform that is not its own. */
const wall = (folder, rooms, room, ...others) => {
  const regex = forbiddenFrom(rooms, room);
  const behind = regex ? [{ regex, message: 'This room lies behind a wall; see scripts/lib/rooms.mjs.' }] : [];
  return {
    files: [`${folder}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: [...others, ...behind] }] },
  };
};
const vscode = {
  group: ['vscode', '@vscode/*'],
  message: 'Only src/host knows VS Code, only webview/controls.ts its toolkit.',
};
const node = {
  group: ['node:*', 'fs', 'path', 'worker_threads', 'os', 'child_process'],
  message: 'This room runs anywhere; it may not use Node.',
};
/** What runs in Node alone; in a browser files beside them with `.web.ts` do. */
const nodeFiles = {
  engine: ['src/engine/{builds,helper,helpers,openPath,port,start,worker}.ts'],
  reader: ['src/reader/worker.ts'],
  cli: ['src/cli/**/*.ts'],
  host: ['src/host/documents/moveFile.ts', 'src/host/files/readLocal.ts', 'src/host/live/{interpreter,kernelPorts}.ts'],
};
const NODE_GLOBALS = [
  'Buffer',
  'process',
  'setImmediate',
  'clearImmediate',
  'global',
  'require',
  '__dirname',
  '__filename',
];
const isolated = 'The extension also runs in a browser, which may have none of this.';
const noGlobals = (files, names, message) => ({
  files,
  // A copy is of bytes where there is Node's way to do that.
  ignores: [...Object.values(nodeFiles).flat(), 'src/engine/kernels/copy.ts'],
  rules: { 'no-restricted-globals': ['error', ...names.map((name) => ({ name, message }))] },
});
/** Beside its own rooms, those of the whole house that a room within src/python may not enter. */
const outside = { regex: forbiddenFrom(ROOMS, 'src/python'), message: 'src/python imports src/core only.' };
const pythonWalls = Object.keys(PYTHON_ROOMS).map((room) =>
  wall(`src/python/${room}`, PYTHON_ROOMS, room, vscode, node, outside),
);

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'dist',
      '.cache',
      '.vscode-test',
      'src/engine/wasm/**',
      'sample/**',
      'test/fixtures/**',
      '**/*.d.mts',
    ],
  },
  {
    // No rule is turned off from inside a file: what must be excepted stands here, with its reason.
    linterOptions: { noInlineConfig: true },
    plugins: { '@stylistic': stylistic },
    rules: {
      // Prettier breaks code, but never a comment. Texts and patterns are not broken: they could not be searched for.
      '@stylistic/max-len': [
        'error',
        { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true },
      ],
    },
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    files: ['**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
        performance: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
        { selector: 'TSEnumDeclaration', message: 'A union of strings says the same and costs nothing.' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      eqeqeq: 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // The letters that name axes are spread; none of them takes two code units.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // Tensor kernels index typed arrays whose bounds the plan has proved.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // An index may lie outside its array, which the types do not say; the rule condemns the checks for that.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // What comes from the page may not be what its type says: `String(text)` is a check, not a conversion.
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      // Objects here are closures as a rule: a method works without the object that it was taken from.
      '@typescript-eslint/unbound-method': 'off',
      // `serve<PanelHostApi>(port, api)` says which interface it is that is served.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Without `await`, `async` still turns what is thrown into a rejection.
      '@typescript-eslint/require-await': 'off',
      // VS Code's interfaces are declared as classes, and anything that has `dispose` may be a Disposable.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  wall('src/core', ROOMS, 'src/core', vscode, node),
  wall('src/python', ROOMS, 'src/python', vscode, node),
  ...pythonWalls,
  wall('src/protocol', ROOMS, 'src/protocol', vscode, node),
  wall('src/engine', ROOMS, 'src/engine', vscode, node),
  { ...wall('src/engine', ROOMS, 'src/engine', vscode), files: nodeFiles.engine },
  wall('src/reader', ROOMS, 'src/reader', vscode, node),
  { ...wall('src/reader', ROOMS, 'src/reader', vscode), files: nodeFiles.reader },
  wall('src/language', ROOMS, 'src/language', vscode, node),
  wall('src/cli', ROOMS, 'src/cli', vscode),
  wall('src/live', ROOMS, 'src/live', vscode, node),
  wall('src/host', ROOMS, 'src/host', { group: ['@vscode/*'], message: vscode.message }, node),
  { ...wall('src/host', ROOMS, 'src/host', { group: ['@vscode/*'], message: vscode.message }), files: nodeFiles.host },
  wall('src/host/session', ROOMS, 'src/host', vscode, node),
  noGlobals(['src/**/*.ts'], NODE_GLOBALS, node.message),
  noGlobals(
    ['src/{core,python,protocol,reader,language,live,host}/**/*.ts'],
    [...NODE_GLOBALS, 'SharedArrayBuffer'],
    isolated,
  ),
  wall('webview', ROOMS, 'webview', vscode, node),
  { ...wall('webview', ROOMS, 'webview', node), files: ['webview/controls.ts'] },
);
