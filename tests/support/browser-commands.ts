import type {} from '@vitest/browser-playwright';
import type { BrowserCommand } from 'vitest/node';

/** What tests in the page ask of the browser around it: input as a person gives it, sizes and themes. */

type MouseAction = 'move' | 'down' | 'up' | 'click' | 'wheel';

const mouse: BrowserCommand<[MouseAction, ...unknown[]]> = async ({ page }, action, ...given) => {
  await (page.mouse[action] as (...given: unknown[]) => Promise<void>)(...given);
};

const keyboard: BrowserCommand<['press' | 'down' | 'up' | 'type', string]> = (
  { page },
  action,
  keys,
) => page.keyboard[action](keys);

interface Media {
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

const emulateMedia: BrowserCommand<[Media]> = ({ page }, media) => page.emulateMedia(media);

/** The window's size; the frame that tests run in follows by `page.viewport`. */
const resizeWindow: BrowserCommand<[number, number]> = ({ page }, width, height) =>
  page.setViewportSize({ width, height });

export const browserCommands = { mouse, keyboard, emulateMedia, resizeWindow };

declare module 'vitest/browser' {
  interface BrowserCommands {
    mouse(action: 'move', x: number, y: number, options?: { steps?: number }): Promise<void>;
    mouse(action: 'down' | 'up'): Promise<void>;
    mouse(action: 'click', x: number, y: number, options?: { clickCount?: number }): Promise<void>;
    mouse(action: 'wheel', deltaX: number, deltaY: number): Promise<void>;
    /** Keys by their names, such as "ArrowLeft" or "Shift+Tab"; `type` takes text. */
    keyboard(action: 'press' | 'down' | 'up' | 'type', keys: string): Promise<void>;
    emulateMedia(media: Media): Promise<void>;
    resizeWindow(width: number, height: number): Promise<void>;
  }
}
