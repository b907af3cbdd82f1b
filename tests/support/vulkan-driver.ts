import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findChrome } from '../../cli/chrome.mjs';

/**
 * Gives Node's WebGPU a Vulkan driver where the system names none: Chrome carries one, SwiftShader, with
 * a loader beside it. Workers start after this and inherit the environment.
 */
export default async function setup() {
  if (process.platform !== 'linux' || process.env.VK_DRIVER_FILES) return;
  const chrome = await findChrome();
  const folders = chrome ? [dirname(realpathSync(chrome)), '/usr/lib/chromium'] : [];
  const folder = folders.find((path) => existsSync(join(path, DRIVER)));
  if (!folder || !readdirSync(folder).includes('libvulkan.so.1')) return;
  process.env.VK_DRIVER_FILES = join(folder, DRIVER);
  process.env.DRIVER_OF_CHROME = '1';
  process.env.LD_LIBRARY_PATH = [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
}

const DRIVER = 'vk_swiftshader_icd.json';
