/** 약속이 깨진 이유를 한 문장으로. 코드와 값은 `verdicts/sentences.ts`와 같습니다. */
import { josa } from 'es-hangul';
import { cause } from './ko-promise-causes.ts';
import { sagaSentences } from './ko-promise-sagas.ts';
import {
  event,
  other,
  other가,
  place,
  row,
  row을,
  to,
  to은,
  to이,
  who,
  who가,
  type Words,
} from './ko-promise-words.ts';

const rollbacks: Record<string, Words> = {
  crash: (r) => `${who가(r)} 중단되어 트랜잭션이 롤백되었습니다`,
  failure: (r) => `${who(r)}의 커밋이 실패하여 롤백되었습니다`,
  conflict: (r) => `${who(r)}의 커밋이 더 새로운 버전을 만나 롤백되었습니다`,
  exception: (r) => `${who가(r)} 처리를 포기하여 트랜잭션이 롤백되었습니다`,
};
const rollback: Words = (r) => rollbacks[String(r['reason'])]?.(r) ?? '트랜잭션이 롤백되었습니다';

const refused: Words = (r) => (r['reason'] === 'down' ? '중단되어 있어 거부했고' : '거부했고');
const versioned: Words = (r) => `${event(r)}(버전 ${r['version']})`;
const backwards: Words = (r) => `${r['laterType']}(버전 ${r['laterVersion']}) 다음에 ${versioned(r)}`;
const rowAndEvent: Words = (r) => `${row(r)}의 ${event(r)}`;

const unpublished: Record<string, Words> = {
  crashedBeforePublish: (r) =>
    `${who가(r)} 커밋한 뒤 ${event(r)}를 발행하기 전에 중단되었습니다. 보내야 한다는 사실을 기억하는 곳이 없습니다.`,
  crashedAfterMark: (r) => `${who가(r)} ${row을(r)} 표시한 뒤 발행하기 전에 중단되었습니다. 다시 발행할 곳이 없습니다.`,
  refusedPublish: (r) => `버스가 ${event(r)}를 ${refused(r)}, ${josa(who(r), '은/는')} 다시 시도하지 않습니다.`,
  refusedAfterMark: (r) => `${who가(r)} 이미 표시한 ${row을(r)} 버스가 ${refused(r)}, 다시 발행할 곳이 없습니다.`,
  refusedUnnoticed: (r) =>
    `버스가 ${event(r)}를 ${refused(r)}, ${josa(who(r), '은/는')} 응답을 기다리지 않아 발행된 것으로 압니다. 이벤트는 유실되었습니다.`,
  failedBeforePublish: (r) =>
    `${who가(r)} 커밋한 뒤 ${event(r)}를 발행하기 전에 실패했습니다. 보내야 한다는 사실을 기억하는 곳이 없습니다.`,
  failedAfterMark: (r) => `${who가(r)} ${row을(r)} 표시한 뒤 발행하기 전에 실패했습니다. 다시 발행할 곳이 없습니다.`,
  overwritten: (r) =>
    `${who가(r)} 전에 읽은 내용으로 ${r['aggregateId']}번 문서를 덮어써 ${event(r)}가 아웃박스에서 사라졌습니다. 발행할 곳이 없습니다.`,
  neverPublished: (r) => `${event(r)}는 커밋되었지만 발행되지 않았습니다.`,
  leftInOutbox: (r) => `${rowAndEvent(r)}가 아직 아웃박스에 있고, 발행하러 오는 곳이 없습니다.`,
  tooLarge: (r) => `${rowAndEvent(r)}는 버스가 받기에 너무 커서 계속 거부됩니다.`,
  blockedBehind: (r) =>
    `${rowAndEvent(r)}는 버스가 받기에 너무 큰 ${place(r['blockedBy'], r['blockedIn'])} 뒤에서 기다립니다. 릴레이는 그것을 보내기 전에는 나아가지 않습니다.`,
  rowParked: (r) => `버스가 ${rowAndEvent(r)}를 ${r['attempts']}번 거부하여 릴레이가 보류했습니다. 사람을 기다립니다.`,
  skippedByCursor: (r) =>
    `${who가(r)} 버스가 아직 받지 못한 ${rowAndEvent(r)}보다 뒤의 위치를 저장했습니다. 다시 돌아보지 않습니다.`,
  committedBehindCursor: (r) =>
    `${rowAndEvent(r)}가 커밋되었을 때 릴레이의 위치는 이미 그 뒤에 있었습니다. 다시 돌아보지 않습니다.`,
  historyLost: (r) => `${who가(r)} ${event(r)}를 읽기 전에 변경 로그가 잘렸습니다.`,
  neverMarked: (r) => `${rowAndEvent(r)}는 발행되었지만 표시되지 않았습니다. 아웃박스는 아직 발행 전으로 봅니다.`,
};

