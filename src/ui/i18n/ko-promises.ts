/** 약속: 이름, 뜻, 판정의 이유. 이유는 `verdict.reason`의 코드로 고릅니다. */
import { josa } from 'es-hangul';
import type { Verdict } from '../../trace/trace.ts';
import { shown } from '../format.ts';
import type { LaterMessages } from './en-later.ts';
import type { Messages } from './en.ts';
import { part } from './ko-parts.ts';

type Reason = NonNullable<Verdict['reason']>;
type Words = (reason: Reason) => string;

const names: Record<string, string> = {
  noPhantom: '유령 이벤트 없음',
  noEarlyDelivery: '이른 전달 없음',
  delivered: '전달됨',
  noDuplicateDelivery: '중복 전달 없음',
  effectAtMostOnce: '효과는 최대 한 번',
  firstOrder: '첫 처리 순서',
  effectOrder: '효과 순서',
  outboxDrains: '아웃박스 비워짐',
};

const meanings: Record<string, string> = {
  noPhantom: '롤백된 트랜잭션의 이벤트(유령 이벤트, phantom)를 처리하는 구독자가 없습니다.',
  noEarlyDelivery: '트랜잭션이 커밋되기 전에 그 이벤트를 처리하는 구독자가 없습니다.',
  delivered: '커밋된 이벤트는 모든 구독자에게 최소 한 번(at least once) 도착합니다. 실행을 마무리한 뒤에 판정합니다.',
  noDuplicateDelivery:
    '같은 이벤트가 한 구독자에게 두 번 전달되지 않습니다. 최소 한 번 전달하는 설계에서는 본래 깨집니다.',
  effectAtMostOnce: '청구서 같은 이벤트의 효과는 최대 한 번(at most once) 일어납니다.',
  firstOrder: '구독자는 한 캠페인의 이벤트를 발생한 순서대로 처음 만납니다.',
  effectOrder: '한 캠페인의 이벤트 효과는 순서대로 적용됩니다.',
  outboxDrains: '커밋된 아웃박스(outbox) 행은 모두 발행됩니다. 실행을 마무리한 뒤에 판정합니다.',
};

const statuses: Record<Verdict['status'], string> = {
  holds: '지켜짐',
  broken: '깨짐',
  pending: '판정 전',
  parked: '보류',
  unknown: '알 수 없음',
};

const statusMeanings: Record<Verdict['status'], string> = {
  holds: '이 실행에서 지켜집니다.',
  broken: '이 실행에서 깨졌습니다.',
  pending: '아직 깨지지 않았습니다. 판정하려면 마무리를 누르십시오.',
  parked: '빠진 것은 데드 레터에서 기다립니다.',
  unknown: '판정하기 전에 실행이 멈추었습니다.',
};

const who: Words = (r) => part(String(r['process'] ?? 'service'));
const who가: Words = (r) => josa(who(r), '이/가');
const to은: Words = (r) => josa(part(String(r['subscription'])), '은/는');
const to이: Words = (r) => josa(part(String(r['subscription'])), '이/가');
const event: Words = (r) => `${r['aggregateId']}번의 ${r['eventType']} 이벤트`;
const row: Words = (r) => (r['position'] === undefined ? event(r) : `${r['position']}번 행`);
const row을: Words = (r) => josa(row(r), '을/를');

const rollbacks: Record<string, Words> = {
  crash: (r) => `${who가(r)} 중단되어 트랜잭션이 롤백되었습니다`,
  failure: (r) => `${who(r)}의 커밋이 실패하여 롤백되었습니다`,
  conflict: (r) => `${who(r)}의 커밋이 더 새로운 버전을 만나 롤백되었습니다`,
  exception: (r) => `${who가(r)} 처리를 포기하여 트랜잭션이 롤백되었습니다`,
};
const rollback: Words = (r) => rollbacks[String(r['reason'])]?.(r) ?? '트랜잭션이 롤백되었습니다';

const causes: Record<string, Words> = {
  diedBeforeMarking: (r) => `${who가(r)} 표시하기 전에 중단되었습니다. 다시 시작한 뒤 ${row을(r)} 다시 발행합니다`,
  markingFailed: (r) => `${who가(r)} 발행한 것을 표시하지 못했습니다. ${row을(r)} 다시 발행합니다`,
  confirmationLost: (r) => `버스는 ${row을(r)} 받았지만 확인이 유실되었습니다. ${who가(r)} 다시 발행합니다`,
  publishedTwice: (r) => `${who가(r)} ${row을(r)} 한 번 더 발행합니다`,
  duplicatedByBus: () => '버스가 메시지를 하나 더 만들었습니다',
  diedBeforeAcknowledging: (r) => `${who가(r)} 확인 응답 전에 중단되었습니다. 버스가 메시지를 다시 전달합니다`,
  failedBeforeAcknowledging: (r) => `${who가(r)} 확인 응답 전에 실패했습니다. 버스가 메시지를 다시 전달합니다`,
  acknowledgementTimeout: (r) => `${who(r)}의 확인 응답이 너무 늦었습니다. 버스가 메시지를 다시 전달합니다`,
  busWentDown: (r) => `${who가(r)} 확인 응답을 보내기 전에 버스가 중단되었습니다. 메시지가 다시 전달됩니다`,
  deliveredAgain: () => '메시지가 두 번째로 왔습니다',
  publishedOutOfOrder: (r) =>
    `${who가(r)} 버전 ${r['version']}보다 버전 ${r['laterVersion']}의 이벤트를 먼저 발행했습니다`,
  delayed: () => '메시지가 지연되어 추월당했습니다',
  returnedToQueue: () => '메시지가 큐로 돌아가 추월당했습니다',
  promoted: () => '나중 메시지가 맨 앞으로 옮겨졌습니다',
  overtaken: () => '나중 메시지가 먼저 왔습니다',
};
const cause: Words = (r) => causes[String(r['cause'])]?.(r) ?? '그렇게 되었습니다';
const refused: Words = (r) => (r['reason'] === 'down' ? '중단되어 있어 거부했고' : '거부했고');
const backwards: Words = (r) => `${r['laterType']}(버전 ${r['laterVersion']}) 다음에 ${event(r)}(버전 ${r['version']})`;

