/** 약속: 이름, 뜻, 판정의 이유. 이유는 `verdict.reason`의 코드로 고릅니다. */
import type { Verdict } from '../../trace/trace.ts';
import { shown } from '../format.ts';
import type { LaterMessages } from './en-later.ts';
import type { Messages } from './en.ts';
import { sentences } from './ko-promise-sentences.ts';

const names: Record<string, string> = {
  noPhantom: '유령 이벤트 없음',
  noEarlyDelivery: '이른 전달 없음',
  delivered: '전달됨',
  noDuplicateDelivery: '중복 전달 없음',
  effectAtMostOnce: '효과는 최대 한 번',
  firstOrder: '첫 처리 순서',
  effectOrder: '효과 순서',
  outboxDrains: '아웃박스 비워짐',
  effectAtLeastOnce: '효과는 최소 한 번',
  gapFree: '빠짐없는 처리',
  monotone: '되돌아가지 않음',
  convergence: '수렴',
  queueDrains: '큐 비워짐',
  atomicCapture: '함께 저장',
  markImpliesAccepted: '발행 후 표시',
  noSkip: '건너뛰지 않음',
  noForeignBlock: '남을 막지 않음',
  singleClaim: '한 릴레이만 선점',
  noLostUpdate: '갱신 유실 없음',
  noResurrection: '되살아나지 않음',
  boundedOutbox: '쌓이지 않는 아웃박스',
  inboxAtomic: '효과와 함께 적는 인박스',
  retention: '보존 기간',
  boundaryKept: '예산 경계',
  processEnds: '프로세스 종료',
  noContradiction: '모순 없음',
  compensationSound: '올바른 보상',
  compensationEnds: '보상 완료',
  commandRecorded: '기록된 명령',
  commandsExecuted: '명령 실행',
  oneInstance: '인스턴스 하나',
  sagaSerial: '차례로 저장',
  timerToken: '타임아웃 토큰',
  terminalQuiet: '끝난 뒤 침묵',
  replayDeterminism: '같은 재생',
  oneAggregatePerTx: '트랜잭션당 애그리게이트 하나',
  stableIdentity: '변하지 않는 이벤트',
  causality: '원인이 먼저',
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
  effectAtLeastOnce:
    '커밋된 이벤트의 효과는 모든 구독자에게서 최소 한 번(at least once) 일어납니다. 실행을 마무리한 뒤에 판정합니다.',
  gapFree: '구독자가 이벤트를 처리할 때, 그 캠페인의 앞선 이벤트는 모두 처리되어 있습니다.',
  monotone: '구독자는 한 캠페인의 앞선 이벤트로 되돌아가지 않습니다. 늦게 온 사본도 마찬가지입니다.',
  convergence:
    '끝에는 모든 구독자의 표가 커밋된 이벤트에서 나오는 것과 꼭 같습니다(convergence). 실행을 마무리한 뒤에 판정합니다.',
  queueDrains:
    '버스에 남는 메시지가 없습니다. 모두 확인 응답을 받거나 데드 레터가 됩니다. 실행을 마무리한 뒤에 판정합니다.',
  atomicCapture: '변경과 그 이벤트는 한 트랜잭션으로 함께 저장되거나, 둘 다 저장되지 않습니다.',
  markImpliesAccepted: '아웃박스의 이벤트는 버스에 넘긴 뒤에만 표시하거나 지우거나 지나갑니다.',
  noSkip: '릴레이가 저장한 위치보다 앞에 있는 것은 모두 발행되었습니다.',
  noForeignBlock:
    '버스가 영영 받지 않을 행이 다른 캠페인의 행을 기다리게 하지 않습니다. 실행을 마무리한 뒤에 판정합니다.',
  singleClaim: '아웃박스 행은 언제나 한 릴레이만 선점(claim)하며, 다른 릴레이는 발행하지 않습니다.',
  noLostUpdate: '다른 쪽의 변경 전 내용으로 애그리게이트를 덮어쓰지 않습니다(lost update).',
  noResurrection: '아웃박스에서 끝난 이벤트는 다시 발행을 기다리지 않습니다.',
  boundedOutbox: '발행된 것은 아웃박스에 남지 않습니다. 실행을 마무리한 뒤에 판정합니다.',
  inboxAtomic: '인박스(inbox)는 효과가 일어난 이벤트만, 그리고 그것을 모두 압니다.',
  retention: '발행된 것은 제때 지워지고, 인박스의 ID는 메시지가 다시 올 수 있는 동안 남습니다.',
  boundaryKept: '활성 캠페인의 합은 예산을 넘지 않습니다. 커밋마다 판정합니다.',
  processEnds: '시작된 프로세스는 모두 끝납니다. 영영 기다리는 곳이 없습니다. 실행을 마무리한 뒤에 판정합니다.',
  noContradiction:
    '앞서 한 일과 함께할 수 없는 일을 하지 않습니다. 예약 옆에 또 예약하거나, 확정 뒤에 거부하지 않습니다.',
  compensationSound: '요청한 것만 한 번 취소하고, 취소한 것은 그 뒤에 일어나지 않습니다.',
  compensationEnds:
    '실패한 프로세스는 아무것도 남기지 않습니다. 모두 취소되거나 사람에게 넘길 목록에 있습니다. 실행을 마무리한 뒤에 판정합니다.',
  commandRecorded: '인스턴스가 보내는 명령은 보내기 전에 상태와 함께 기록됩니다.',
  commandsExecuted: '기록된 명령은 모두 실행할 곳에 도착합니다. 실행을 마무리한 뒤에 판정합니다.',
  oneInstance: '프로세스마다 인스턴스가 하나이고, 한 번만 시작합니다.',
  sagaSerial: '인스턴스의 단계는 차례로 이어집니다. 두 단계를 같은 버전에서 결정하지 않습니다.',
  timerToken: '타임아웃은 그것을 정한 상태와 시도에서만 효력이 있습니다.',
  terminalQuiet: '끝난 인스턴스는 알림과 늦은 보상 말고는 아무 명령도 보내지 않습니다.',
  replayDeterminism: '인스턴스가 고른 것은 이력에 있어, 재생해도 같은 결과가 나옵니다.',
  oneAggregatePerTx: '한 트랜잭션이 두 애그리게이트를 쓰지 않습니다.',
  stableIdentity: '한 이벤트의 모든 사본은 ID, 타입, 애그리게이트, 버전이 같습니다.',
  causality: '원인보다 먼저 일어나는 것은 없습니다. 명령, 이벤트, 처리의 순서입니다.',
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
  parked: '빠진 것은 데드 레터나 보류된 행에서 사람을 기다립니다.',
  unknown: '판정하기 전에 실행이 멈추었습니다.',
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
