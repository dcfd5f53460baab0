/** 상태 차트가 쓰는 한국어. 그림과 함께 가져옵니다. */
import type { IgnoredReason } from '../../trace/record.ts';
import type { StatechartWords } from './en-statechart.ts';
import { span } from './ko-parts.ts';

const reasons: Record<IgnoredReason, string> = {
  unexpected: '이 상태에서 기다리던 것이 아닙니다',
  late: '이미 끝났습니다',
  duplicate: '이미 받은 메시지입니다',
  stale: '이전 시도에 대한 것입니다',
  notFound: '그런 인스턴스가 없습니다',
};

const list = (all: readonly string[]): string => all.join(', ');

export const koStatechart: StatechartWords = {
  anywhere: '어느 상태에서든',
  stays: '그대로',
  ended: '끝난 상태',
  waitsFor: (who) => `${who} 대기`,
  ignored: (event, reason) => `${event} 무시: ${reasons[reason]}`,
  chart: (machine, states) => `${machine} 상태 차트, 상태 ${states}개`,
  nobody: '아직 인스턴스가 없습니다',
  at: (instance, state) => `${instance}: ${state} 상태`,
  deleted: (instance) => `${instance}: 끝나서 삭제됨`,
  taken: (event, from, to) => (from === null ? `${event}: ${to}에서 시작` : `${event}: ${from}에서 ${to}(으)로`),
  until: (timer, left) => `${timer}까지 ${span(left)}`,
  way: (from, event, guards, to, does) =>
    `${from}: ${event}${guards.length > 0 ? ` (조건: ${guards.join(', ')})` : ''} → ${to}${does.length > 0 ? `, 실행: ${list(does)}` : ''}`,
};