const undelivered: Record<string, Words> = {
  droppedByBus: (r) => `버스가 ${josa(to(r), '으로/로')} 가던 ${event(r)}를 잃었습니다.`,
  droppedOffline: (r) => `버스가 ${event(r)}를 전할 때 ${to이(r)} 없었습니다. 이벤트는 유실되었습니다.`,
  droppedOverflow: (r) => `${to(r)}의 메모리가 가득 차 버스가 ${event(r)}를 버렸습니다.`,
  lostInMemory: (r) => `${event(r)}는 ${to(r)}의 메모리에서 기다리다가 함께 사라졌습니다.`,
  neverHandled: (r) => `${event(r)}가 ${to(r)} 큐에 있지만 가져가는 곳이 없습니다.`,
  notRouted: (r) => `버스가 ${event(r)}를 받았지만 ${to(r)} 큐가 없었습니다.`,
  deadLettered: (r) => `${to이(r)} ${r['attempts']}번 실패했습니다. ${event(r)}는 데드 레터에서 사람을 기다립니다.`,
  knownWithoutEffect: (r) =>
    `${who가(r)} ${event(r)}를 인박스에 적었지만 효과에 이르지 못했습니다. 다시 와도 이미 처리한 것으로 봅니다.`,
  diedWithMessage: (r) =>
    `${who가(r)} ${event(r)}를 처리하다가 중단되었고, 메시지는 다시 오지 않았습니다. 효과가 빠졌습니다.`,
  failedWithMessage: (r) =>
    `${who가(r)} ${event(r)}를 처리하다가 실패했고, 메시지는 다시 오지 않았습니다. 효과가 빠졌습니다.`,
  neverApplied: (r) => `${who가(r)} ${event(r)}를 받았지만 적용하지 않았습니다.`,
  ignoredAsStale: (r) =>
    `${to은(r)} ${versioned(r)}보다 버전 ${r['seen']}의 이벤트를 먼저 보았기에 그것을 무시했습니다. 효과가 빠졌습니다.`,
  leftInQueue: (r) => `버스에 ${josa(to(r), '으로/로')} 갈 ${event(r)}가 남아 있고, 끝내는 곳이 없습니다.`,
  leftInLog: (r) => `${to은(r)} ${event(r)}가 있는 로그의 끝까지 오프셋을 커밋하지 않았습니다.`,
};

const received: Record<string, Words> = {
  abortedAfterDelivery: (r) =>
    `${to이(r)} ${event(r)}를 처리하기 시작한 뒤에 ${rollback(r)}. 일어나지 않은 변경에 따라 움직입니다.`,
  deliveredAfterAbort: (r) =>
    `${rollback(r)}. 그러나 ${event(r)}는 이미 떠났습니다. ${to은(r)} 일어나지 않은 변경을 처리합니다.`,
  deliveredBeforeCommit: (r) =>
    `${who(r)}의 트랜잭션이 아직 열려 있는데 ${to이(r)} ${event(r)}를 처리합니다. 지금 애그리게이트를 읽으면 이전 상태가 보입니다.`,
  deliveredWithoutCommit: (r) => `${to은(r)} ${who가(r)} 롤백하여 커밋되지 않을 ${event(r)}를 처리합니다.`,
  handledTwice: (r) => `${cause(r)}. 그래서 ${to은(r)} ${event(r)}를 두 번 처리합니다.`,
  appliedTwice: (r) => `${cause(r)}. 그래서 ${to은(r)} ${event(r)}를 두 번 적용합니다.`,
  handledOutOfOrder: (r) => `${cause(r)}. ${to은(r)} ${backwards(r)}를 처리합니다.`,
  appliedOutOfOrder: (r) => `${cause(r)}. ${to은(r)} ${backwards(r)}를 적용합니다.`,
  handledWithGap: (r) =>
    `${cause(r)}. ${to은(r)} ${r['earlierType']}(버전 ${r['earlierVersion']}) 없이 ${versioned(r)}를 처리합니다.`,
  inboxBeforeEffect: (r) =>
    `${who가(r)} ${event(r)}를 별도의 트랜잭션으로 인박스에 적습니다. 효과 전에 중단되면 효과를 되찾을 수 없습니다.`,
  effectBeforeInbox: (r) =>
    `${who가(r)} ${event(r)}를 적용하고 아직 인박스에 적지 않았습니다. 그 사이에 중단되면 효과가 두 번 일어납니다.`,
  forgottenTooSoon: (r) => `${to(r)}의 인박스가 잊은 뒤에 ${event(r)}가 다시 와서 효과가 두 번 적용됩니다.`,
  appendedTwice: (r) => `${to이(r)} ${event(r)}에 대해 행을 하나 더 썼습니다. 표에는 일어난 것보다 많이 적혀 있습니다.`,
  appendedForNothing: (r) => `${to이(r)} 커밋되지 않은 ${event(r)}에 대해 행을 썼습니다.`,
  rowForNothing: (r) => `${r['table']} 표의 ${r['key']} 행을 마지막으로 쓴 ${versioned(r)}는 커밋되지 않았습니다.`,
  staleRow: (r) => `${r['table']} 표의 ${r['key']} 행은 ${backwards(r)}가 마지막으로 썼습니다. 오래된 것이 남았습니다.`,
};

