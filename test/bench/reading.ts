// npm run bench:reading: how long the reading of Python takes, in this process, as its own thread runs it.
import { analyzeModule, type ModuleAnalysis } from '../../src/core/python';
import { isWorthReading } from '../../src/core/python/worthReading';
import { createReader } from '../../src/engine/reader/handlers';

/** A model file of about this many lines: blocks, a U-Net that uses them, an example call, again and again under other names. */
function modelFile(lines: number): string {
  const parts = ['import torch', 'import torch.nn as nn', ''];
  for (let index = 0; parts.length < lines; index++) {
    parts.push(
      `class Block${index}(nn.Module):`,
      '    def __init__(self, cin, cout):',
      '        super().__init__()',
      '        self.body = nn.Sequential(',
      '            nn.Conv2d(cin, cout, 3, padding=1),',
      '            nn.BatchNorm2d(cout),',
      '            nn.ReLU(inplace=True),',
      '            nn.Conv2d(cout, cout, 3, padding=1),',
      '        )',
      '',
      '    def forward(self, x):',
      '        return self.body(x)',
      '',
      `class Net${index}(nn.Module):`,
      '    def __init__(self, width=32):',
      '        super().__init__()',
      `        self.enc = Block${index}(3, width)`,
      '        self.pool = nn.MaxPool2d(2)',
      `        self.mid = Block${index}(width, width * 2)`,
      '        self.up = nn.ConvTranspose2d(width * 2, width, 2, stride=2)',
      `        self.dec = Block${index}(width * 2, width)`,
      '',
      '    def forward(self, x):',
      '        e = self.enc(x)',
      '        d = self.up(self.mid(self.pool(e)))',
      '        return self.dec(torch.cat([d, e], dim=1))',
      '',
      `y${index} = Net${index}()(torch.randn(1, 3, 64, 64))`,
      '',
    );
  }
  return `${parts.join('\n')}\n`;
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** Time on the processor, not on the clock: on a machine that others use too the clock tells of them. */
function timed<Result>(work: () => Result): [milliseconds: number, result: Result] {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return [(user + system) / 1000, result];
}

const text = modelFile(2000);
const path = 'models.py';
const rounds = 15;

// The first reading of all also compiles the code; an editor's first file pays that too, so it is told.
const [cold] = timed(() => analyzeModule({ path, text }));
const first = Array.from({ length: rounds }, () => timed(() => analyzeModule({ path, text }))[0]);

let analysis: ModuleAnalysis = analyzeModule({ path, text });
let typed = text;
const at = typed.indexOf('nn.Conv2d(cout, cout, 3, padding=1)', typed.length / 2) + 'nn.Conv2d(cout, cout, '.length;
const again: number[] = [];
for (let round = 0; round < 2 * rounds; round++) {
  typed = round % 2 === 0 ? `${typed.slice(0, at)}5${typed.slice(at + 1)}` : `${typed.slice(0, at)}3${typed.slice(at + 1)}`;
  const [milliseconds, next] = timed(() => analyzeModule({ path, text: typed, previous: analysis }));
  again.push(milliseconds);
  analysis = next;
}

const plain = 'def add(a, b):\n    return a + b\n'.repeat(1000);
const [probe] = timed(() => {
  for (let round = 0; round < 100; round++) if (isWorthReading(plain)) throw new Error('There is nothing in this text.');
});

const reader = createReader();
reader.know(Array.from({ length: 200 }, (_, index) => ({ path: `file:///w/m${index}.py`, text: modelFile(200).replaceAll('Net', `M${index}Net`) })));
const workspace = Array.from({ length: 200 }, (_, index) => timed(() => reader.read({ path: `file:///w/m${index}.py`, text: modelFile(200), inputShapes: {}, folders: ['file:///w'] }))[0]);

const line = (what: string, milliseconds: number, goal?: number): void => console.log(`${what.padEnd(64)} ${milliseconds.toFixed(2).padStart(9)} ms${goal === undefined ? '' : `   goal ${goal} ms`}`);
console.log(`${text.split('\n').length} lines, ${analysis.reports.length} calls, ${analysis.reports.reduce((sum, report) => sum + report.uses.length, 0)} uses`);
line('first analysis of 2,000 lines, code cold', cold);
line('first analysis of 2,000 lines, median', median(first), 60);
line('analysis after a key press, median', median(again), 8);
line('text without a layer, 2,000 lines: the quick test', probe / 100);
line('200 files of 200 lines, each, median (in the reading thread)', median(workspace));
line('200 files of 200 lines, the longest', Math.max(...workspace));
