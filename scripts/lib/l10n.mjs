// Every text that the user may see, from the sources: what the host asks VS Code to translate, core's templates, the
// page's strings.
import { build } from 'esbuild';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './paths.mjs';

/** Literals in calls of `vscode.l10n.t`, by Microsoft's own tool. */
async function hostTexts() {
  const { getL10nJson } = await import('@vscode/l10n-dev');
  const folder = join(root, 'src/host');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const files = await Promise.all(
    names.map(async (name) => ({ extension: '.ts', contents: await readFile(join(folder, name), 'utf8') })),
  );
  return Object.keys(await getL10nJson(files));
}

/**
 * The parameter that a template is put together around, as in `{0} must be ${wanted}.`, and what stands before and
 * behind it.
 */
function frameOf(node, checker) {
  const [{ expression, literal }, ...more] = node.templateSpans;
  const parameter = ts.isIdentifier(expression) ? checker.getSymbolAtLocation(expression)?.valueDeclaration : undefined;
  if (more.length > 0 || !parameter || !ts.isParameter(parameter))
    throw new Error(`This cannot be translated, because it is put together: ${node.getText()}`);
  return { parameter, complete: (text) => node.head.text + text + literal.text };
}

/**
 * Core's texts for people: whatever is given for something called `template`, as a property, a parameter or a variable.
 */
function templates() {
  const files = ts.sys.readDirectory(join(root, 'src'), ['.ts'], ['**/wasm/**']);
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noEmit: true,
    types: ['node'],
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const found = [];
  const frames = new Map();

  /** The literals that an expression can be. What comes from a parameter was collected where it was given. */
  const literals = (node) => {
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
    if (ts.isTemplateExpression(node)) {
      const { parameter, complete } = frameOf(node, checker);
      frames.set(parameter, complete);
      return [];
    }
    const declared = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
    return declared && ts.isVariableDeclaration(declared) && declared.initializer ? literals(declared.initializer) : [];
  };
  const ofCall = (node) => {
    const signature = checker.getResolvedSignature(node);
    node.arguments.forEach((argument, index) => {
      if (signature?.parameters[index]?.name === 'template') found.push(...literals(argument));
      const complete = frames.get(signature?.declaration?.parameters[index]);
      if (complete) found.push(...literals(argument).map(complete));
    });
  };
  const visit = (node, framed) => {
    if (ts.isCallExpression(node)) ofCall(node);
    if (
      !framed &&
      (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) &&
      node.name.getText() === 'template' &&
      node.initializer
    )
      found.push(...literals(node.initializer));
    ts.forEachChild(node, (child) => visit(child, framed));
  };
  // Twice: a call may stand before the function whose template it completes.
  for (const framed of [false, true])
    for (const file of program.getSourceFiles()) if (!file.isDeclarationFile) visit(file, framed);
  return found;
}

/** Texts that stand in tables, read from the tables themselves. */
async function tables() {
  const source = `
    import { STRINGS } from './src/protocol/strings';
    import { WORDS } from './src/core/problem';
    import { PARAMETER_LABELS } from './src/core/state/edits';
    import { GROUP_TITLES } from './src/core/presets/preset';
    import { PRESETS } from './src/core/presets/presets';
    import { CHAPTER_TITLES } from './src/core/learn/lesson';
    import { LESSONS } from './src/core/learn/lessons';
    export const texts = [...Object.values(STRINGS), ...WORDS, ...Object.values(PARAMETER_LABELS), ...Object.values(GROUP_TITLES), ...PRESETS.flatMap(({ title, description }) => [title, description]), ...Object.values(CHAPTER_TITLES), ...LESSONS.flatMap(({ title, text, task }) => [title, ...text, task])];`;
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const { texts } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
  return texts;
}

/** All texts, each once, in alphabetical order: as `l10n/bundle.l10n.json` has them. */
export async function collectTexts() {
  const all = [...(await hostTexts()), ...templates(), ...(await tables())];
  const unique = [...new Set(all)].filter((text) => /\p{L}/u.test(text)).sort();
  return Object.fromEntries(unique.map((text) => [text, text]));
}