const stored: Record<string, Words> = {
  notCaptured: (r) =>
    `${who가(r)} ${event(r)}를 아웃박스에 넣지 않고 커밋했습니다. 보내야 한다는 사실을 기억하는 곳이 없습니다.`,
  capturedWithoutCommit: (r) => `${rowAndEvent(r)}가 아웃박스에 있지만 그 트랜잭션은 커밋되지 않았습니다.`,
  markedBeforePublish: (r) => `${who가(r)} 버스에 넘기기도 전에 ${rowAndEvent(r)}를 발행된 것으로 표시합니다.`,
  deletedBeforePublish: (r) => `${who가(r)} 버스에 넘기기도 전에 ${rowAndEvent(r)}를 지웁니다.`,
  claimedTwice: (r) =>
    `${other가(r)} 아직 가지고 있는 ${r['position'] === undefined ? `${r['aggregateId']}번의 이벤트를` : row을(r)} ${who가(r)} 선점합니다.`,
  publishedWithoutClaim: (r) => `${who가(r)} 더는 가지고 있지 않은 ${rowAndEvent(r)}를 발행합니다.`,
  publishedBesideClaim: (r) => `${who가(r)} 이제는 ${other가(r)} 가진 ${rowAndEvent(r)}를 발행합니다.`,
  lostUpdate: (r) =>
    `${who가(r)} ${r['aggregateId']}번을 ${other가(r)} 변경하기 전에 읽은 내용으로 덮어씁니다. 그 변경(${r['eventType']})이 사라졌습니다.`,
  markOverwritten: (r) =>
    `${who가(r)} ${r['aggregateId']}번을 ${other가(r)} 쓰기 전에 읽은 내용으로 덮어씁니다. ${other(r)}의 쓰기가 사라졌습니다.`,
  resurrectedEntry: (r) => `${who가(r)} 이미 끝난 ${rowAndEvent(r)}를 발행 전으로 저장합니다. 다시 발행될 것입니다.`,
  keptPublished: (r) =>
    Number(r['count']) > 1
      ? `발행된 ${josa(row(r), '와/과')} 그 밖의 ${Number(r['count']) - 1}개가 아직 저장되어 있습니다. 지우는 곳이 없습니다.`
      : `발행된 ${josa(row(r), '이/가')} 아직 저장되어 있습니다. 지우는 곳이 없습니다.`,
  identityChanged: (r) =>
    `${r['eventId']} 이벤트의 사본에는 ${fields[String(r['field'])] ?? r['field']}: ${r['is']}, 처음에는 ${r['was']}라고 적혀 있습니다.`,
  publishedBeforeCommand: (r) => `버스가 ${event(r)}를 받지만, 그 이벤트로 이어질 명령을 받은 곳이 없습니다.`,
  handledBeforePublish: (r) => `버스가 받기도 전에 ${to이(r)} ${event(r)}를 처리합니다.`,
  stopped: () => '모두 끝나기 전에 한도에서 실행이 멈추었습니다.',
};

const fields: Record<string, string> = {
  eventType: '타입',
  aggregateId: '애그리게이트',
  aggregateVersion: '버전',
  transactionId: '트랜잭션',
};

export const sentences: Readonly<Record<string, Words>> = {
  ...unpublished,
  ...undelivered,
  ...received,
  ...stored,
  ...sagaSentences,
};
