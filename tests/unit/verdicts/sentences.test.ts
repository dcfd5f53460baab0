import { describe, expect, test } from 'vitest';
import { causes, sentenceOf, sentences } from '../../../src/verdicts/sentences.ts';
import { part } from '../../../src/verdicts/words.ts';
import { fullReason } from './reasons.ts';

const wrong = /undefined|null|NaN|\[object| {2}|,\.|, \./;

describe('sentences', () => {
  test.each(Object.keys(sentences))('%s is a sentence with nothing left open', (code) => {
    const variants = [{}, { document: undefined }, { count: 1, position: undefined, document: undefined }];
    for (const changed of variants) {
      const sentence = sentenceOf(fullReason(code, changed));
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(sentence).not.toMatch(wrong);
    }
  });

  test.each(Object.keys(causes))('%s goes into the sentences that have a cause', (cause) => {
    for (const code of ['handledTwice', 'appliedTwice', 'handledOutOfOrder', 'appliedOutOfOrder', 'handledWithGap']) {
      const sentence = sentenceOf(fullReason(code, { cause }));
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(sentence).not.toMatch(wrong);
    }
  });

  test('the event stands where there is no outbox row', () => {
    const sentence =
      'The relay died before marking. Restarted, it publishes CampaignActivated of 123 again, and ad serving handles CampaignActivated of 123 twice.';
    expect(sentenceOf(fullReason('handledTwice', { position: undefined }))).toBe(sentence);
  });

  test('an entry in a document is called one', () => {
    expect(sentenceOf(fullReason('neverMarked'))).toContain('Entry 7 in document 123, CampaignActivated of 123,');
    expect(sentenceOf(fullReason('neverMarked', { document: undefined }))).toContain(
      'Row 7, CampaignActivated of 123,',
    );
  });

  test.each([
    ['crash', 'The service died and its transaction was rolled back'],
    ['failure', 'The commit of the service failed and was rolled back'],
    ['conflict', 'The commit of the service met a newer version and was rolled back'],
    ['exception', 'The service gave up and its transaction was rolled back'],
    ['other', 'The transaction was rolled back'],
  ])('a rollback by %s is told', (reason, why) => {
    expect(sentenceOf(fullReason('deliveredAfterAbort', { process: 'service', reason }))).toContain(why);
  });

  test('a code without words stays a code, and a cause without words does no harm', () => {
    expect(sentenceOf({ code: 'somethingNew' })).toBe('somethingNew');
    expect(sentenceOf({ code: 'constructor' })).toBe('constructor');
    expect(sentenceOf(fullReason('handledTwice', { cause: 'somethingNew' }))).toBe(
      'It came about, and ad serving handles CampaignActivated of 123 twice.',
    );
    expect(sentenceOf(fullReason('identityChanged', { field: 'constructor' }))).toContain('the constructor 3');
  });
});

test.each([
  ['service', 'the service'],
  ['relay-2', 'relay 2'],
  ['consumer:billing', "billing's handler"],
  ['consumer:adServing-2', "ad serving's second handler"],
  ['consumer:adServing-3', "ad serving's handler 3"],
])('%s is %s', (process, name) => {
  expect(part(process)).toBe(name);
});
