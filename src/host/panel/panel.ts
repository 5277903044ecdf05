import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/client';
import { STRINGS } from '../../protocol/strings';
import type { PanelHostApi, PanelViewApi } from '../../protocol/panel';
import { connect, serve } from '../../protocol/rpc';
import { panelHtml } from './html';
import { portOf } from './port';

/** Skeleton: one fixed document, one evaluation. */
export function openPanel(extensionUri: vscode.Uri, engine: EngineClient): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel('transposedConv.inspector', 'Transposed Conv Inspector', vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist'), vscode.Uri.joinPath(extensionUri, 'media')],
  });
  const port = portOf(panel.webview);
  const view = connect<PanelViewApi>(port).remote;
  const show = async (): Promise<void> => {
    const data = new SharedArrayBuffer(16);
    new Float32Array(data).set([2, 3, 1, 3]);
    const kernel = new SharedArrayBuffer(36);
    new Float32Array(kernel).set([0, 1, 1, 0, 1, 0, 1, 0, 1]);
    const operation = { kind: 'convTranspose', stride: [1, 1], padding: [0, 0], dilation: [1, 1], outputPadding: [0, 0] } as const;
    const shapes = { inputShape: [1, 1, 2, 2], weightShape: [1, 1, 3, 3] };
    const evaluation = await engine.evaluate({
      revision: 1,
      op: operation,
      tensors: {
        input: { id: 10, version: 1, dtype: 'float32', shape: shapes.inputShape, buffer: data },
        weight: { id: 11, version: 1, dtype: 'float32', shape: shapes.weightShape, buffer: kernel },
      },
      watch: { planes: [], whole: ['input', 'weight', 'output'], statistics: 'tensor' },
      limit: 1e9,
    });
    await view.update({
      sequence: 0,
      status: { case: 'ready', revision: 1, milliseconds: evaluation.milliseconds },
      head: { revision: 1, title: 'Skeleton', operation, dtype: 'float32', problems: [], ...shapes },
      shown: undefined,
      sight: evaluation.sight,
    });
  };
  serve<Pick<PanelHostApi, 'start'>>(port, {
    start() {
      void show();
      return { strings: STRINGS, presets: [], view: undefined };
    },
  });
  panel.webview.html = panelHtml(panel.webview, extensionUri);
  return panel;
}
