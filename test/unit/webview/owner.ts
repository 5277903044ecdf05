import assert from 'node:assert/strict';
import { computeReference } from '../../../src/core/kernels/compute';
import type { Operation, Tensor } from '../../../src/core/operation';
import { resolveDocument } from '../../../src/core/state/resolveDocument';
import { History } from '../../../src/core/state/history';
import { parseEdit } from '../../../src/core/state/parseEdit';
import { look, type Watch } from '../../../src/core/tensor/look';
import type { TensorName } from '../../../src/core/tensor/plane';
import { statisticsOf } from '../../../src/core/tensor/statistics';
import { tensorOf, zeros } from '../../../src/core/tensor/tensor';
import type { DocumentHead, PanelHostApi, PanelUpdate } from '../../../src/protocol/panel';
import type { Remote } from '../../../src/protocol/rpc';
import { headOf, transposed } from './documents';

export const stride1: Operation = { ...transposed, stride: [1, 1], padding: [1, 1], outputPadding: [0, 0] };

/** The host as a page knows it: it carries out what it is asked at once, and sends an update when the test says so. */
export class Owner {
  readonly watched: Watch[] = [];
  readonly remembered: unknown[] = [];
  /** Set by a test: edits are turned down from now on. */
  refuses = false;
  /** Set by a test: it answers edits with an error. */
  fails = false;
  private readonly history: History;
  private revision = 1;
  private watching: Watch = { planes: [], whole: [], statistics: 'tensor' };

  constructor(inputShape: readonly number[], operation: Operation = transposed) {
    const input = tensorOf('float32', inputShape, zeros('float32', inputShape).data.fill(1));
    const weight = tensorOf('float32', [1, 1, 3, 3], [0, 1, 1, 0, 1, 0, 1, 0, 1]);
    this.history = new History(
      { version: 1, op: operation, dtype: 'float32', input, weight, view: {} },
      { limit: 1e9, allocate: zeros },
    );
  }

  /** What the page asks of the host; what a test does not foresee is refused. */
  get remote(): Remote<PanelHostApi> {
    const methods: Partial<Remote<PanelHostApi>> = {
      edit: async (message, watch) => {
        if (this.fails) throw new Error('The host is gone.');
        const edit = parseEdit(message);
        const outcome = edit.ok && !this.refuses ? this.history.apply(edit.value) : undefined;
        if (!outcome?.ok) return this.revision;
        this.watching = watch ?? this.watching;
        return ++this.revision;
      },
      undo: async () => {
        if (this.history.undo()) this.revision++;
      },
      redo: async () => {
        if (this.history.redo()) this.revision++;
      },
      watch: async (watch) => {
        this.watching = watch;
        this.watched.push(watch);
      },
      remember: async (view) => void this.remembered.push(view),
    };
    return new Proxy(methods as Remote<PanelHostApi>, {
      get: (known, name: keyof PanelHostApi) =>
        known[name] ?? (() => Promise.reject(new Error(`${name} is not here.`))),
    });
  }

  private head(): DocumentHead {
    const { op, dtype, input, weight, bias } = this.history.document;
    return headOf(this.revision, {
      operation: op,
      dtype,
      inputShape: input.shape,
      weightShape: weight.shape,
      biasShape: bias?.shape,
    });
  }

  /** What the host would send of the document as it stands now. */
  update(): PanelUpdate {
    const { document } = this.history;
    const resolution = resolveDocument(document);
    assert.ok(resolution.ok);
    const { input, weight, bias } = document;
    const tensors = new Map<TensorName, Tensor>([
      ['input', input],
      ['weight', weight],
      ['output', computeReference(resolution.plan, input, weight, bias)],
    ]);
    const head = this.head();
    const sight = look(tensors, 2, this.watching, ({ data }) => statisticsOf(data));
    return {
      status: { case: 'ready', revision: this.revision, milliseconds: 1 },
      edited: head,
      received: { head, sight },
      computed: head,
    };
  }
}
