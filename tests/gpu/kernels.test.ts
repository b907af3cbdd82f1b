import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, globals } from 'webgpu';
import { environmentOf } from '../support/kernel-runner';
import { Tally } from '../support/tally';
import { suites, suitesNamed } from './index';

/** The kernel suites again, in Node on Dawn: another compiler, and elsewhere other adapters. */
Object.assign(globalThis, globals);
const gpu = create(['backend=vulkan', 'enable-dawn-features=allow_unsafe_apis']);
const adapter = await gpu.requestAdapter().catch(() => null);
if (!adapter) console.log('Skipped: kernels in Node. Dawn finds no Vulkan driver on this machine.');

/** On the driver that Chrome brings, Chrome itself runs all suites: here these few show that Node can too. */
const ENOUGH = ['behaviour', 'roofline'];
const chosen = process.env.DRIVER_OF_CHROME ? suitesNamed(...ENOUGH) : suites;

const environment = environmentOf({ gpu });
const tally = new Tally();

describe.skipIf(!adapter)('kernels in Node', () => {
  beforeAll(async () => console.log(`Node: ${await environment.describe()}`));
  afterAll(() => console.log(`In Node, by suite:\n${tally}`));

  describe.each(chosen)('$name', ({ name: suite, cases }) => {
    it.for(cases)('$name', async ({ name }, { skip }) => {
      const reason = await tally.run(suite, () => environment.run(suite, name));
      if (reason) skip(reason);
    });
  });

  it('compile without a message', async () => {
    const messages = await environment.shaderMessages();
    expect(messages.filter((message) => !message.startsWith('broken:'))).toEqual([]);
  });
});
