import { playwright } from '@vitest/browser-playwright';
import { mergeConfig } from 'vite';
import {
  defineConfig,
  type TestProjectConfiguration,
  type UserWorkspaceConfig,
} from 'vitest/config';
import { chromeFlags } from './cli/browser.ts';
import { findChrome } from './cli/chrome.mjs';
import { browserCommands } from './tests/support/browser-commands.ts';
import viteConfig from './vite.config.ts';

const BROWSER_TESTS = 'src/**/*.browser.test.ts';
const JOURNEYS = 'tests/pages/*.journey.test.ts';
const VIEWPORT = { width: 1280, height: 1000 };
/** Chrome's own Vulkan on the CPU, which is the same everywhere, where Chrome brings it. */
const adapter = process.platform === 'linux' ? 'swiftshader' : 'auto';
const executablePath = (await findChrome()) ?? undefined;

/** Tests that run within one page of the Chrome that is there: none is downloaded. */
const inChrome = (
  name: string,
  include: string[],
  groupOrder: number,
): TestProjectConfiguration => ({
  extends: true,
  // What is found only after the tests have begun reloads the page.
  optimizeDeps: { entries: ['src/app/**/*.ts', ...include] },
  test: {
    name,
    include,
    isolate: false,
    fileParallelism: false,
    sequence: { groupOrder },
    testTimeout: 60_000,
    // What a kernel computes may have to be compiled first.
    expect: { poll: { timeout: 10_000 } },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      commands: browserCommands,
      provider: playwright({
        launchOptions: { executablePath, args: chromeFlags(adapter) },
        contextOptions: { viewport: VIEWPORT },
      }),
      instances: [{ browser: 'chromium', viewport: VIEWPORT }],
    },
  },
});

/** Tests in Node that drive whole pages, with a Chrome for each worker. */
const onPages = (
  name: string,
  include: string[],
  test: UserWorkspaceConfig['test'],
): TestProjectConfiguration => ({
  extends: true,
  test: {
    name,
    include,
    globalSetup: 'tests/support/browser.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two pages at once take their time.
    expect: { poll: { timeout: 10_000 } },
    pool: 'forks',
    isolate: false,
    ...test,
  },
});

export default defineConfig((env) =>
  mergeConfig(viteConfig(env), {
    test: {
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            include: ['src/**/*.test.ts', 'cli/**/*.test.ts', 'tests/*.test.ts'],
            exclude: [BROWSER_TESTS],
            pool: 'threads',
            isolate: false,
            // Beside components and journeys: Vitest runs projects side by side only with equal numbers of workers.
            maxWorkers: 1,
            testTimeout: 30_000,
          },
        },
        // Components, and every kernel at least once.
        inChrome('components', [BROWSER_TESTS, 'tests/gpu/smoke.test.ts'], 0),
        onPages('journeys', [JOURNEYS], { fileParallelism: false, sequence: { groupOrder: 0 } }),
        onPages('pages', ['tests/pages/*.test.ts'], {
          exclude: [JOURNEYS],
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        }),
        // How soon a page answers, with nothing beside.
        onPages('timing', ['tests/pages/timing/*.test.ts'], {
          fileParallelism: false,
          sequence: { groupOrder: 4 },
        }),
        // All that kernels are tested for: in Chrome, and in Node on Dawn with the system's Vulkan driver.
        inChrome('gpu-chrome', ['tests/gpu/*.test.ts'], 5),
        {
          extends: true,
          test: {
            name: 'gpu-node',
            include: ['tests/gpu/*.test.ts'],
            // A selection of the cases of the others.
            exclude: ['tests/gpu/smoke.test.ts'],
            globalSetup: 'tests/support/vulkan-driver.ts',
            setupFiles: 'tests/support/dawn-setup.ts',
            // Two workers, each with one device for all of its files.
            pool: 'forks',
            maxWorkers: 2,
            isolate: false,
            testTimeout: 120_000,
            sequence: { groupOrder: 6 },
          },
        },
      ],
    },
  }),
);
