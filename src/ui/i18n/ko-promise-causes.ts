/** 다시 오거나, 순서가 뒤바뀌거나, 빠진 까닭. 문장의 앞부분입니다. */
import { josa } from 'es-hangul';
import { other, other가, row을, who, who가, type Words } from './ko-promise-words.ts';

const causes: Record<string, Words> = {
  diedBeforeMarking: (r) => `${who가(r)} 표시하기 전에 중단되었습니다. 다시 시작한 뒤 ${row을(r)} 다시 발행합니다`,
  markingFailed: (r) => `${who가(r)} 발행한 것을 표시하지 못했습니다. ${row을(r)} 다시 발행합니다`,
  failedBeforeMarking: (r) => `${who가(r)} 표시하기 전에 처리를 포기했습니다. ${row을(r)} 다시 발행합니다`,
  confirmationLost: (r) => `버스는 ${row을(r)} 받았지만 확인이 유실되었습니다. ${who가(r)} 다시 발행합니다`,
  publishedTwice: (r) => `${who가(r)} ${row을(r)} 한 번 더 발행합니다`,
  tookOver: (r) => `${other가(r)} 표시하기 전에 중단되었습니다. ${who가(r)} 이어받아 ${row을(r)} 다시 발행합니다`,
  twoRelays: (r) => `${josa(other(r), '와/과')} ${who가(r)} 둘 다 ${row을(r)} 발행합니다`,
  leaseExpired: (r) => `${who가(r)} 일하는 동안 임대가 끝나 ${other가(r)} 이어받았습니다. 둘 다 ${row을(r)} 발행합니다`,
  resurrected: (r) => `${other가(r)} 전에 읽은 내용으로 표시를 덮어썼습니다. ${who가(r)} ${row을(r)} 다시 발행합니다`,
  duplicatedByBus: () => '버스가 메시지를 하나 더 만들었습니다',
  diedBeforeAcknowledging: (r) => `${who가(r)} 확인 응답 전에 중단되었습니다. 버스가 메시지를 다시 전달합니다`,
  failedBeforeAcknowledging: (r) => `${who가(r)} 확인 응답 전에 실패했습니다. 버스가 메시지를 다시 전달합니다`,
  acknowledgementTimeout: (r) => `${who(r)}의 확인 응답이 너무 늦었습니다. 버스가 메시지를 다시 전달합니다`,
  busWentDown: (r) => `${who가(r)} 확인 응답을 보내기 전에 버스가 중단되었습니다. 메시지가 다시 전달됩니다`,
  deliveredAgain: () => '메시지가 두 번째로 왔습니다',
  redriven: () => '데드 레터를 큐의 맨 뒤로 다시 보냈습니다',
  replayed: () => '로그를 앞에서부터 다시 읽습니다',
  rebalanced: (r) =>
    r['other'] === r['process']
      ? `${who(r)}의 오프셋이 커밋되기 전에 파티션이 다시 배정되었습니다. 메시지를 다시 읽습니다`
      : `${who(r)}의 오프셋이 커밋되기 전에 파티션이 ${josa(other(r), '으로/로')} 넘어갔습니다. 메시지를 다시 읽습니다`,
  publishedOutOfOrder: (r) =>
    `${who가(r)} 버전 ${r['version']}보다 버전 ${r['laterVersion']}의 이벤트를 먼저 발행했습니다`,
  relaysOutOfOrder: (r) =>
    `${other가(r)} 버전 ${r['version']}의 이벤트를 발행하기 전에 ${who가(r)} 버전 ${r['laterVersion']}의 이벤트를 발행했습니다`,
  delayed: () => '메시지가 지연되어 추월당했습니다',
  returnedToQueue: () => '메시지가 큐로 돌아가 추월당했습니다',
  wentToTail: () => '메시지가 큐의 맨 뒤로 돌아가 추월당했습니다',
  promoted: () => '나중 메시지가 맨 앞으로 옮겨졌습니다',
  competing: (r) => `${other가(r)} ${who(r)}보다 먼저 처리했습니다`,
  overtaken: () => '나중 메시지가 먼저 왔습니다',
  missingDead: (r) => `버전 ${r['earlierVersion']}의 이벤트는 데드 레터에 있습니다`,
  missingDropped: (r) => `버전 ${r['earlierVersion']}의 이벤트는 버스가 잃었습니다`,
  missingQueued: (r) => `버전 ${r['earlierVersion']}의 이벤트는 아직 오는 중입니다`,
  missingParked: (r) => `버전 ${r['earlierVersion']}의 이벤트는 릴레이가 보류했습니다`,
  missingUnpublished: (r) => `버전 ${r['earlierVersion']}의 이벤트는 발행되지 않았습니다`,
  neverAnswered: (r) => (r['process'] === undefined ? '응답한 곳이 없습니다' : `${who가(r)} 응답하지 않았습니다`),
  participantSilent: (r) => `${who가(r)} 명령을 실행했지만 아무 응답도 하지 않습니다`,
  commandLost: (r) => `${who(r)}의 명령이 가는 길에 유실되었습니다`,
  answerLost: () => '버스가 응답을 잃었습니다',
  answerDead: () => '응답이 데드 레터에 있습니다',
  answerDiscarded: () => '응답이 인스턴스가 저장되기 전에 와서 버려졌습니다',
  moveOverwritten: (r) => `${who가(r)} 다른 처리기가 저장한 응답을 덮어썼습니다`,
};

/** The words for a reason's `cause`. */
export const cause: Words = (r) => causes[String(r['cause'])]?.(r) ?? '그렇게 되었습니다';
