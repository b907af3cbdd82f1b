import { html, nothing } from 'lit';
import { describeLinkProblem } from '../../heads/link';
import type { HeadsSession } from '../heads/session';
import type { Trouble } from '../heads/trouble';
import '../components/notice-banner';

/** What of the link was not understood, what went wrong with the source, and what went wrong in drawing it. */
export function notices(session: HeadsSession) {
  const { engine, problems } = session;
  return html`
    ${problems.length > 0 ? renderProblems(session) : nothing}
    ${renderTrouble(session.trouble, () => session.dismissTrouble())}
    ${renderTrouble(
      engine.trouble,
      () => engine.dismissTrouble(),
      () => engine.retry(),
    )}
  `;
}

function renderProblems(session: HeadsSession) {
  return html`
    <notice-banner
      kind="caution"
      heading="Part of this link was not understood; the rest of it counts."
      dismissible
      @notice-dismiss=${() => session.dismissProblems()}
    >
      <ul>
        ${session.problems.map((problem) => html`<li>${describeLinkProblem(problem)}</li>`)}
      </ul>
    </notice-banner>
  `;
}

function renderTrouble(trouble: Trouble | null, dismiss: () => void, retry?: () => void) {
  if (!trouble) return nothing;
  const { kind, heading, text, canRetry } = trouble;
  return html`
    <notice-banner kind=${kind} heading=${heading} dismissible @notice-dismiss=${dismiss}>
      ${text}
      ${
        canRetry && retry
          ? html`<button id="retry" type="button" @click=${retry}>Try again</button>`
          : nothing
      }
    </notice-banner>
  `;
}
