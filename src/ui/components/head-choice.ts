import type { ReactiveControllerHost } from 'lit';
import type { HeadEntry } from './head-entry';
import { tell } from './tell';

export type HeadChoiceHost = EventTarget &
  Pick<ReactiveControllerHost, 'requestUpdate'> & {
    selected: number | null;
    compared: number | null;
  };

/** Which heads people look at, by their ids: the selected one, the one it is compared with, and where the keys are. */
export class HeadChoice {
  /** Where the arrow keys are. */
  active: number | null = null;

  constructor(private readonly host: HeadChoiceHost) {}

  /** Of the tiles shown, the one that Tab goes to. */
  reachable(shown: readonly HeadEntry[]): number | null {
    const ids = [this.active, this.host.selected];
    const there = ids.find((wanted) => shown.some(({ id }) => id === wanted));
    return there ?? shown[0]?.id ?? null;
  }

  focus(id: number): void {
    if (this.active === id) return;
    this.active = id;
    this.host.requestUpdate();
  }

  select(id: number): void {
    const { host } = this;
    this.focus(id);
    host.selected = id;
    if (host.compared === id) host.compared = null;
    tell(host, 'head-select', { id });
  }

  /** Compares the selected head with this one, or with none where that was this one. */
  compare(id: number): void {
    const { host } = this;
    this.focus(id);
    if (id === host.selected) return;
    host.compared = host.compared === id ? null : id;
    tell(host, 'head-compare', { id: host.compared });
  }
}
