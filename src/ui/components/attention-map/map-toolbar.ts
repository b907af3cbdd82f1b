import { emit } from './map-events';
import type { MapFiles } from './map-files';
import type { Place } from './scene';
import { toolbar, type MapSettings, type SavedFormat } from './toolbar';
import type { Viewport } from './viewport';

type Settings = { -readonly [Name in keyof MapSettings]: MapSettings[Name] };

export type ToolbarHost = EventTarget &
  Settings & {
    readonly signed: boolean;
    readonly cursor: Place | null;
    showWhole(): void;
  };

/** The toolbar, and what it does to the map. */
export class MapToolbar {
  constructor(
    private readonly host: ToolbarHost,
    private readonly viewport: Viewport,
    private readonly files: MapFiles,
    private readonly fail: (error: unknown) => void,
  ) {}

  render() {
    const { host, viewport } = this;
    const { pool, scale, palette, locked, signed } = host;
    const { isWhole: whole, isSmall: small } = viewport;
    return toolbar(
      { pool, scale, palette, locked, signed, whole, small },
      {
        zoom: (factor) => viewport.zoom(factor),
        whole: () => host.showWhole(),
        actual: () => viewport.closeUp(1, host.cursor),
        change: (settings) => this.change(settings),
        save: (format) => this.save(format),
      },
    );
  }

  private change(settings: Partial<MapSettings>): void {
    Object.assign(this.host, settings);
    const { pool, scale, palette, locked } = this.host;
    emit(this.host, 'map-settings', { pool, scale, palette, locked });
  }

  private save(format: SavedFormat): void {
    this.files.save(format).catch(this.fail);
  }
}
