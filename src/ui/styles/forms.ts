import { buttons } from './buttons';
import { fields } from './fields';

/** Buttons and fields. */
export const forms = [buttons, fields];
