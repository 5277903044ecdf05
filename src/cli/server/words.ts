import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, WORDS } from '../../core/problem';
import type { Words } from '../../language/words';

const ENGLISH: Words = { say: (template, ...args) => format(template, args), language: 'en' };

/** The translations stand in the package, two folders above the file that is built. */
const FOLDER = join(__dirname, '../../l10n');

/** The language of a translation that a client's locale asks for: `zh_CN.UTF-8`, `zh-Hans` and `zh` are one. */
function languageOf(locale: string): string {
  const tag = locale.toLowerCase().replaceAll('_', '-').split('.')[0];
  return /^zh(?:-(?:cn|sg|hans\b.*))?$/.test(tag) ? 'zh-cn' : tag;
}

/** Words in the language of a client; in English where it says none, or one that we have not. */
export function wordsFor(locale: string | undefined, folder = FOLDER): Words {
  const language = languageOf(locale ?? 'en');
  const texts = /^[a-z-]+$/.test(language) ? textsIn(join(folder, `bundle.l10n.${language}.json`)) : undefined;
  if (!texts) return ENGLISH;
  const known = (text: string): string => texts[text] ?? text;
  return {
    language,
    say: (template, ...args) =>
      format(
        known(template),
        args.map((arg) => (typeof arg === 'string' && WORDS.includes(arg) ? known(arg) : arg)),
      ),
  };
}

function textsIn(path: string): Readonly<Partial<Record<string, string>>> | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, string>>;
  } catch {
    // There is no translation into most languages.
    return undefined;
  }
}
