import { parentPort } from 'node:worker_threads';
import { portOf } from '../engine/port';
import { createReader, serve } from './reading';

if (!parentPort) throw new Error('This file is the entry of a worker thread.');
serve(portOf(parentPort), createReader());
