import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

const file = new URL('../../docs/benchmark-report.schema.json', import.meta.url);
const ajv = new Ajv({ allErrors: true, strictTypes: false, strictRequired: false });

/** Checks a report, as JSON has it, against the published schema; `errors` then says what is wrong. */
export const validateReport = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
