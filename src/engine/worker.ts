import { parentPort } from 'node:worker_threads';
import { serve } from '../protocol/rpc';
import { createHandlers } from './handlers';
import { portOf } from './port';

if (!parentPort) throw new Error('This file is the entry of a worker thread.');
serve(portOf(parentPort), createHandlers());
