import { parentPort } from 'node:worker_threads';
import { serve } from '../protocol/rpc';
import { portOf } from '../engine/port';
import { createReader } from './handlers';

if (!parentPort) throw new Error('This file is the entry of a worker thread.');
serve(portOf(parentPort), createReader());
