import assert from 'node:assert/strict';
import { TORCH, analyze, usesOf } from './read';

const text = `${TORCH}class A(nn.Module):
    def __init__(self):
        super().__init__()
        self.up1 = nn.ConvTranspose2d(4, 2, 4, stride=2, padding=1)

    def forward(self, x):
        return self.up1(x)


class B(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 3, 3)

    def forward(self, x):
        return self.conv(x)


net = nn.Sequential(A(), B())
net(torch.zeros(1, 4, 8, 8))
`;

describe('while a file is being typed', () => {
  const first = analyze(text);
  const good = ['1 4 8 8 -> 1 2 16 16', '1 2 16 16 -> 1 3 14 14'];

  it('starts from the whole file', () => assert.deepEqual(usesOf(first, text), good));

  it('follows an edit as a fresh analysis would', () => {
    const edited = text.replace('nn.Conv2d(2, 3, 3)', 'nn.Conv2d(2, 5, 3)');
    const { memo: _kept, ...again } = analyze(edited, { previous: first });
    const { memo: _fresh, ...whole } = analyze(edited);
    assert.deepEqual(again, whole);
  });

  it('follows a line inserted above everything', () => {
    const edited = `# a comment\n${text}`;
    const { memo: _kept, ...again } = analyze(edited, { previous: analyze(text) });
    const { memo: _fresh, ...whole } = analyze(edited);
    assert.deepEqual(again, whole);
  });

  for (const [title, from, to] of [
    ['an opened parenthesis', 'self.conv = nn.Conv2d(2, 3, 3)', 'self.conv = nn.Conv2d(2, 3, 3'],
    ['half a keyword', 'self.conv = nn.Conv2d(2, 3, 3)', 'self.conv = nn.Conv2d(2, 3, 3, pad= )'],
    ['an unfinished line', '        return self.conv(x)', '        return self.conv(x).'],
    ['an opened call at the end of a class', '        return self.conv(x)', '        return self.conv(x'],
  ] as const) {
    it(`keeps its last good answers: ${title}`, () => {
      const broken = text.replace(from, to);
      const analysis = analyze(broken, { previous: analyze(text) });
      assert.ok(analysis.broken);
      assert.deepEqual(
        analysis.reports.flatMap((report) =>
          report.uses.map((use) => `${use.inputShape.join(' ')} -> ${use.outputShape.join(' ')}`),
        ),
        good,
      );
      const call = analysis.reports[0];
      assert.ok(broken.slice(call.span.start, call.span.end).startsWith('nn.ConvTranspose2d(4, 2'));
      assert.ok(analysis.reports.some((report) => report.stale));
      const mended = analyze(text, { previous: analysis });
      assert.deepEqual(usesOf(mended, text), good);
      assert.ok(!mended.broken && mended.reports.every((report) => !report.stale));
    });
  }

  it('says nothing of arguments that are still being typed', () => {
    const typed = `${text}x = nn.Conv2d(3,\n`;
    const { reports } = analyze(typed, { previous: first });
    assert.deepEqual(
      reports.flatMap((report) => report.problems).filter((each) => each.severity === 'error'),
      [],
    );
  });

  it('finds the layer’s variable where it is made and where it is used', () => {
    const [up] = first.reports;
    assert.deepEqual(
      up.mentions.map(({ name, role, span }) => [name, role, text.slice(span.start, span.end)]),
      [
        ['self.up1', 'definition', 'self.up1'],
        ['self.up1', 'use', 'self.up1'],
      ],
    );
  });

  for (const line of [
    'from .i',
    'from .',
    'import as b',
    'from . import as b',
    'import .a',
    'global ',
    'f(*',
    'del ',
    'match x:\n  case ',
    'lambda ',
    'for ',
    '@',
  ]) {
    it(`tells all of it with ${JSON.stringify(line)} at its end`, () =>
      assert.deepEqual(usesOf(analyze(`${text}${line}`), `${text}${line}`), good));
  }
});
