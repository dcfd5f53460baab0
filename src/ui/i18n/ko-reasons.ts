/** 거절의 이유와 사람이 하는 일입니다. */
import type { IgnoredReason } from '../../trace/record.ts';
import type { Intervention } from '../../trace/scenario.ts';
import { part } from './ko-parts.ts';

const reasons: Record<string, string> = {
  alreadyActive: '이미 활성 상태입니다',
  alreadyDeactivated: '이미 비활성 상태입니다',
  unknownCommand: '아무도 모르는 명령입니다',
  transactionAborted: '트랜잭션이 롤백되었습니다',
  versionConflict: '그 사이 다른 쪽이 바꾸었습니다',
  publishRefused: '버스가 이벤트를 거부했습니다',
  confirmationLost: '버스의 확인을 받지 못했습니다',
  serviceDown: '서비스가 중단되어 있습니다',
  crash: '중단되었습니다',
  failure: '장애가 일어났습니다',
  conflict: '버전이 충돌했습니다',
  duplicate: 'ID가 이미 인박스에 있습니다',
  exception: '예외가 발생했습니다',
  timeout: '확인 응답이 너무 늦었습니다',
  down: '버스가 중단되어 있습니다',
  unknownProcess: '여기에는 그런 부품이 없습니다',
  unknownPoint: '그 지점에는 이르지 않습니다',
  alreadyUp: '이미 실행 중입니다',
  alreadyDown: '이미 중단되어 있습니다',
  notInThisFlow: '이 패턴에는 없습니다',
  nothingWaits: '기다리는 메시지가 없습니다',
  unknownSubscription: '그런 구독자가 없습니다',
  consumerFailed: '소비자가 예외를 던졌습니다',
  messageTooLarge: '버스가 받기에는 이벤트가 너무 큽니다',
  tooLarge: '이벤트가 너무 큽니다',
  offline: '듣는 소비자가 없습니다',
  overflow: '소비자의 메모리가 가득 찼습니다',
  stale: '더 새로운 버전을 이미 보았습니다',
  notOnThisBus: '이 버스에서는 일어나지 않습니다',
  nothingToLose: '아무도 발행 확인을 기다리지 않습니다',
  nothingIsClaimed: '릴레이가 선점한 것이 없습니다',
  nothingIsParked: '보류된 행이 없습니다',
  noDeadLetters: '데드 레터가 없습니다',
  offsetBeyondEnd: '로그가 거기까지 이르지 않습니다',
  overBudget: '예산을 넘습니다',
  nothingAsked: '그런 요청이 없었습니다',
  prevented: '이미 취소되었습니다',
  unknownService: '여기에는 그런 참여자가 없습니다',
  notWithParticipants: '참여자에게 가는 길에서는 일어나지 않습니다',
  instanceNotFound: '그런 인스턴스가 없습니다',
};

/** A reason code in words; an unknown code stays as it is. */
export const reason = (code: string): string => reasons[code] ?? code;

/** What a person does to put things right, as a button says it. */
export function intervention(what: Intervention): string {
  switch (what.type) {
    case 'redrive':
      return `${part(what.subscription)}의 데드 레터 ${what.message === undefined ? '' : `${what.message} `}다시 보내기`;
    case 'unpark':
      return '보류된 행 다시 발행';
    case 'replay':
      return `${part(what.subscription)} 로그를 오프셋 ${what.offset}번부터 다시 읽기`;
  }
}

const ignored: Record<IgnoredReason, string> = {
  duplicate: '이미 받은 메시지입니다',
  stale: '이전 시도에 대한 것입니다',
  late: '이미 끝났습니다',
  unexpected: '기다리던 것이 아닙니다',
  notFound: '그런 인스턴스가 없습니다',
};

/** Why a saga ignores a message; `state`: in which it was. */
export function ignoredReason(code: IgnoredReason, state?: string): string {
  if (state === undefined || code === 'duplicate' || code === 'notFound') return ignored[code];
  return `${state} 상태입니다. ${ignored[code]}`;
}
