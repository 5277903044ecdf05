import { shownPlace } from '../problems';
import { type Checked, wordsOf } from './summary';

// XML has no way at all to write the control characters that are left out.
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '&#10;');

/** JUnit's XML: each file is a test, which fails by its errors; what is no error stands in its output. */
export function asJunit({ problems, files }: Checked): string {
  const errors = problems.filter(({ level }) => level === 'error');
  const cases = files.flatMap((file): string[] => {
    const own = problems.filter((each) => each.file === file);
    const failing = own.filter(({ level }) => level === 'error');
    const others = own.filter(({ level }) => level !== 'error');
    const open = `    <testcase classname="transposed-conv-inspector" name="${escaped(file)}"`;
    if (own.length === 0) return [`${open}/>`];
    return [
      `${open}>`,
      // A test has one failure in most readers: the first is its message, and its text tells of all.
      ...(failing.length > 0
        ? [
            `      <failure type="${escaped(failing[0].code)}" message="${escaped(wordsOf(failing[0]))}">${escaped(
              failing.map((each) => `${shownPlace(each)}: ${wordsOf(each)} [${each.code}]`).join('\n'),
            )}</failure>`,
          ]
        : []),
      ...(others.length > 0
        ? [
            `      <system-out>${escaped(
              others.map((each) => `${shownPlace(each)}: ${each.level}: ${wordsOf(each)} [${each.code}]`).join('\n'),
            )}</system-out>`,
          ]
        : []),
      '    </testcase>',
    ];
  });
  const failures = new Set(errors.map(({ file }) => file)).size;
  const counts = `tests="${files.length}" failures="${failures}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="transposed-conv-inspector" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
