import type * as vscode from 'vscode';
import type { Port } from '../../protocol/rpc';

/** A webview as a port. Posting is JSON plus array buffers: numbers travel in exact-size typed arrays. */
export function portOf(webview: vscode.Webview): Port {
  return {
    post: (message) => {
      void webview.postMessage(message);
    },
    listen: (receive) => {
      const subscription = webview.onDidReceiveMessage(receive);
      return () => {
        subscription.dispose();
      };
    },
  };
}