const sentences: Record<string, Words> = {
  abortedAfterDelivery: (r) =>
    `${to이(r)} ${event(r)}를 처리하기 시작한 뒤에 ${rollback(r)}. 일어나지 않은 변경에 따라 움직입니다.`,
  deliveredAfterAbort: (r) =>
    `${rollback(r)}. 그러나 ${event(r)}는 이미 떠났습니다. ${to은(r)} 일어나지 않은 변경을 처리합니다.`,
  deliveredBeforeCommit: (r) =>
    `${who(r)}의 트랜잭션이 아직 열려 있는데 ${to이(r)} ${event(r)}를 처리합니다. 지금 애그리게이트를 읽으면 이전 상태가 보입니다.`,
  deliveredWithoutCommit: (r) => `${to은(r)} ${who가(r)} 롤백하여 커밋되지 않을 ${event(r)}를 처리합니다.`,
  crashedBeforePublish: (r) =>
    `${who가(r)} 커밋한 뒤 ${event(r)}를 발행하기 전에 중단되었습니다. 보내야 한다는 사실을 기억하는 곳이 없습니다.`,
  crashedAfterMark: (r) => `${who가(r)} ${row을(r)} 표시한 뒤 발행하기 전에 중단되었습니다. 다시 발행할 곳이 없습니다.`,
  refusedPublish: (r) => `버스가 ${event(r)}를 ${refused(r)}, ${josa(who(r), '은/는')} 다시 시도하지 않습니다.`,
  refusedAfterMark: (r) => `${who가(r)} 이미 표시한 ${row을(r)} 버스가 ${refused(r)}, 다시 발행할 곳이 없습니다.`,
  failedBeforePublish: (r) =>
    `${who가(r)} 커밋한 뒤 ${event(r)}를 발행하기 전에 실패했습니다. 보내야 한다는 사실을 기억하는 곳이 없습니다.`,
  failedAfterMark: (r) => `${who가(r)} ${row을(r)} 표시한 뒤 발행하기 전에 실패했습니다. 다시 발행할 곳이 없습니다.`,
  neverPublished: (r) => `${event(r)}는 커밋되었지만 발행되지 않았습니다.`,
  droppedByBus: (r) => `버스가 ${josa(part(String(r['subscription'])), '으로/로')} 가던 ${event(r)}를 잃었습니다.`,
  neverHandled: (r) => `${event(r)}가 ${part(String(r['subscription']))} 큐에 있지만 가져가는 곳이 없습니다.`,
  notRouted: (r) => `버스가 ${event(r)}를 받았지만 ${part(String(r['subscription']))} 큐가 없었습니다.`,
  deadLettered: (r) => `${to이(r)} ${r['attempts']}번 실패했습니다. ${event(r)}는 데드 레터에서 사람을 기다립니다.`,
  leftInOutbox: (r) => `${row(r)}의 ${event(r)}가 아직 아웃박스에 있고, 발행하러 오는 곳이 없습니다.`,
  neverMarked: (r) => `${row(r)}의 ${event(r)}는 발행되었지만 표시되지 않았습니다. 아웃박스는 아직 발행 전으로 봅니다.`,
  handledTwice: (r) => `${cause(r)}. 그래서 ${to은(r)} ${event(r)}를 두 번 처리합니다.`,
  appliedTwice: (r) => `${cause(r)}. 그래서 ${to은(r)} ${event(r)}를 두 번 적용합니다.`,
  handledOutOfOrder: (r) => `${cause(r)}. ${to은(r)} ${backwards(r)}를 처리합니다.`,
  appliedOutOfOrder: (r) => `${cause(r)}. ${to은(r)} ${backwards(r)}를 적용합니다.`,
  stopped: () => '모두 끝나기 전에 한도에서 실행이 멈추었습니다.',
};

export const koPromises: Messages['promises'] = {
  title: '약속',
  name: (key) => names[key] ?? key,
  status: (status) => statuses[status],
};

export const koVerdicts: LaterMessages['promises'] = {
  meaning: (key) => meanings[key] ?? '',
  statusMeaning: (status) => statusMeanings[status],
  because: shown((verdict: Verdict) =>
    verdict.reason
      ? (sentences[verdict.reason.code]?.(verdict.reason) ?? verdict.because ?? '')
      : (verdict.because ?? ''),
  ),
  harmless: '최소 한 번 전달에서는 본래 일어나는 일입니다. 이로 인해 중복된 효과는 없습니다.',
  goTo: (step) => `누르면 ${step}단계로 갑니다.`,
};
