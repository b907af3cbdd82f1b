import { type OpenOptions, openDevice } from '../../src/webgpu/device';
import { DeviceSource } from '../../src/webgpu/device';
import { suites } from '../gpu/index';
import { Skipped } from './suite';

/** Runs kernel cases by name on one device, and remembers what no case should have caused. */
export function environmentOf(options: OpenOptions = {}) {
  const uncaptured: string[] = [];
  const source = new DeviceSource(
    { ...options, onUncapturedError: (error) => uncaptured.push(error.message) },
    openDevice,
  );
  return {
    /** The adapter, for test names; rejects where there is none. */
    async describe() {
      const { info } = await source.acquire();
      return `${info.vendor} ${info.architecture} ${info.description}`.trim();
    },
    /** Rejects when the case fails; resolves with a reason where it was skipped. */
    async run(suiteName: string, caseName: string): Promise<string | null> {
      const suite = suites.find(({ name }) => name === suiteName);
      const found = suite?.cases.find(({ name }) => name === caseName);
      if (!found) throw new Error(`there is no case ${suiteName}: ${caseName}`);
      let skipped: string | null = null;
      try {
        await found.run(await source.acquire());
      } catch (error) {
        if (!(error instanceof Skipped)) throw error;
        skipped = error.message;
      }
      const errors = uncaptured.splice(0);
      if (errors.length > 0) throw new Error(`uncaptured: ${errors.join('; ')}`);
      return skipped;
    },
    /** What the shader compiler said of all shaders so far. */
    async shaderMessages() {
      return [...(await source.acquire()).pipelines.messages];
    },
  };
}
