import type * as vscode from 'vscode';
import type { Port } from '../../protocol/rpc';

/**
 * A webview as a port. VS Code sends messages as JSON with the buffers of typed arrays beside it, and always whole
 * buffers: values must be sent in arrays that fill their buffers.
 */
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
