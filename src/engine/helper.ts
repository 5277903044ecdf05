import { workerData } from 'node:worker_threads';
import { type HelperOrders, serveCrew } from './kernels/crew';
import { instantiate } from './kernels/instance';

// The entry of a helper thread: it shares the compute thread's memory and claims tasks from its stages.
const orders = workerData as HelperOrders;
serveCrew(orders, instantiate(orders.module, orders.memory));
