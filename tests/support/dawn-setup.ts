import { create, globals } from 'webgpu';

/** Gives tests in Node the WebGPU that pages have: the same engine, Dawn, on the system's Vulkan driver. */
if (!globalThis.navigator?.gpu) {
  Object.assign(globalThis, globals);
  const gpu = create(['backend=vulkan', 'enable-dawn-features=allow_unsafe_apis']);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
}
