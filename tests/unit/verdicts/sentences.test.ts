import { describe, expect, test } from 'vitest';
import { causes, sentenceOf, sentences } from '../../../src/verdicts/sentences.ts';

const params = {
  eventType: 'CampaignActivated',
  aggregateId: '123',
  subscription: 'adServing',
  process: 'relay',
  position: 7,
  version: 2,
  laterType: 'CampaignDeactivated',
  laterVersion: 3,
  attempts: 5,
  cause: 'diedBeforeMarking',
  reason: 'crash',
};

describe('sentences', () => {
  test.each(Object.keys(sentences))('%s is a sentence with nothing left open', (code) => {
    const sentence = sentenceOf({ code, ...params });
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object| {2}/);
  });

  test.each(Object.keys(causes))('%s goes into the sentences that have a cause', (cause) => {
    for (const code of ['handledTwice', 'appliedTwice', 'handledOutOfOrder', 'appliedOutOfOrder']) {
      expect(sentenceOf({ code, ...params, cause })).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('the event stands where there is no outbox row', () => {
    const { position: _, ...rest } = params;
    const sentence =
      'The relay died before marking. Restarted, it publishes CampaignActivated of 123 again, and ad serving handles CampaignActivated of 123 twice.';
    expect(sentenceOf({ code: 'handledTwice', ...rest })).toBe(sentence);
  });

  test.each([
    ['crash', 'The service died and its transaction was rolled back'],
    ['failure', 'The commit of the service failed and was rolled back'],
    ['conflict', 'The commit of the service met a newer version and was rolled back'],
    ['exception', 'The service gave up and its transaction was rolled back'],
    ['other', 'The transaction was rolled back'],
  ])('a rollback by %s is told', (reason, why) => {
    expect(sentenceOf({ code: 'deliveredAfterAbort', ...params, process: 'service', reason })).toContain(why);
  });

  test('a code without words stays a code, and a cause without words does no harm', () => {
    expect(sentenceOf({ code: 'somethingNew' })).toBe('somethingNew');
    expect(sentenceOf({ code: 'constructor' })).toBe('constructor');
    expect(sentenceOf({ code: 'handledTwice', ...params, cause: 'somethingNew' })).toBe(
      'It came about, and ad serving handles CampaignActivated of 123 twice.',
    );
  });
});
