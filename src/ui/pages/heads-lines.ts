import { html } from 'lit';
import { MOST_HIDDEN, MOST_LOCKS } from '../../heads/link-values';
import type { TokenRef } from '../components/token-ref';
import type { HeadsSession } from '../heads/session';
import '../components/head-lines';

/** Token lines of the selected head. Where not all queries are drawn, they begin at the cursor unless told. */
export function linesPanel(session: HeadsSession) {
  const { shown, engine, state } = session;
  const source = engine.picture?.source;
  const atCursor = Math.floor(state.cursor?.row ?? state.view?.row ?? 0);
  return html`
    <head-lines
      .map=${shown?.map ?? null}
      .rowTokens=${source?.queryTokens ?? []}
      .columnTokens=${source?.keyTokens ?? []}
      .first=${state.linesFrom ?? atCursor}
      .mass=${state.mass}
      .locked=${state.locks}
      .hiddenKeys=${state.hiddenKeys}
      @lines-move=${({ detail }: CustomEvent<{ first: number }>) =>
        session.change({ linesFrom: detail.first })}
      @mass-change=${({ detail }: CustomEvent<{ mass: number }>) =>
        session.change({ mass: detail.mass })}
      @token-lock=${({ detail }: CustomEvent<{ locked: readonly TokenRef[] }>) =>
        session.change({ locks: detail.locked.slice(-MOST_LOCKS) })}
      @token-hide=${({ detail }: CustomEvent<{ hiddenKeys: readonly number[] }>) =>
        session.change({ hiddenKeys: detail.hiddenKeys.slice(-MOST_HIDDEN) })}
    ></head-lines>
  `;
}
