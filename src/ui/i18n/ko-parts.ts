/** 부품, 효과, 장애의 한국어 이름. 다른 한국어 표들이 함께 씁니다. */
import { josa } from 'es-hangul';
import type { Failure } from '../../trace/scenario.ts';
import { untilDeadLetter } from '../format.ts';
import type { Ground } from './en-parts.ts';

const names: Record<string, string> = {
  user: '사용자',
  kernel: '실행',
  service: '서비스',
  database: '데이터베이스',
  relay: '릴레이',
  cleaner: '정리 작업',
  bus: '버스',
  adServing: '광고 게재',
  billing: '청구',
  saga: '사가',
  processManager: '프로세스 관리자',
  publishing: '게시 서비스',
  approver: '승인자',
  manager: '상급자',
  airline: '항공사',
  hotel: '호텔',
  traveler: '여행자',
  operator: '운영자',
};

/** A time span, virtual ms. */
export const span = (ms: number): string => (ms < 1000 ? `${ms}ms` : `${+(ms / 1000).toFixed(1)}초`);

/** A part's name; `consumer:billing-2` is the second one. */
export function part(id: string): string {
  const [, base = id, number] = /^(?:consumer:|queue:)?(.*?)(?:-(\d+))?$/.exec(id) ?? [];
  const name = names[base];
  return name === undefined ? id : number ? `${name} ${number}` : name;
}

const effects: Record<string, string> = {
  load: '읽기',
  reservePosition: '위치 잡기',
  commit: '커밋',
  publish: '발행',
  fetchUnpublished: '조회',
  claimUnpublished: '선점',
  fetchPending: '조회',
  claimPending: '선점',
  reloadDocument: '다시 읽기',
  readPosition: '위치 읽기',
  fetchAfter: '조회',
  fetchChanges: '로그 읽기',
  markPublished: '표시',
  deletePublished: '삭제',
  storePosition: '위치 저장',
  countAttempt: '시도 기록',
  releaseLeases: '선점 해제',
  fetchPublished: '조회',
  removePublished: '정리',
  fetchParked: '조회',
  unpark: '보류 해제',
  checkInbox: '인박스 확인',
  recordInbox: '인박스 기록',
  apply: '적용',
  acknowledge: '확인 응답',
  loadInstance: '읽기',
  commitInstance: '커밋',
  ignoreMessage: '무시',
  missInstance: '찾기',
  callParticipant: '호출',
  fetchCommands: '명령 조회',
  sendCommand: '전송',
  markSent: '보냄 표시',
};

/** The short word for an effect. */
export const effect = (name: string): string => effects[name] ?? name;

const commands: Record<string, string> = { ActivateCampaign: '캠페인 활성화', DeactivateCampaign: '캠페인 비활성화' };

/** A command as a noun that particles can follow. */
export const command = (name: string): string => `${commands[name] ?? name} 명령`;

const point = (text: string): string => {
  const [when, what] = text.split(':');
  return `${effect(what ?? '')} ${when === 'before' ? '전' : '후'}`;
};

function crash(process: string, at: string | undefined, ground: Ground): string {
  if (!at) return `${part(process)} 지금 중단`;
  const finish = /^before:(markPublished|deletePublished)$/.exec(at)?.[1];
  if (finish && ground && ground.afterPublish !== 'markFirst')
    return `발행과 ${effect(finish)} 사이에 ${part(process)} 중단`;
  return `${point(at)} ${part(process)} 중단`;
}

function message(failure: Extract<Failure, { type: 'drop' | 'duplicate' | 'delay' | 'deliverNow' }>): string {
  const which = failure.message === undefined ? '다음 메시지' : `메시지 ${failure.message}`;
  const next = failure.subscription === undefined ? which : `${part(failure.subscription)}의 ${which}`;
  switch (failure.type) {
    case 'drop':
      return `${next} 유실`;
    case 'duplicate':
      return `${next} 중복`;
    case 'delay':
      return `${next} ${span(failure.by ?? 0)} 지연`;
    case 'deliverNow':
      return `${next} 지금 전달`;
  }
}

const asUsual: Ground = { afterPublish: 'mark', bus: 'queue' };

function throws(subscription: string, count: number, ground: Ground): string {
  const said = `${part(subscription)} 예외 ${count}번`;
  return count >= untilDeadLetter && ground?.bus === 'queue' ? `${said}: 데드 레터` : said;
}

/** A failure as a button says it. */
export function failure(what: Failure, ground: Ground = asUsual): string {
  switch (what.type) {
    case 'crash':
      return crash(what.process, what.point, ground);
    case 'restart':
      return `${part(what.process)} 다시 시작`;
    case 'abortTransaction':
      if (what.process === undefined) return '누구의 것이든 다음 트랜잭션 중단';
      return what.process === 'service' ? '다음 트랜잭션 중단' : `${part(what.process)}의 다음 트랜잭션 중단`;
    case 'busDown':
      return `버스 ${span(what.for)} 동안 중단`;
    case 'refusePublish':
      return '다음 발행 거부';
    case 'loseConfirmation':
      return '다음 발행 확인 유실';
    case 'consumerFails':
      return throws(what.subscription, what.times, ground);
    case 'redeliver':
      return `처리 중에 ${josa(part(what.subscription), '으로/로')} 재전달`;
    case 'rebalance':
      return `${part(what.subscription)}의 파티션을 다른 소비자에게 넘기기`;
    case 'expireLease':
      return `${part(what.process)}의 선점 일찍 끝내기`;
    case 'silence':
      return `${part(what.service)} 응답 없음`;
    case 'slow':
      return what.by > 0
        ? `${part(what.process)} 느려짐: 효과마다 ${span(what.by)} 추가`
        : `${part(what.process)} 제 속도로`;
    case 'drop':
    case 'duplicate':
    case 'delay':
    case 'deliverNow':
      return message(what);
  }
}

/** An armed crash as short as a panel has room for. */
export function armedShort(what: Failure): string {
  return what.type === 'crash' && what.point ? `${point(what.point)} 중단` : failure(what);
}
