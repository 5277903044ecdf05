import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Who may not import whom; the compiler's project references say the same by types, this says it by name. */
const wall = (files, ...forbidden) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: forbidden.map(([group, message]) => ({ group, message })) }],
  },
});
const vscode = [['vscode', '@vscode/*'], 'Only src/host knows VS Code, only webview/controls.ts its toolkit.'];
const node = [
  ['node:*', 'fs', 'path', 'worker_threads', 'os', 'child_process'],
  'This room runs anywhere; it may not use Node.',
];
const room = (...names) => [
  names.flatMap((name) => [`../${name}`, `../../${name}`, `**/${name}/**`]),
  'This room lies behind a wall; see CONTRIBUTING.',
];

export default tseslint.config(
  {
    ignores: ['node_modules', 'dist', '.cache', '.vscode-test', 'src/engine/wasm/**', 'sample/**', 'test/fixtures/**'],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
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
      // Tensor kernels index typed arrays whose bounds the plan has proved.
      '@typescript-eslint/no-non-null-assertion': 'off',
      eqeqeq: 'error',
    },
  },
  wall(['src/core/**/*.ts'], vscode, node, room('host', 'engine', 'protocol', 'webview')),
  wall(['src/protocol/**/*.ts'], vscode, node, room('host', 'engine', 'webview')),
  wall(['src/engine/**/*.ts'], vscode, room('host', 'webview')),
  wall(['src/host/**/*.ts'], [['@vscode/*'], vscode[1]], room('webview')),
  wall(['webview/**/*.ts'], [['vscode'], vscode[1]], node, room('host', 'engine')),
  {
    files: ['webview/**/*.ts'],
    ignores: ['webview/controls.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['vscode', '@vscode/*'], message: vscode[1] },
            { group: node[0], message: node[1] },
            { group: room('host', 'engine')[0], message: 'The webview imports core and protocol only.' },
          ],
        },
      ],
    },
  },
);
