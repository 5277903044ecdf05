import assert from 'node:assert/strict';
import { analyzeModule, type ModuleAnalysis, type TextEdit } from '../../../../src/python';
import { ignoreEdit, withoutIgnore } from '../../../../src/python/syntax/ignoreEdits';
import { callOf, heard } from '../../../../src/python/told';
import { python } from '../../../python';

const TORCH = python`
  import torch
  from torch import nn
`;
const read = (text: string): ModuleAnalysis => analyzeModule({ path: 'm.py', text });
const applied = (text: string, { span, text: put }: TextEdit): string =>
  text.slice(0, span.start) + put + text.slice(span.end);

/** The code with a comment for its first problem of this code. */
function ignoring(code: string, problem: string): string {
  const text = TORCH + code;
  const analysis = read(text);
  const told = heard(analysis).told.find((each) => each.problem.code === problem);
  assert.ok(told, `${problem} is not told`);
  const edit = ignoreEdit(text, { problem: told.problem.span, call: callOf(told) }, problem, analysis.ignores ?? []);
  assert.ok(edit);
  return applied(text, edit).slice(TORCH.length);
}

const comment = '# tconv: ignore[groups-divide]';

describe('a comment that is written for a problem', () => {
  const cases: readonly (readonly [title: string, before: string, after: string])[] = [
    ['stands behind the call', 'nn.Conv2d(4, 8, 3, groups=3)\n', `nn.Conv2d(4, 8, 3, groups=3)  ${comment}\n`],
    ['stands at the end of the file', 'nn.Conv2d(4, 8, 3, groups=3)', `nn.Conv2d(4, 8, 3, groups=3)  ${comment}`],
    [
      'stands before the end of a line, whatever that is',
      'nn.Conv2d(4, 8, 3, groups=3)\r\nx = 1\r\n',
      `nn.Conv2d(4, 8, 3, groups=3)  ${comment}\r\nx = 1\r\n`,
    ],
    [
      'stands behind what another tool is told',
      'nn.Conv2d(4, 8, 3, groups=3)  # noqa: E501 \n',
      `nn.Conv2d(4, 8, 3, groups=3)  # noqa: E501  ${comment} \n`,
    ],
    [
      'stands behind the argument that is marked',
      python`
        nn.Conv2d(
            4,
            8,
            3,
            groups=3,
        )
      `,
      python`
        nn.Conv2d(
            4,
            8,
            3,
            groups=3,  ${comment}
        )
      `,
    ],
    [
      'stands behind a text that begins in the line',
      python`
        print(nn.Conv2d(4, 8, 3, groups=3), """
          # of three groups
        """)
      `,
      python`
        print(nn.Conv2d(4, 8, 3, groups=3), """
          # of three groups
        """)  ${comment}
      `,
    ],
    [
      'stands behind the line in which a line goes on',
      python`
        x = nn.Conv2d(4, 8, 3, groups=3) \
            if True else None
      `,
      python`
        x = nn.Conv2d(4, 8, 3, groups=3) \
            if True else None  ${comment}
      `,
    ],
    [
      'is one with that which is there',
      'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[arguments] # why\n',
      'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[arguments, groups-divide] # why\n',
    ],
    [
      'fills a list that is empty',
      'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[]\n',
      'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[groups-divide]\n',
    ],
  ];
  for (const [title, before, after] of cases)
    it(`${title}, and silences it`, () => {
      assert.equal(ignoring(before, 'groups-divide'), after);
      assert.deepEqual(heard(read(TORCH + after)).told, []);
    });

  it('stands where a tensor meets another', () =>
    assert.equal(
      ignoring(
        python`
          y = nn.Conv2d(3, 8, 3)(torch.zeros(1, 3, 16, 16))
          z = (
              y
              + torch.zeros(1, 8, 16, 16)
          )
        `,
        'broadcast-mismatch',
      ),
      python`
        y = nn.Conv2d(3, 8, 3)(torch.zeros(1, 3, 16, 16))
        z = (
            y  # tconv: ignore[broadcast-mismatch]
            + torch.zeros(1, 8, 16, 16)
        )
      `,
    ));
});

describe('a comment that silences nothing', () => {
  const cases: readonly (readonly [title: string, before: string, after: string])[] = [
    ['goes', 'nn.Conv2d(4, 8, 3)  # tconv: ignore\nx = 1\n', 'nn.Conv2d(4, 8, 3)\nx = 1\n'],
    ['goes with its line', '# tconv: ignore\nnn.Conv2d(4, 8, 3)\n', 'nn.Conv2d(4, 8, 3)\n'],
    ['leaves what stands before it', 'nn.Conv2d(4, 8, 3)  # up  # tconv: ignore\n', 'nn.Conv2d(4, 8, 3)  # up\n'],
    ['leaves a comment behind it', 'nn.Conv2d(4, 8, 3)  # tconv: ignore  # up\n', 'nn.Conv2d(4, 8, 3)  # up\n'],
    [
      'leaves its reason as a comment',
      'nn.Conv2d(4, 8, 3)  # tconv: ignore as it is\n',
      'nn.Conv2d(4, 8, 3)  # as it is\n',
    ],
    [
      'gives up its first code',
      'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[arguments, groups-divide]\n',
      'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[groups-divide]\n',
    ],
    [
      'gives up its last code',
      'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[groups-divide, nothing]\n',
      'nn.Conv2d(4, 8, 3, groups=3)  # tconv: ignore[groups-divide]\n',
    ],
  ];
  for (const [title, before, after] of cases)
    it(title, () => {
      const text = TORCH + before;
      const analysis = read(text);
      const [{ problem }] = heard(analysis).idle;
      const edit = withoutIgnore(text, analysis.ignores![0], problem.span);
      assert.equal(applied(text, edit).slice(TORCH.length), after);
    });
});
