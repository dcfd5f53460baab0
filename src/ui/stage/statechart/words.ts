/** What a statechart says besides the machine's own names: in both languages, fetched with it. */
import type { Language } from '../../i18n/language.ts';

interface ChartWords {
  chart: (id: string) => string;
  anyState: string;
  now: (state: string) => string;
  notStarted: string;
  waitsFor: (name: string) => string;
  left: (seconds: string) => string;
  ignored: (type: string, reason: string) => string;
  transitions: string;
  stays: string;
  reasons: Readonly<Record<string, string>>;
}

export const chartWords: Readonly<Record<Language, ChartWords>> = {
  en: {
    chart: (id) => `Statechart of ${id}`,
    anyState: 'any state',
    now: (state) => `Active state: ${state}.`,
    notStarted: 'No instance has been started yet.',
    waitsFor: (name) => `waits for ${name}`,
    left: (seconds) => `${seconds} s left`,
    ignored: (type, reason) => `${type}: ignored, ${reason}`,
    transitions: 'Transitions',
    stays: 'stays',
    reasons: {
      duplicate: 'a duplicate',
      stale: 'stale',
      late: 'too late',
      unexpected: 'not expected here',
      notFound: 'no instance',
    },
  },
  ko: {
    chart: (id) => `${id} 상태 차트`,
    anyState: '모든 상태',
    now: (state) => `활성 상태: ${state}.`,
    notStarted: '아직 시작된 인스턴스가 없습니다.',
    waitsFor: (name) => `${name} 응답 대기`,
    left: (seconds) => `${seconds}초 남음`,
    ignored: (type, reason) => `${type} 무시: ${reason}`,
    transitions: '전이',
    stays: '그대로',
    reasons: {
      duplicate: '중복',
      stale: '지난 것',
      late: '너무 늦음',
      unexpected: '여기서 기다리지 않음',
      notFound: '인스턴스 없음',
    },
  },
};
