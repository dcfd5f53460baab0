/** 약속의 이름과 뜻 밖에 덧붙이는 말. 필요할 때 가져옵니다. */
import type { PromiseNotes } from './en-promise-notes.ts';

const subjects: PromiseNotes['subjects'] = {
  publishing: '발행',
  outbox: '아웃박스와 릴레이',
  bus: '버스',
  consumers: '소비자',
  state: '상태',
  sagas: '사가',
  boundaries: '경계',
  other: '그 밖',
};

const withOutbox = '아웃박스를 쓸 때만 판정합니다.';
const withSubscriptions = '이벤트를 구독하는 곳이 있을 때만 판정합니다.';
const withSubscribers = '효과가 있는 구독자가 있을 때만 판정합니다.';
const withAggregates = '애그리게이트가 이벤트를 일으킬 때만 판정합니다.';

const withSaga = '사가나 프로세스 관리자가 있을 때만 판정합니다.';
const withInstances = '사가가 인스턴스를 저장할 때만 판정합니다.';
const withParticipants = '사가가 다른 곳에 명령을 보낼 때만 판정합니다.';
const inTrip = '프로세스 관리자가 있을 때만 판정합니다.';

const only: Record<string, string> = {
  noPhantom: withSubscriptions,
  noEarlyDelivery: withSubscriptions,
  delivered: withSubscriptions,
  noDuplicateDelivery: withSubscriptions,
  firstOrder: withSubscriptions,
  gapFree: withSubscriptions,
  monotone: withSubscriptions,
  queueDrains: withSubscriptions,
  effectAtLeastOnce: withSubscribers,
  effectAtMostOnce: withSubscribers,
  effectOrder: withSubscribers,
  convergence: withSubscribers,
  outboxDrains: withAggregates,
  noLostUpdate: withAggregates,
  atomicCapture: withOutbox,
  markImpliesAccepted: withOutbox,
  noForeignBlock: withOutbox,
  noResurrection: withOutbox,
  boundedOutbox: withOutbox,
  noSkip: '릴레이가 커서나 변경 로그의 위치를 저장할 때만 판정합니다.',
  singleClaim: '두 릴레이가 행을 선점할 때만 판정합니다.',
  inboxAtomic: '인박스가 ID를 저장할 때만 판정합니다.',
  retention: '아웃박스를 정리하거나 인박스가 ID를 잠깐만 보관할 때 판정합니다.',
  boundaryKept: '예산 흐름에서만 판정합니다.',
  processEnds: withSaga,
  noContradiction: withParticipants,
  compensationSound: withParticipants,
  compensationEnds: withInstances,
  commandRecorded: withInstances,
  commandsExecuted: '사가가 아웃박스로 명령을 보낼 때만 판정합니다.',
  oneInstance: withInstances,
  sagaSerial: withInstances,
  timerToken: '사가가 기한을 정할 때만 판정합니다.',
  terminalQuiet: withInstances,
  replayDeterminism: inTrip,
  oneAggregatePerTx: '사가가 있거나 있을 수 있을 때만 판정합니다.',
};

const harmless: Record<string, string> = {
  noDuplicateDelivery: '최소 한 번 전달에서는 본래 일어나는 일입니다. 이로 인해 중복된 효과는 없습니다.',
  monotone: '새 이벤트 뒤에 이전 이벤트가 다시 왔습니다. 이로 인해 순서가 뒤바뀐 효과는 없습니다.',
  inboxAtomic: '이 설계에는 틈이 있습니다. 이 실행에서는 그 틈에서 잘못된 것이 없습니다.',
  markImpliesAccepted: '이 설계에는 틈이 있습니다. 이 실행에서는 그 틈에서 유실된 것이 없습니다.',
  boundedOutbox: '유실되는 것은 없습니다. 행을 지우거나 정리할 때까지 테이블이 커집니다.',
  commandRecorded: '이 설계에는 틈이 있습니다. 이 실행에서는 그 틈에서 잘못된 것이 없습니다.',
  commandsExecuted: '명령이 유실되었지만 프로세스는 끝났습니다.',
  oneAggregatePerTx: '이로 인해 잘못된 것은 없습니다. 둘이 사실은 하나임을 보여 줍니다.',
};

export const koPromiseNotes: PromiseNotes = {
  subjects,
  off: '판정하지 않음',
  only: (key) => only[key] ?? '이 옵션에서는 판정하지 않습니다.',
  harmless: (key) => harmless[key] ?? '',
};
