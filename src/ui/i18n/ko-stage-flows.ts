/** 사가가 있는 흐름의 무대에서 쓰는 한국어. 그림과 함께 가져옵니다. */
import { josa } from 'es-hangul';
import { shown } from '../format.ts';
import type { StageFlowWords } from './en-stage-flows.ts';
import { part, span } from './ko-parts.ts';

const list = (all: readonly string[]): string => all.join(', ');

export const koStageFlows: StageFlowWords = {
  names: {
    trip: { service: '여행 서비스', handler: 'BookingAPI' },
    budget: { service: '예산 서비스', handler: 'ManagementAPI' },
  },
  machines: {
    campaignPublishing: '캠페인 게시 사가(saga)',
    tripBooking: '여행 예약 프로세스 관리자',
    budgetKeeping: '예산 지킴이 사가(saga)',
  },
  stateless: '기억이 없는 게시 사가(saga)',
  queue: (subscription) => `${part(subscription)} 큐`,
  line: (subscription) => `${part(subscription)} 연결`,
  patterns: {
    stateless: '기억이 없는 사가(saga): 이벤트마다 곧바로 명령을 보내고, 아무것도 적어 두지 않습니다.',
    eventSourced: '책에 나온 사가(saga): 받은 것과 내린 명령을 아웃박스와 함께 한 트랜잭션으로 기록합니다.',
    guarded: '사가(saga): 상태와 명령과 기한을 한 트랜잭션으로 커밋하고, 릴레이(relay)가 명령을 보냅니다.',
    direct: '핸들러가 상태를 저장하기 전에 명령을 직접 보내는 사가(saga)입니다.',
    trip: '프로세스 관리자: 여행이 어디까지 왔는지 기억하고, 다음에 누구에게 물을지 정합니다.',
    together: '하나의 경계: 늘 맞아야 하는 것이 한 애그리게이트에 있어, 커밋마다 규칙이 지켜집니다.',
    apart: '두 경계와 사가(saga): 캠페인이 먼저 시작되고, 예산에는 나중에 묻습니다.',
    tooLarge: '모든 것을 담은 하나의 경계: 규칙은 지켜지지만 모두가 서로를 기다립니다.',
  },
  tables: { sagas: 'sagas', commands: 'commands', timers: 'timers', history: 'history' },
  instance: (version, attempt) => `v${version}${attempt > 1 ? ` · ${attempt}번째 시도` : ''}`,
  instances: (count) => `인스턴스 ${count}개`,
  none: '인스턴스 없음',
  noMemory: '상태 없음: 모든 이벤트를 처음 봅니다',
  waitsFor: (who) => `${who} 기다림`,
  ended: '끝남',
  deleted: '끝나고 지워짐',
  moved: shown((type: string, from: string | null, to: string) =>
    from === null
      ? `${type}: ${to}에서 시작`
      : from === to
        ? `${type}: ${to} 그대로`
        : `${type}: ${from} → ${to}`,
  ),
  ignored: shown((type: string, reason: string) => `${type} 무시: ${reason}`),
  reasons: {
    duplicate: '중복',
    stale: '이전 시도의 것',
    late: '너무 늦음',
    unexpected: '여기서 예상 밖',
    notFound: '인스턴스 없음',
  },
  conflicts: (count) => `충돌 ${count}번`,
  startedTwice: '두 번 시작됨',
  missed: (count) => `인스턴스를 못 찾음 ${count}번`,
  timer: shown((name: string, left: number) => `${name} ${span(left)} 후`),
  due: (left) => (left > 0 ? `${span(left)} 후` : '때가 됨'),
  sent: '보냄',
  notSent: '보내기 전',
  history: {
    received: shown((type: string, token: string) => `← ${type}${token && ` ${token}`}`),
    issued: shown((name: string, token: string) => `→ ${name}${token && ` ${token}`}`),
    decided: '결정',
  },
  commandRelay: '명령 보내기',
  participant: {
    roles: {
      publishing: '광고를 게시함',
      approver: '경로를 승인함',
      manager: '경로 변경을 정함',
      airline: '항공편을 예약함',
      hotel: '방을 예약함',
      traveler: '결과를 알림받음',
      operator: '경보를 받음',
    },
    silent: '답하지 않음',
    delayed: shown((name: string) => `${name} 늦음`),
    dropped: shown((name: string) => `${name} 유실`),
    ignored: { known: '이미 아는 것', prevented: '거절: 먼저 취소됨', nothingThere: '되돌릴 것 없음' },
    received: (count) => `명령 ${count}개`,
    twice: (count) => `${count}× 게시됨`,
  },
  effects: {
    asked: '요청됨',
    listed: '게시됨',
    withdrawn: '철회됨',
    booked: '예약됨',
    cancelled: '취소됨',
    prevented: '막힘',
    notified: '알림',
  },
  answered: (token, yes) => `${token} ${yes ? '✓' : '✗'}`,
  answers: {
    title: '대신 답하기',
    nothing: '아직 아무도 묻지 않았습니다.',
    give: shown((answer: string, token: string) => `${answer}${token && ` ${token}`}`),
  },
  budget: {
    title: '예산',
    account: '계정',
    publisher: '게시자',
    campaign: shown((id: string) => `캠페인 ${id}`),
    committed: (amount, limit) => `${limit} 중 ${amount} 사용`,
    reserved: (amount, limit) => `${limit} 중 ${amount} 예약`,
    views: (count) => `조회 ${count}`,
    states: { DRAFT: '초안', ACTIVE: '활성', DEACTIVATED: '중지됨' },
    rule: '규칙: 활성 금액 ≤ 예산',
    holds: (active, limit) => `${active} ≤ ${limit}`,
    broken: (active, limit) => `${active} > ${limit}: 깨짐`,
    none: '캠페인 없음',
    nobody: '구독자 없음',
  },
  list: {
    rows: (table) => `${table} 행`,
    instances: '인스턴스',
    things: (who) => `${josa(who, '이/가')} 요청받은 것`,
    instance: shown((id: string, facts: string) => `${id}: ${facts}`),
    thing: shown((thing: string, facts: string) => `${thing}: ${facts}`),
    participants: (facts) => list(facts),
  },
};
