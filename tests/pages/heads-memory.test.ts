import { afterEach, describe, expect, it } from 'vitest';
import { HeadsDriver } from '../support/heads-driver';

let heads: HeadsDriver;

afterEach(async () => {
  expect(heads.errors).toEqual([]);
  await heads.close();
});

const small = 'length=64&heads=4&compute=gpu';
const heading = () => heads.page.$eval('>>> notice-banner', (element) => element.heading);
const notice = () => heads.text('notice-banner');

/** Devices that hold no buffer of more than a mebibyte; the largest that was asked for is kept. */
function lowerLimits() {
  for (const name of ['maxBufferSize', 'maxStorageBufferBindingSize']) {
    Object.defineProperty(GPUSupportedLimits.prototype, name, { get: () => 2 ** 20 });
  }
  const asked = { largest: 0 };
  Object.assign(window, { asked });
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    asked.largest = Math.max(asked.largest, descriptor.size);
    return createBuffer.call(this, descriptor);
  };
}

/**
 * A device has no room for buffers whose label is `window.full`, from a size on, as a real one says it: in its error
 * scope.
 */
function fillMemory(full = '', minBytes = 0) {
  Object.assign(window, { full });
  const scopes: { filter: string; error: GPUError | null }[] = [];
  const { createBuffer, pushErrorScope, popErrorScope } = GPUDevice.prototype;
  GPUDevice.prototype.pushErrorScope = function (filter) {
    scopes.push({ filter, error: null });
    return pushErrorScope.call(this, filter);
  };
  GPUDevice.prototype.popErrorScope = function () {
    const scope = scopes.pop();
    return popErrorScope.call(this).then((error) => error ?? scope!.error);
  };
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const isFull = descriptor.label && descriptor.label === Reflect.get(window, 'full');
    if (isFull && descriptor.size >= minBytes) {
      const scope = scopes.findLast(({ filter }) => filter === 'out-of-memory')!;
      scope.error = new GPUOutOfMemoryError('no room');
      return createBuffer.call(this, { ...descriptor, size: 4 });
    }
    return createBuffer.call(this, descriptor);
  };
}

const fill = (label: string) =>
  heads.page.evaluate((full) => void Object.assign(window, { full }), label);

/** All four heads are there, and the map draws. */
async function expectUsable(length: number) {
  await heads.drawn(`4 heads of ${length} × ${length} weights computed`);
  const map = await heads.map();
  expect(await map.evaluate(({ map: shown }) => shown!.rows)).toBe(length);
  await map.evaluate((element) => element.showCell(40, 30));
  await expect.poll(() => heads.text('attention-map >>> .readout')).toContain('query 40');
  await map.evaluate((element) => element.showWhole());
}

describe('a source that no buffer of the GPU may hold', () => {
  it('is refused before anything is allocated, with what would fit; the next works', async () => {
    heads = await HeadsDriver.open(small, lowerLimits);
    await expectUsable(64);
    await heads.choose('source-picker >>> #length', '16384');
    await expect.poll(heading, { timeout: 20_000 }).toBe('Too large for this device.');
    expect(await notice()).toMatch(
      /^query needs 4\.0 MiB, but this device's maxStorageBufferBindingSize is 1 MiB; the largest queryLength that fits is 1024\. Keeping the current heads\./,
    );
    expect(await heads.page.evaluate('asked.largest')).toBeLessThanOrEqual(2 ** 20);
    // What was there is there, and answers.
    expect(await heads.heads()).toHaveLength(4);
    const map = await heads.map();
    await map.evaluate((element) => element.showCell(12, 30));
    await expect.poll(() => heads.text('attention-map >>> .readout')).toContain('query 12');
    await heads.choose('source-picker >>> #length', '128');
    await expectUsable(128);
    expect(await heads.page.$('>>> notice-banner')).toBeNull();
  });
});

