import { formatFixed } from '../../../../numeric/format';
import { type Recall, type RecallAtDistance, SYMBOLS, VALUE_SIZE } from './fixed-state';
import { pairOf } from '../../model/scores';
import type { LessonState } from '../../model/state';
import { countWords } from '../../model/sentence';

export function wordsInOrder(state: LessonState): [string, string] {
  const { names, positions } = pairOf(state);
  return positions[0] <= positions[1] ? [names[0], names[1]] : [names[1], names[0]];
}

const whole = (value: number) => formatFixed(value, 0);

export function describeRecall(
  state: LessonState,
  recall: RecallAtDistance,
  curve: readonly RecallAtDistance[],
): string {
  const [first, second] = wordsInOrder(state);
  const { stateSize, distance } = state;
  // A fixed count by the state; a key and a value for each word by the link.
  const kept = { state: VALUE_SIZE * stateSize, link: (VALUE_SIZE + stateSize) * (distance + 1) };
  const share = ({ right, rightError }: Recall) => {
    if (right === 1) return `all ${recall.trials} tries`;
    const count = Math.round(right * recall.trials);
    return `${count} of ${recall.trials} tries, ${formatFixed(right)} with a standard error of ${formatFixed(rightError)}`;
  };
  const half = curve.find((one) => one.state.right < 0.5);
  return [
    `${countWords(distance)} ${distance === 1 ? 'stands' : 'stand'} between ${first} and ${second}.`,
    `The state of fixed size, ${VALUE_SIZE} × ${stateSize} = ${whole(kept.state)} numbers however long the text, gives ${first} back in ${share(recall.state)}.`,
    half
      ? `By ${countWords(half.distance)} it is right less than half the time.`
      : 'It is right at least half the time as far as this goes.',
    `The direct link gives it back in ${share(recall.attention)}; it keeps ${whole(kept.link)} numbers by now.`,
    recall.attention.right < 0.95
      ? 'With keys of so few values even the link takes one for another.'
      : '',
    `A guess is right once in ${SYMBOLS}.`,
  ]
    .filter(Boolean)
    .join(' ');
}
