// The licences of what others wrote and we ship: of every package that esbuild put into a bundle, and of what is
// compiled into the kernels. Made by the build, so that it can never be older than the bundles.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bin, root } from './paths.mjs';

/** AssemblyScript's library is compiled into the kernels; no bundle tells of it. */
const ALSO = ['assemblyscript'];

/** Licences that ask for no more than to be told of. Another one must be read before its code is shipped. */
const ACCEPTED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

/** The packages of which something is left in the bundles: tree shaking may have removed all of one. */
function packagesIn(metafiles) {
  const folders = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].map((folder) => join(root, folder));
}

/** Our own licence is MIT's text too: for packages that name it and hold no text of their own. */
async function textOfMit(holder) {
  const own = await readFile(join(root, 'LICENSE'), 'utf8');
  return own.replace(/^Copyright .*$/m, `Copyright (c) ${holder}`);
}

async function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  if (!ACCEPTED.includes(license))
    throw new Error(`${name} is under the licence "${license}": see scripts/lib/notices.mjs.`);
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notices?)(\.\w+)?$/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  if (texts.length === 0) {
    const holder = typeof author === 'string' ? author : author?.name;
    if (license !== 'MIT' || !holder) throw new Error(`${name} is shipped, and has no text of its licence.`);
    texts.push(await textOfMit(holder));
  }
  return { title: `${name} ${version} (${license})`, text: texts.map((text) => text.trim()).join('\n\n') };
}

/**
 * Writes the notices of what the builds contain.
 * @param {import('esbuild').Metafile[]} metafiles
 * @param {string} file
 * @param {string[]} also packages of which no bundle tells
 */
export async function writeNotices(metafiles, file, also = ALSO) {
  const notices = await Promise.all([...packagesIn(metafiles), ...also.map(bin)].map(noticeOf));
  // Two versions of one package may be in the bundles, one package in several of them.
  const unique = [...new Map(notices.map((each) => [each.title, each])).values()].sort((a, b) =>
    a.title < b.title ? -1 : 1,
  );
  const line = '-'.repeat(80);
  const head = 'The Transposed Conv Inspector contains code of the packages below, under the licences that follow.';
  const list = unique.map(({ title }) => `- ${title}`).join('\n');
  const texts = unique.map(({ title, text }) => `${line}\n${title}\n${line}\n\n${text}\n`);
  await writeFile(file, [`${head}\n\n${list}\n`, ...texts].join('\n'));
}
