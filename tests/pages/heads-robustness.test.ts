import { afterEach, describe, expect, it } from 'vitest';
import { plantedSource } from '../../src/features/heads/model/sources/planted';
import { HeadsDriver } from '../support/heads-driver';

let heads: HeadsDriver;

afterEach(async () => {
  await heads.close();
  expect(heads.errors).toEqual([]);
});

const small = 'length=64&heads=4';

const source = plantedSource({ length: 64, heads: 4, seed: 1 });

/** Keeps the devices that the page is given. */
function keepDevices() {
  const devices: GPUDevice[] = [];
  Object.assign(window, { devices });
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...given) {
    const device = await requestDevice.apply(this, given);
    devices.push(device);
    return device;
  };
}

const heading = () => heads.page.$eval('>>> notice-banner', (element) => element.heading);

describe('without WebGPU', () => {
  it('the same is drawn on the CPU, and the page says so', async () => {
    heads = await HeadsDriver.open(small, () => {
      Reflect.deleteProperty(Navigator.prototype, 'gpu');
    });
    await heads.drawn('4 heads of 64 × 64 weights computed on the CPU');
    expect(await heading()).toBe('No WebGPU here: maps are computed on the CPU, in float64.');
    expect(await heads.text('notice-banner')).toMatch(
      /Limit without WebGPU: 4,096 tokens × 4 heads\.$/,
    );
    expect(await heads.heads()).toHaveLength(4);
    await heads.expectExact(source, 0);
    // What takes the CPU too long is refused before it begins, with what would do.
    await heads.choose('source-picker >>> #length', '16384');
    await expect.poll(heading, { timeout: 20_000 }).toBe('These settings cannot be used.');
    expect(await heads.text('notice-banner')).toMatch(/up to \d+ tokens .* without a GPU/);
  });
});

describe('a device that is lost', () => {
  it('is replaced once, and all heads are drawn again', async () => {
    heads = await HeadsDriver.open(`${small}&compute=gpu`, keepDevices);
    await heads.drawn();
    await heads.page.evaluate('devices.at(-1).destroy()');
    await expect.poll(() => heads.page.$('>>> notice-banner')).not.toBeNull();
    expect(await heading()).toBe('The GPU device was lost.');
    await expect.poll(() => heads.page.evaluate('devices.length')).toBe(2);
    await heads.drawn();
    await heads.expectExact(source, 0);
    await heads.choose('head-controls >>> #mask', 'none');
    await heads.drawn();
  });
});

describe('a device that is lost again before it has drawn anything', () => {
  it('is not replaced in a loop; what was there stays, and it can be tried again', async () => {
    heads = await HeadsDriver.open(`${small}&compute=gpu`, keepDevices);
    await heads.drawn();
    // Every device from now on is lost as soon as it is there.
    await heads.page.evaluate(() => {
      const { requestDevice } = GPUAdapter.prototype;
      GPUAdapter.prototype.requestDevice = async function (...given) {
        const device = await requestDevice.apply(this, given);
        device.destroy();
        return device;
      };
      Object.assign(window, { mend: () => (GPUAdapter.prototype.requestDevice = requestDevice) });
    });
    await heads.page.evaluate('devices.at(-1).destroy()');
    await expect.poll(heading).toBe('The GPU device was lost again.');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await heads.page.evaluate('devices.length')).toBe(2);
    expect(await heads.heads()).toHaveLength(4);
    await heads.page.evaluate('void mend()');
    await heads.click('#retry');
    await heads.drawn('weights computed');
    expect(await heads.page.$('>>> notice-banner')).toBeNull();
    await heads.expectExact(source, 0);
  });
});

describe('a temperature that is dragged on the GPU', () => {
  it('makes no buffer and no bind group after its first steps', async () => {
    heads = await HeadsDriver.open(`${small}&compute=gpu`, () => {
      const made = { buffers: 0, bindGroups: 0 };
      Object.assign(window, { made });
      const { createBuffer, createBindGroup } = GPUDevice.prototype;
      GPUDevice.prototype.createBuffer = function (descriptor) {
        // Staging buffers depend on how many reads happen to overlap.
        if (!(descriptor.usage & GPUBufferUsage.MAP_READ)) made.buffers++;
        return createBuffer.call(this, descriptor);
      };
      GPUDevice.prototype.createBindGroup = function (descriptor) {
        made.bindGroups++;
        return createBindGroup.call(this, descriptor);
      };
    });
    await heads.drawn();
    expect(await heads.page.evaluate('made.buffers')).toBeGreaterThan(0);
    const step = async (temperature: number) => {
      await heads.page.$eval(
        '>>> head-controls >>> #temperature',
        (slider, value) => {
          (slider as HTMLElementTagNameMap['ui-slider']).value = value;
          slider.dispatchEvent(new Event('input', { bubbles: true }));
        },
        temperature,
      );
      await expect.poll(() => heads.text('.subject')).toContain(`temperature ${temperature}`);
      await heads.drawn();
      await heads.map();
    };
    for (const temperature of [2, 3, 4, 2.5, 3.5]) await step(temperature);
    const before = await heads.page.evaluate('({ ...made })');
    for (const temperature of [5, 6, 7, 8]) await step(temperature);
    expect(await heads.page.evaluate('({ ...made })')).toEqual(before);
    await heads.expectExact(source, 0, 8);
  });
});
