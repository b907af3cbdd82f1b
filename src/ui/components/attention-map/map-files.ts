import type { MapCells } from '../../../attention/maps/weight-map';
import { cellFile } from './cell-file';
import { download } from './download';
import { gather } from './frame';
import { emit } from './map-events';
import type { MapDrawing } from './map-drawing';
import type { Shown } from './map-screen';
import { paletteOf, type PaletteName } from './palettes';
import { toPng, toSvg } from './picture';
import type { Pool } from './readout';
import { paperInks } from './scene';
import type { SavedFormat } from './toolbar';

export type FilesHost = EventTarget & {
  readonly label: string;
  readonly palette: PaletteName;
  readonly signed: boolean;
  readonly shownPool: Pool;
  readonly rowTokens: readonly string[];
  readonly columnTokens: readonly string[];
  complete(): Promise<void>;
};

/** What people take away: the picture and the numbers in view, once all of them are there. */
export class MapFiles {
  constructor(
    private readonly host: FilesHost,
    private readonly drawing: MapDrawing,
  ) {}

  /** @param scale Pixels of the file to a CSS pixel. */
  async png(scale: number): Promise<Blob> {
    const { scene, cells } = await this.complete();
    return toPng(scene, cells, scale);
  }

  /** On white, whatever the page's theme. */
  async svg(): Promise<string> {
    const { scene, cells } = await this.complete();
    const palette = paletteOf(this.host.palette, this.host.signed, paperInks.zero);
    const look = { ...cells.look, palette };
    const onPaper = { ...scene, inks: paperInks, palette, cursor: null };
    return toSvg(onPaper, { ...cells, look }, this.host.label);
  }

  /** At their level: weights themselves where there is room for them. */
  async cells(): Promise<MapCells> {
    const { frame, cells } = await this.complete();
    return gather(frame, cells.cache);
  }

  /** Hands a file to the browser, or its cells to the page. */
  async save(format: SavedFormat): Promise<void> {
    const { label, shownPool: pool, rowTokens, columnTokens } = this.host;
    if (format === 'csv' || format === 'npy') {
      const cells = await this.cells();
      if (!emit(this.host, 'map-export', { format, cells, pool })) return;
      download(cellFile(format, cells, pool, rowTokens, columnTokens), `${label}.${format}`);
    } else if (format === 'svg') {
      download(new Blob([await this.svg()], { type: 'image/svg+xml' }), `${label}.svg`);
    } else {
      const scale = Number(format.slice('png-'.length));
      download(await this.png(scale), `${label}.png`);
    }
  }

  private async complete(): Promise<Shown> {
    await this.host.complete();
    return this.drawing.shown!;
  }
}
