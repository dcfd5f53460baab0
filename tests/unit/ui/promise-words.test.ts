import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/trace/trace.ts';
import { enPromises } from '../../../src/ui/i18n/en-promises.ts';
import { enVerdicts } from '../../../src/ui/i18n/en-verdicts.ts';
import { koPromises, koVerdicts } from '../../../src/ui/i18n/ko-promises.ts';
import { promises } from '../../../src/verdicts/promises.ts';
import { causes, sentences } from '../../../src/verdicts/sentences.ts';
import { fullReason } from '../verdicts/reasons.ts';

const korean = /[가-힣]/;
const wrong = /undefined|NaN|\[object/;

describe('a broken promise is explained in Korean', () => {
  test.each(Object.keys(sentences))('%s', (code) => {
    for (const changed of [{}, { document: undefined }, { count: 1, position: undefined, document: undefined }]) {
      const because = koVerdicts.because({ status: 'broken', because: 'English', reason: fullReason(code, changed) });
      expect(because).toMatch(korean);
      expect(because).toMatch(/니다\.$/);
      expect(because).not.toMatch(wrong);
    }
  });

  test.each(Object.keys(causes))('because of %s', (cause) => {
    for (const code of ['handledTwice', 'handledWithGap']) {
      const because = koVerdicts.because({ status: 'broken', reason: fullReason(code, { cause }) });
      expect(because).not.toContain('그렇게 되었습니다');
      expect(because).not.toMatch(wrong);
    }
  });

  test('second relays and consumers have names of their own', () => {
    const reason = (process: string) => fullReason('neverApplied', { process });
    expect(koVerdicts.because({ status: 'broken', reason: reason('consumer:billing-2') })).toContain(
      '청구의 두 번째 소비자가',
    );
    expect(koVerdicts.because({ status: 'broken', reason: reason('relay-2') })).toContain('두 번째 릴레이가');
    expect(koVerdicts.because({ status: 'broken', reason: reason('relay-3') })).toContain('3번째 릴레이가');
  });

  test('what is booked or listed, and people, have words that particles fit', () => {
    const said = (code: string, changed: Record<string, string | undefined>) =>
      koVerdicts.because({ status: 'broken', reason: fullReason(code, changed) });
    expect(said('standsTwice', { process: 'publishing', thing: 'publishing-2', beside: 'publishing-1' })).toContain(
      '게시 서비스에는 T1 인스턴스의 publishing-1 게시가 이미 있는데 publishing-2 게시도 생겼습니다',
    );
    expect(said('leftBooked', { process: 'airline' })).toContain('항공사에 airline-2 예약이 남아 있습니다');
    expect(said('commandDropped', { process: 'traveler', token: '' })).toContain(
      'BookFlights 명령이 여행자에게 가다가',
    );
    expect(said('timerOfBefore', { token: undefined })).toContain('ApprovalDeadline 타임아웃을');
  });

  test('an unknown code falls back to what the verdict says', () => {
    const verdict: Verdict = { status: 'broken', because: 'Something new.', reason: { code: 'new' } };
    expect(koVerdicts.because(verdict)).toBe('Something new.');
  });
});

test('every promise has a name and a meaning', () => {
  for (const { id } of promises) {
    for (const words of [enPromises, koPromises]) expect(words.name(id)).not.toBe(id);
    for (const words of [enVerdicts, koVerdicts]) expect(words.meaning(id)).not.toBe('');
  }
  const names = promises.map(({ id }) => koPromises.name(id));
  expect(new Set(names).size).toBe(names.length);
});
