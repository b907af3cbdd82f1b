import { describe, expect, it } from 'vitest';
import { reference } from '../../../attention/reference';
import { contextProblem } from './attention-problems';
import {
  cellSentences,
  contextualPoint,
  contextualPoints,
  fairestPoint,
  nearestTopic,
  placedWords,
  sentencePoints,
  topicDistances,
} from './word-points';

describe('rows 6 to 8: words in the plane', () => {
  it.each(cellSentences)('cell moves to $topic in “$text”', ({ text, topic }) => {
    const words = sentencePoints(text);
    expect(words.every(({ known }) => known)).toBe(true);
    const cell = words.findIndex(({ word }) => word === 'cell');
    const { weights, arrows, point } = contextualPoint(words, cell);
    // By hand: softmax of dot products, then the weighted mean.
    const [x, y] = words[cell].point;
    const powers = words.map(({ point: [a, b] }) => Math.exp(x * a + y * b));
    const sum = powers.reduce((a, b) => a + b, 0);
    powers.forEach((power, i) => expect(weights[i]).toBeCloseTo(power / sum, 14));
    for (const axis of [0, 1]) {
      const mean = words.reduce((s, word, i) => s + (powers[i] / sum) * word.point[axis], 0);
      expect(point[axis]).toBeCloseTo(mean, 13);
      expect(arrows.reduce((s, arrow) => s + arrow[axis], 0)).toBeCloseTo(point[axis], 13);
    }
    expect(nearestTopic(point)).toBe(topic);
    const [before, after] = [topicDistances(words[cell].point), topicDistances(point)];
    expect(after[topic]).toBeLessThan(before[topic]);
  });

  it('leaves a removed word out, and the rest share its weight', () => {
    const words = sentencePoints(cellSentences[2].text);
    const prisoner = words.findIndex(({ word }) => word === 'prisoner');
    const [whole, without] = [[], [prisoner]].map((left) =>
      contextualPoint(words, words.length - 1, { excluded: left }),
    );
    expect(without.weights[prisoner]).toBe(0);
    without.weights.forEach((weight, i) => {
      if (i !== prisoner)
        expect(weight).toBeCloseTo(whole.weights[i] / (1 - whole.weights[prisoner]), 13);
    });
    expect(without.point[0]).toBeLessThan(whole.point[0]);
  });

  it('takes any word as the query', () => {
    const words = sentencePoints('The prisoner sat in his cell');
    const all = contextualPoints(words);
    expect(all[1]).toEqual(contextualPoint(words, 1));
    expect(all).toHaveLength(6);
    expect(() => contextualPoint(words, 6)).toThrow(/query is 6; allowed: .*0 to 5/);
  });

  it('is the same for the kernels: points as queries, keys and values', () => {
    const { text } = cellSentences[2];
    const moved = { sat: [0.4, 1.3] };
    const { problem, operands } = contextProblem(text, moved, [1, 4], 0.7);
    const { output } = reference(problem, operands);
    const options = { excluded: [1, 4], temperature: 0.7 };
    const want = contextualPoints(sentencePoints(text, moved), options);
    expect(output).toHaveLength(16);
    want.forEach(({ point }, i) =>
      point.forEach((value, axis) => expect(output[2 * i + axis]).toBeCloseTo(value, 13)),
    );
  });

  it('follows a dragged word; distances trade off', () => {
    const moved = { cell: [0, 2] };
    expect(sentencePoints('cell', moved)[0].point).toEqual([0, 2]);
    const [middle, up] = [
      [0.1, 0.2],
      [0, 2],
    ].map((point) => topicDistances(point));
    expect(up.biology).toBeLessThan(middle.biology);
    expect(up.prison).toBeGreaterThan(middle.prison);
    expect(up.department).toBeGreaterThan(middle.department);
  });

  it('has a fairest place, and none is fairer', () => {
    const { point, farthest } = fairestPoint();
    const at = (place: readonly number[]) => Math.max(...Object.values(topicDistances(place)));
    expect(at(point)).toBe(farthest);
    for (let i = 0; i < 360; i += 15) {
      const [x, y] = [Math.cos((i * Math.PI) / 180), Math.sin((i * Math.PI) / 180)];
      for (const far of [0.003, 0.1, 2]) {
        expect(at([point[0] + far * x, point[1] + far * y])).toBeGreaterThan(farthest);
      }
    }
    expect(farthest).toBeLessThan(at([0.1, 0.2]));
  });

  it('puts an unknown word at a place of its own, always the same', () => {
    const [word] = sentencePoints('zebra');
    expect(word.known).toBe(false);
    expect(sentencePoints('Zebra!')[0]).toEqual(word);
    expect(sentencePoints('giraffe')[0].point).not.toEqual(word.point);
    expect(sentencePoints('constructor toString')).toHaveLength(2);
    expect(() => sentencePoints(' … ')).toThrow(/sentence is .*1 to 24 words/);
  });

  it('places every word once', () => {
    expect(new Set(placedWords.map(({ word }) => word)).size).toBe(placedWords.length);
  });
});