describe('a GPU without room', () => {
  it('for the tensors, or for a map: says for what; it can be tried again, or something smaller', async () => {
    heads = await HeadsDriver.open(small, fillMemory);
    await expectUsable(64);
    for (const [label, size] of [
      ['key', '256 KiB'],
      ['row statistics', '9 KiB'],
    ]) {
      await fill(label);
      await heads.choose('source-picker >>> #length', '256');
      await expect.poll(heading, { timeout: 20_000 }).toBe('Too large for this device.');
      expect(await notice()).toContain(
        `The GPU has no room for ${label} (${size}). Keeping the current heads.`,
      );
      expect(await heads.heads()).toHaveLength(4);
      await fill('');
      await heads.click('#retry');
      await expectUsable(256);
      await heads.choose('source-picker >>> #length', '64');
      await expectUsable(64);
      expect(await heads.page.$('>>> notice-banner')).toBeNull();
    }
  });

  it('for cells of a map: the map says so, and they come when it is tried again', async () => {
    // From the start, as buffers of cells are reused; those of thumbnails are smaller.
    const fillForMap = new Function(`(${fillMemory})('map cells', ${2 ** 18})`) as () => void;
    heads = await HeadsDriver.open('length=1024&heads=1&compute=gpu', fillForMap);
    await heads.drawn();
    await expect
      .poll(() => heads.text('attention-map >>> [role=alert]'), { timeout: 20_000 })
      .toContain('The GPU has no room for map cells');
    await fill('');
    await heads.click('attention-map >>> .status button');
    const map = await heads.map();
    await map.evaluate((element) => element.showCell(700, 300));
    await map.evaluate((element) => element.complete());
    await expect.poll(() => heads.text('attention-map >>> .status')).toContain('Exact');
    expect(await heads.page.$('>>> notice-banner')).toBeNull();
  });

  it('for values or outputs: says so in their place, and tries again', async () => {
    heads = await HeadsDriver.open(`${small}&panel=outputs`, fillMemory);
    await heads.drawn();
    await heads.appears('head-outputs >>> #shown');
    for (const label of ['value', 'output']) {
      await fill(label);
      await heads.choose('source-picker >>> #length', '128');
      await heads.drawn('4 heads of 128 × 128');
      await expect
        .poll(() => heads.text('heads-outputs >>> [role=alert]'), { timeout: 20_000 })
        .toContain(`The GPU has no room for ${label}`);
      // Outputs of what was there before are not shown as if they were these.
      expect(await heads.page.$('>>> head-outputs >>> #shown')).toBeNull();
      await fill('');
      await heads.click('heads-outputs >>> .again');
      await heads.appears('head-outputs >>> #shown');
      expect(await heads.text('heads-outputs >>> [role=alert]')).toBe('');
      await heads.choose('source-picker >>> #length', '64');
      await heads.drawn('4 heads of 64 × 64');
      await expect.poll(() => heads.text('head-outputs >>> .summary')).toContain('64 tokens');
    }
  });

  it('for the other side of a comparison, or its search: says so, and tries again', async () => {
    heads = await HeadsDriver.open(`${small}&panel=compare&compare=head`, fillMemory);
    await heads.drawn();
    await heads.appears('#largest');
    await fill('map order');
    await heads.choose('#compare', 'mask');
    await expect
      .poll(() => heads.text('heads-compare >>> [role=alert]'), { timeout: 20_000 })
      .toContain('The GPU has no room for map order');
    expect(await heads.page.$('>>> .sides')).toBeNull();
    await fill('');
    await heads.click('heads-compare >>> .again');
    await heads.appears('#largest');
    await fill('a block of the second map');
    await heads.click('#largest');
    await expect
      .poll(() => heads.text('heads-compare >>> [role=alert]'))
      .toContain('The GPU has no room for a block of the second map');
    await fill('');
    await heads.click('#largest');
    await expect.poll(() => heads.text('.found [role=status]')).toContain('difference');
  });
});
