// What a page is told of an edit, put together again as the page does: it is always the document as it stands.
import assert from 'node:assert/strict';
import { Session } from '../../../../src/host/session/session';
import type { PanelNews } from '../../../../src/protocol/panel';
import { createAssembly } from '../../../../webview/state/assembly';
import { EDITED, OUTPUT, typed, worked } from './opened';
import { settled, surroundings, TestEngine } from './surroundings';

const plane = (tensor: 'input' | 'output', size: number) =>
  ({
    key: tensor,
    tensor,
    leading: [0, 0],
    row: 0,
    column: 0,
    rows: size,
    columns: size,
    maxRows: 9,
    maxColumns: 9,
  }) as const;
const watch = { planes: [plane('input', 2), plane('output', 4)], whole: [], statistics: 'tensor' } as const;

async function opened() {
  const engine = new TestEngine();
  const session = new Session(worked, 'worked', surroundings(engine));
  const news: PanelNews[] = [];
  let lost = 0;
  let assemble = createAssembly(() => lost++);
  let shown: ReadonlyMap<string, readonly number[]> = new Map();
  session.onDidUpdate((update) => {
    news.push(update);
    const { received } = assemble(update);
    if (received) shown = new Map(received.sight.blocks.map(({ key, values }) => [key, Array.from(values)]));
  });
  session.watch(watch);
  await settled();
  return {
    engine,
    session,
    sights: () => news.flatMap(({ received }) => received?.sight ?? []),
    shown: (key: string) => shown.get(key),
    lost: () => lost,
    /** The page is made anew: it has nothing of what was sent before. */
    reopen: () => (assemble = createAssembly(() => lost++)),
  };
}

describe('what a page is told by a session', () => {
  it('is whole at first, and then the values that an edit changes', async () => {
    const { session, sights, shown, lost } = await opened();
    assert.deepEqual([sights().at(-1)?.since, shown('output')], [undefined, OUTPUT]);
    session.apply(typed(5));
    await settled();
    const last = sights().at(-1);
    assert.equal(last?.since, sights().at(-2)?.serial);
    assert.equal(
      last?.blocks.some(({ tensor }) => tensor === 'input'),
      false,
    );
    assert.deepEqual([shown('input'), shown('output'), lost()], [[5, 3, 1, 3], EDITED, 0]);
  });

  it('is whole again for a page that has just been opened', async () => {
    const { session, sights, shown, lost, reopen } = await opened();
    reopen();
    session.refresh();
    await settled();
    assert.equal(sights().at(-1)?.since, undefined);
    session.apply(typed(5));
    await settled();
    assert.deepEqual([shown('output'), lost()], [EDITED, 0]);
  });

  it('is right for a page that was opened while an edit was computed', async () => {
    const { engine, session, shown, lost, reopen } = await opened();
    engine.hold();
    session.apply(typed(5));
    await settled();
    reopen();
    session.refresh();
    await engine.answer();
    await settled();
    assert.deepEqual([shown('input'), shown('output'), lost()], [[5, 3, 1, 3], EDITED, 0]);
  });

  it('leaves a page that has lost count to ask for everything', async () => {
    const { session, shown, lost, reopen } = await opened();
    reopen();
    session.apply(typed(5));
    await settled();
    assert.deepEqual([lost(), shown('output')], [1, OUTPUT]);
    session.refresh();
    await settled();
    assert.deepEqual(shown('output'), EDITED);
  });
});
