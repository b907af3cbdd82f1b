import type { RpcPort } from '../../../async/rpc';
import { nodeThreads } from './node-threads';
import { serve } from './serve';

/** A thread of `FastPool`: a module worker in browsers, a worker thread in Node. */
serve((nodeThreads?.parentPort ?? globalThis) as RpcPort);
