import { diluted, type DilutionOptions, leadNeeded } from '../../../lessons/dilution';
import { digits, percent, plainDigits } from '../digits';

/** What `names` hold among so many words, and what it would take to hold half. */
export function sayDilution(words: number, options: DilutionOptions, names: string): string {
  const share = diluted(words, options);
  const lead = leadNeeded(words, 0.5, options);
  const { kept, temperature = 1 } = options;
  const heat = temperature === 1 ? '' : ` at temperature ${plainDigits(temperature)}`;
  const hold = kept.length === 1 ? 'holds' : 'hold';
  const told = `Among ${digits(words, 0)} words ${names} ${hold} ${percent(share)} of the weight (${digits(share, share < 0.01 ? 5 : 3)})${heat}.`;
  const more =
    lead > 0
      ? `To hold half of it their scores would have to be ${digits(lead, 2)} larger. That grows with the logarithm of n: to look sharply at a few among many, a model has to make larger products.`
      : 'That is half of it or more.';
  return `${told} ${more}`;
}
