import assert from 'node:assert/strict';
import { problemReport } from '../../../src/language/problemReport';
import { analyzeModule } from '../../../src/python';
import { heard } from '../../../src/python/told';
import { python } from '../../python';

function reportOf(text: string, code: string): string {
  const analysis = analyzeModule({ path: '/home/somebody/secret/model.py', text });
  const told = heard(analysis).told.find(({ problem }) => problem.code === code);
  assert.ok(told, `${code} is not told`);
  return problemReport(text, analysis, told, 'The inspector 9.9');
}

describe('a report of a problem', () => {
  const text = python`
    import torch
    from torch import nn
    PASSWORD = 'secret'
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.up = nn.ConvTranspose2d(
                8, 4, 3,
                stride=2, output_padding=2)
            self.key = PASSWORD
        def forward(self, x):
            x = torch.relu(x)
            return self.up(x)
    y = Net()(torch.zeros(1, 8, 4, 4))
  `;

  it('has the code, the reason, the framework’s words and what the call was read as', () => {
    const report = reportOf(text, 'output-padding-large');
    assert.match(report, /^The inspector 9\.9 says `output-padding-large` \(error\), torch\n/);
    assert.match(report, /smaller than the stride \(2\) or the dilation \(1\)/);
    assert.match(report, /output padding must be smaller than either stride or dilation/);
    assert.match(report, /Read as: torch\.nn\.ConvTranspose2d\(in_channels=8, .*output_padding=2/);
  });

  it('has the lines of the call, and no other, nor any name of a file', () => {
    const report = reportOf(text, 'output-padding-large');
    const [, lines] = /```python\n([^]*)\n```/.exec(report)!;
    assert.equal(
      lines,
      python`
        self.up = nn.ConvTranspose2d(
            8, 4, 3,
            stride=2, output_padding=2)
      `.trimEnd(),
    );
    assert.doesNotMatch(report, /secret|PASSWORD|somebody|model\.py|relu/);
  });

  it('has the line that applies a layer as well as that which makes it', () => {
    const report = reportOf(
      python`
        import torch
        from torch import nn
        conv = nn.Conv2d(3, 8, 3)
        print('between')
        for size in (4, 2):
            y = conv(torch.zeros(size, size))
      `,
      'input-rank',
    );
    assert.match(report, /conv = nn\.Conv2d\(3, 8, 3\)\n {4}y = conv\(/);
    assert.doesNotMatch(report, /between/);
  });

  it('tells how sizes come about, axis by axis', () => {
    const report = reportOf(
      python`
        import torch
        from torch import nn
        x = torch.zeros(1, 4, 16, 18)
        y = nn.Conv2d(4, 8, 3, stride=2, padding=1)(x)
        z = torch.cat([x, nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1)(y)], dim=1)
      `,
      'cannot-restore',
    );
    assert.match(report, /\(1, 8, 8, 9\) -> \(1, 4, 15, 17\), input shape: example/);
    assert.match(report, / {2}axis 1: o = .+ = .+ = 17\n/);
  });

  it('names the frameworks of a text where a problem belongs to no layer', () => {
    const report = reportOf(
      python`
        import torch
        from torch import nn
        y = nn.Conv2d(3, 8, 3)(torch.zeros(1, 3, 16, 16))
        y.view(1, 100)
      `,
      'view-total',
    );
    assert.match(report, /\(error\), torch\n/);
    assert.match(report, /```python\ny\.view\(1, 100\)\n```\n$/);
  });
});
