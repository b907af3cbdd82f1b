import { describe, expect, it } from 'vitest';
import { chromePaths, findChrome } from './chrome.mjs';

/** A machine with these files and nothing else. */
function machine(files: string[], env: Record<string, string> = {}, cached: string | null = null) {
  return {
    env,
    platform: 'linux' as const,
    exists: (path: string) => files.includes(path),
    cached: async () => cached,
  };
}

describe('findChrome', () => {
  it('prefers the one named in the environment, which must exist', async () => {
    const env = { PUPPETEER_EXECUTABLE_PATH: '/opt/own/chrome' };
    expect(await findChrome(machine(['/opt/own/chrome', '/usr/bin/chromium'], env))).toBe(
      '/opt/own/chrome',
    );
    await expect(findChrome(machine(['/usr/bin/chromium'], env))).rejects.toThrow(
      /PUPPETEER_EXECUTABLE_PATH is "\/opt\/own\/chrome"/,
    );
  });

  it('looks in PATH and in the usual places, Chrome before Chromium', async () => {
    const files = ['/usr/bin/chromium', '/opt/tools/google-chrome'];
    expect(await findChrome(machine(files))).toBe('/usr/bin/chromium');
    expect(await findChrome(machine(files, { PATH: '/opt/tools:relative' }))).toBe(
      '/opt/tools/google-chrome',
    );
  });

  it('falls back to the one puppeteer fetched, if it is really there', async () => {
    expect(await findChrome(machine(['/cache/chrome'], {}, '/cache/chrome'))).toBe('/cache/chrome');
    expect(await findChrome(machine([], {}, '/cache/chrome'))).toBeNull();
    expect(await findChrome(machine([]))).toBeNull();
  });
});

describe('chromePaths', () => {
  it('knows the places of each system', () => {
    expect(chromePaths('darwin', { HOME: '/Users/ada' })).toContain(
      '/Users/ada/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    );
    expect(chromePaths('win32', { ProgramFiles: 'C:\\Program Files' })).toEqual([
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files\\Chromium\\Application\\chrome.exe',
    ]);
    expect(chromePaths('linux', {})).toContain('/usr/bin/google-chrome');
  });

  it('takes no relative folder from PATH', () => {
    for (const path of chromePaths('linux', { PATH: ':.:bin' })) expect(path).toMatch(/^\//);
  });
});
