// A kernel's own ports, on this machine. A browser reaches none: see `kernelPorts.web.ts`.
import { connect } from 'node:net';
import type { Connect } from '../../live/subshell';
import { refusal } from '../../live/sentences';

export const connectKernel: Connect = (ip, port, heard) =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: ip, port, noDelay: true });
    socket.once('error', () => {
      reject(refusal('no-kernel'));
    });
    socket.on('data', (bytes: Uint8Array) => {
      heard.data(bytes);
    });
    socket.once('close', () => {
      heard.end();
    });
    socket.once('connect', () => {
      resolve({
        write: (bytes) => void socket.write(bytes),
        end: () => void socket.destroy(),
      });
    });
  });
