import type { LitElement, ReactiveController } from 'lit';
import type { Announcer } from './announcer';
import { emit } from './map-events';
import type { OpenedMap } from './opened-map';
import { pinAnnouncement } from './pin-comparison';
import { PinReadings, type PinReading } from './pin-readings';
import { withTokens } from './readout';
import type { Place } from './scene';

export type PinsHost = LitElement & {
  pins: readonly Place[];
  readonly rowTokens: readonly string[];
  readonly columnTokens: readonly string[];
};

/** Cells that are kept in sight, and what is known of each. */
export class MapPins implements ReactiveController {
  readings: readonly PinReading[] = [];
  /** Pinned a moment ago: it is told of once it is read. */
  private fresh: Place | null = null;
  private readonly asked: PinReadings;

  constructor(
    private readonly host: PinsHost,
    private readonly opened: OpenedMap,
    private readonly announcer: Announcer,
    fail: (error: unknown) => void,
  ) {
    host.addController(this);
    this.asked = new PinReadings((readings) => this.take(readings), fail);
  }

  /** Pins a weight, or takes its pin away. */
  toggle({ row, column }: Place): void {
    const { pins } = this.host;
    const others = pins.filter((pin) => pin.row !== row || pin.column !== column);
    const isNew = others.length === pins.length;
    this.host.pins = isNew ? [...others, { row, column }] : others;
    this.fresh = isNew ? { row, column } : null;
    if (!isNew) this.announcer.say('Unpinned');
    emit(this.host, 'map-pin', { row, column, pins: this.host.pins });
  }

  /** Puts a pin before the others, which are held against the first. */
  lead({ row, column }: Place): void {
    const others = this.host.pins.filter((pin) => pin.row !== row || pin.column !== column);
    this.host.pins = [{ row, column }, ...others];
    this.announcer.say('Pins are compared with this one');
    emit(this.host, 'map-pin', { row, column, pins: this.host.pins });
  }

  /** Reads all of them anew: they are others, or of another map. */
  read(): void {
    const { map, rows } = this.opened;
    if (!map || !rows) return;
    void this.asked.read(this.host.pins, rows, map, (pin) => withTokens(pin, this.host));
  }

  hostDisconnected(): void {
    this.asked.stop();
  }

  private take(readings: readonly PinReading[]): void {
    this.readings = readings;
    this.host.requestUpdate();
    this.tellOfFresh();
  }

  private tellOfFresh(): void {
    const { fresh, readings } = this;
    if (!fresh) return;
    const isFresh = ({ pin }: PinReading) => pin.row === fresh.row && pin.column === fresh.column;
    const cell = readings.find(isFresh)?.cell;
    const [first] = readings;
    // It is read after the first.
    if (!cell) return;
    this.fresh = null;
    this.announcer.say(pinAnnouncement(cell, isFresh(first) ? null : first.cell));
  }
}
