/** 무대의 변형과 목록에서만 쓰는 한국어. 필요할 때 가져옵니다. */
import { josa } from 'es-hangul';
import { shown } from '../format.ts';
import type { StageLate } from './en-stage-late.ts';
import { part, span } from './ko-parts.ts';

const list = (all: readonly (string | number)[]): string => all.join(', ');

export const koStageLate: StageLate = {
  relay: {
    holds: shown(
      (what: readonly (string | number)[], left: number | null) =>
        `${list(what)} 선점${left === null ? '' : ` · ${span(left)}`}`,
    ),
    ranOut: shown((what: readonly (string | number)[]) => `${list(what)} 선점 만료`),
    at: (position) => (position === null ? '위치 없음' : `위치 ${position}`),
    stopped: (fence) => `${fence} 앞에서 멈춤`,
    lost: (first) => `로그는 ${first}부터`,
  },
  cleaner: { idle: '오래된 행 지움' },
  changes: {
    title: '변경 로그',
    from: (first) => `${first}부터`,
    lost: (position, first) => `유실: ${position + 1 === first - 1 ? first - 1 : `${position + 1}–${first - 1}`}`,
    position: (position) => `릴레이 위치 ${position}`,
  },
  document: { entries: (count, pending) => `${count} · 발행 전 ${pending}` },
  pubsub: { nothingKept: '보관하지 않음', memory: '메모리' },
  log: { partition: (number) => `파티션 ${number}`, nobody: '읽는 이 없음' },
  handler: { name: (number) => `핸들러 ${number}`, idle: '대기', down: '중단됨' },
  zombie: shown((event: string) => `아직 ${event} 처리`),
  facts: {
    parked: (count) => `보류 ${count}개`,
    reserved: (positions) => `위치만 잡히고 행은 아직 없음: ${list(positions)}`,
    polls: (polls, read) => `폴링 ${polls}번, 마지막에 ${read}행`,
    changes: (first, last) => `변경 로그 ${first}부터 ${last}까지`,
    partition: (partition, end) => `파티션 ${partition}: 레코드 ${end}개`,
    position: (partition, at, committed) => `파티션 ${partition} 담당, ${at}까지 읽음, ${committed}까지 커밋`,
    inHand: shown((events: readonly string[]) => `${list(events)} 처리 중`),
    memory: (count) => `메모리에 ${count}개`,
    zombie: shown((events: readonly string[]) => `이미 잃은 ${josa(list(events), '을/를')} 아직 처리 중`),
  },
  list: {
    outbox: '아웃박스',
    row: shown((key: string | number, event: string, state: string) => `${key} ${event}, ${state}`),
    more: (hidden) => `외 ${hidden}개`,
    changes: '변경 로그',
    change: shown((number: number, writes: readonly string[]) => `${number}: ${list(writes)}`),
    partition: (number, end) => `로그의 파티션 ${number}: 다음 오프셋 ${end}`,
    entry: shown(
      (offset: number, event: string, aggregate: string, version: number, copy: number) =>
        `${offset}: ${event}, ${aggregate} v${version}${copy > 1 ? `, ${copy}번째` : ''}`,
    ),
    waiting: (subscription) => `${part(subscription)} 큐`,
    held: (subscription) => `${part(subscription)}에서 처리 중`,
    dead: (subscription) => `${part(subscription)} 데드 레터`,
    message: shown(
      (event: string, aggregate: string, version: number, notes: string) =>
        `${event}, ${aggregate} v${version}${notes && `, ${notes}`}`,
    ),
    attempt: (attempt) => `${attempt}번째 전달`,
    delayed: '지연됨',
    at: shown((consumer: string) => `${part(consumer)}에서`),
    inMemory: '메모리에 있음',
    zombie: '손을 떠남',
    effects: (subscription) => `${josa(part(subscription), '이/가')} 쓴 것`,
  },
};
