import { create, globals } from 'webgpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { suites } from '../kernels/index';
import { environmentOf } from '../support/kernel-runner';

/** The kernel suites again, in Node on Dawn: another compiler, and elsewhere other adapters. */
Object.assign(globalThis, globals);
const gpu = create(['backend=vulkan', 'enable-dawn-features=allow_unsafe_apis']);
const adapter = await gpu.requestAdapter().catch(() => null);
if (!adapter) console.log('Skipped: kernels in Node. Dawn finds no Vulkan driver on this machine.');

/** On the driver that Chrome brings, Chrome itself runs all suites: here these few show that Node can too. */
const ENOUGH_ON_CHROMES_DRIVER = ['shapes', 'behaviour', 'roofline'];
const chosen = process.env.DRIVER_OF_CHROME
  ? suites.filter(({ name }) => ENOUGH_ON_CHROMES_DRIVER.includes(name))
  : suites;

const environment = environmentOf({ gpu });

describe.skipIf(!adapter)('kernels in Node', () => {
  beforeAll(async () => console.log(`Node: ${await environment.describe()}`));

  describe.each(chosen)('$name', ({ name: suite, cases }) => {
    it.for(cases)('$name', async ({ name }, { skip }) => {
      const reason = await environment.run(suite, name);
      if (reason) skip(reason);
    });
  });

  it('compile without a message', async () => {
    const messages = await environment.shaderMessages();
    expect(messages.filter((message) => !message.startsWith('broken:'))).toEqual([]);
  });
});
