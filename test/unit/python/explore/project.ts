import { analyzeModule, type ModuleAnalysis, type ModuleSource } from '../../../../src/python';
import { python } from '../../../python';

/** Files beside the one that is read, each of which keeps, or does, something that another one sees. */
const BESIDE: Readonly<Record<string, string>> = {
  '/project/registry.py': python`
    NETS = {}
    COUNT = [0]
    TABLE = [each * 2 for each in range(150)]

    def register(fn):
        NETS[fn.__name__] = fn
        COUNT[0] += 1
        return fn
  `,
  '/project/blocks.py': python`
    import torch.nn as nn
    from registry import register, NETS

    WIDTH = 4
    SHARED = []
    OPEN = read_somewhere()

    def width():
        return WIDTH + len(SHARED)

    class Block(nn.Module):
        made = []
        def __init__(self, c, more=[]):
            super().__init__()
            more.append(c)
            Block.made.append(c)
            self.conv = nn.Conv2d(c, width() + len(more), 3, padding=1)
        def forward(self, x):
            return self.conv(x)

    @register
    def wide(c):
        return Block(c)
  `,
  '/project/others.py': python`
    import registry
    from registry import register, COUNT

    @register
    def narrow():
        return COUNT[0]

    SIZES = [2 ** each for each in range(40)]
  `,
};

/** Files that import the one that is read. */
const IMPORTERS: Readonly<Record<string, string>> = {
  '/project/__init__.py': python`
    from model import *
    import others
    from others import narrow
  `,
  '/project/train.py': python`
    import torch
    import argparse
    import model
    import others
    import registry
    parser = argparse.ArgumentParser()
    parser.add_argument('--size', default=len(registry.NETS) + 8)
    if hasattr(model, 'Net'):
        model.Net()(torch.zeros(1, 3, parser.parse_args().size, 16))
    def run(net):
        return net(torch.zeros(2, 3, 12, registry.COUNT[0] + 8))
  `,
};

const source = ([path, text]: readonly [string, string]): ModuleSource => ({ path, text, version: 1 });
const beside = new Map(Object.entries(BESIDE).map((each) => [each[0], source(each)]));
const importing = Object.entries(IMPORTERS).map(source);

/** A project around a file, in which it is counted how often imports are looked up. */
export class Project {
  lookedUp = 0;
  private last: ModuleAnalysis | undefined;
  private readonly path = '/project/model.py';

  constructor(
    private readonly withImporters: boolean,
    private text = '',
  ) {}

  private request(text: string): Parameters<typeof analyzeModule>[0] {
    const main: ModuleSource = { path: this.path, text, version: text };
    const resolve = (_from: string, module: string): ModuleSource | undefined => {
      this.lookedUp++;
      return module === 'model' ? main : beside.get(`/project/${module}.py`);
    };
    const importers = (): readonly ModuleSource[] => (this.withImporters ? importing : []);
    return { path: this.path, text, project: { resolve, importers, state: () => 'as ever' } };
  }

  /**
   * What is told of the next text.
   * @param fromStart Has the file run from its start, since another one has been read meanwhile.
   */
  read(text: string, fromStart = false): unknown {
    this.text = text;
    if (fromStart) analyzeModule({ path: '/project/else.py', text: 'import torch.nn as nn\nnn.Conv2d(1, 1, 1)\n' });
    this.last = analyzeModule({ ...this.request(text), previous: this.last });
    return told(this.last);
  }

  /** What is told of the same text by a reading that knows of no other. */
  fresh(): unknown {
    // Apart from the project, whose last reading stays the last.
    return told(analyzeModule(this.request(this.text)));
  }
}

function told({ memo: _memo, dependencies, ...rest }: ModuleAnalysis): unknown {
  const others = new Set(dependencies.map(({ path }) => path));
  return { ...rest, dependencies: [...others].sort() };
}
