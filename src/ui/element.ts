import { LitElement, type CSSResultGroup } from 'lit';
import { shared } from './styles/shared';

/** Base of all components: adopts the shared styles before its own. */
export class UiElement extends LitElement {
  protected static override finalizeStyles(own: CSSResultGroup = []) {
    return super.finalizeStyles([shared, own]);
  }
}
