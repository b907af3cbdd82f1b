import { buttons } from './buttons';
import { fields } from './fields';

/** Buttons and fields in the house style. */
export const forms = [buttons, fields];
