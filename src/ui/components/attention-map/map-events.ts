import type { MapCells } from '../../../attention/maps/weight-map';
import type { View } from './geometry';
import type { Pool } from './readout';
import type { Place } from './scene';
import type { MapSettings } from './toolbar';

/** What the map tells its page, by name of the event. */
export interface MapEvents {
  /** The user moved; `view` is set already. */
  'map-view': { readonly view: View };
  'map-cursor': Place;
  /** Pinned or unpinned; `pins` is set already. */
  'map-pin': Place & { readonly pins: readonly Place[] };
  'map-settings': MapSettings;
  /** Sizes of the least value but 0 and of the largest in view, whatever colours span. */
  'map-range': { readonly low: number; readonly high: number };
  /** CSV or NPY asked for; a page that prevents the default writes it itself. */
  'map-export': { readonly format: 'csv' | 'npy'; readonly cells: MapCells; readonly pool: Pool };
  /** What the map threw. */
  'map-error': { readonly error: unknown };
}

/** False where the page prevents the default. */
export function emit<Name extends keyof MapEvents>(
  from: EventTarget,
  name: Name,
  detail: MapEvents[Name],
): boolean {
  const options = { detail, bubbles: true, composed: true, cancelable: true };
  return from.dispatchEvent(new CustomEvent(name, options));
}

type AsCustomEvents = { [Name in keyof MapEvents]: CustomEvent<MapEvents[Name]> };

declare global {
  interface HTMLElementEventMap extends AsCustomEvents {}
}
