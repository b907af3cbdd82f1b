/// <reference lib="webworker" />
import { type RpcPort, serveRpc } from '../../async/rpc';
import { plainAttention } from '../../attention/cpu/plain';
import type { Problem } from '../../attention/problem';
import { reference } from '../../attention/reference';
import { problemOfCase } from '../case';
import { measureThread } from '../roofline/cpu-probe';
import { type HostOperands, allocateEncoded, allocateOperands, fillOperands } from './operands';
import type { CpuTasks } from './workers';

let loaded: { problem: Problem; operands: HostOperands } | null = null;

function requireLoaded() {
  if (!loaded) throw new Error('no case is loaded');
  return loaded;
}

serveRpc<CpuTasks>(globalThis as unknown as RpcPort, {
  load(request, { transfer }) {
    const { benchmarkCase, shared, returnOperands } = request;
    const problem = problemOfCase(benchmarkCase);
    const operands = shared?.operands ?? allocateOperands(problem.shape, false);
    const encoded = shared?.encoded ?? allocateEncoded(operands, benchmarkCase.dtype, false);
    const part = shared ? request.part : { index: 0, count: 1 };
    fillOperands(operands, encoded, { ...request, part });
    loaded = { problem, operands };
    if (!returnOperands) return null;
    const { query, key, value } = encoded;
    // Float32 operands stay here to compute with, so a copy goes.
    const result =
      encoded === operands
        ? { query: query.slice(), key: key.slice(), value: value.slice() }
        : encoded;
    for (const { buffer } of Object.values(result)) transfer.push(buffer as ArrayBuffer);
    return result;
  },

  reference(rows, { transfer }) {
    const { problem, operands } = requireLoaded();
    const { output, outputBound: bound } = reference(problem, operands, { rows });
    transfer.push(output.buffer as ArrayBuffer, bound.buffer as ArrayBuffer);
    return { output, bound };
  },

  plain(rows, { transfer }) {
    const { problem, operands } = requireLoaded();
    const output = new Float32Array(rows.length * problem.shape.valueSize);
    const start = performance.now();
    plainAttention(problem, operands, rows, output);
    const milliseconds = performance.now() - start;
    transfer.push(output.buffer);
    return { output, milliseconds };
  },

  peak: (probe) => measureThread(probe),
});
