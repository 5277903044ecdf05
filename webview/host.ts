import type { PanelHostApi, PanelViewApi } from '../src/protocol/panel';
import { connect, type Port, type Remote, serve } from '../src/protocol/rpc';

interface VsCodeApi {
  postMessage(message: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What is outside of the page: the host's methods. */
export interface Host {
  readonly remote: Remote<PanelHostApi>;
}

export function connectHost(view: PanelViewApi): Host {
  const vscode = acquireVsCodeApi();
  const port: Port = {
    post: (message) => {
      vscode.postMessage(message);
    },
    listen: (receive) => {
      const heard = (event: MessageEvent<unknown>): void => {
        receive(event.data);
      };
      window.addEventListener('message', heard);
      return () => {
        window.removeEventListener('message', heard);
      };
    },
  };
  serve(port, view);
  return { remote: connect<PanelHostApi>(port).remote };
}
