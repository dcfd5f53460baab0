/** 트레이스의 모든 기록을 한국어 문장 하나로. */
import { josa } from 'es-hangul';
import type { RecordKind, RecordOf, TraceRecord } from '../../trace/record.ts';
import { seconds, shown } from '../format.ts';
import type { LaterMessages } from './en-later.ts';
import { command, effect, failure, part, span } from './ko-parts.ts';
import { intervention, reason } from './ko-reasons.ts';
import { sagaSentences } from './ko-saga-records.ts';

type Sentences = { [K in RecordKind]: (record: RecordOf<K>) => string };

const event = (type: string): string => `${type} 이벤트`;
const does = (process: string): string => josa(part(process), '이/가');
const is = (process: string): string => josa(part(process), '은/는');
const to = (subscription: string): string => josa(part(subscription), '으로/로');

const summaries: Record<string, (aggregate: string) => string> = {
  adsServed: (id) => `${id}번 캠페인의 광고를 게재합니다`,
  adsStopped: (id) => `${id}번 캠페인의 광고를 내립니다`,
  activationBilled: (id) => `${id}번 캠페인의 활성화 비용을 청구합니다`,
  deactivationBilled: (id) => `${id}번 캠페인의 종료 비용을 청구합니다`,
};

const summary = (code: string, aggregate: string): string => summaries[code]?.(aggregate) ?? code;

const sentences: Sentences = {
  ...sagaSentences,
  'command.sent': (r) => `${josa(command(r.name), '을/를')} 보냅니다.`,
  'command.refused': (r) => `${josa(command(r.name), '이/가')} 전달되지 못합니다: ${reason(r.reason)}.`,
  'command.received': (r) => `서비스가 ${josa(command(r.name), '을/를')} 받습니다.`,
  'command.handled': (r) => `${josa(command(r.name), '이/가')} 끝났습니다.`,
  'command.rejected': (r) => `${josa(command(r.name), '이/가')} 거절됩니다: ${reason(r.reason)}.`,
  'task.started': (r) => `${does(r.process)} ${r.handler} 핸들러를 실행합니다.`,
  'effect.begun': (r) =>
    `${does(r.process)} ${r.eventType ? `${event(r.eventType)}의 ` : ''}${josa(effect(r.effect), '을/를')} 시작합니다.`,
  'effect.waited': (r) => `${does(r.process)} 기다립니다: 다른 트랜잭션이 ${r.aggregateId}번을 잡고 있습니다.`,
  'task.ended': (r) =>
    r.outcome === 'done'
      ? `${does(r.process)} ${r.handler} 핸들러를 마칩니다.`
      : r.outcome === 'killed'
        ? `${r.handler} 핸들러가 프로세스와 함께 중단됩니다.`
        : `${does(r.process)} ${r.handler} 핸들러를 포기합니다${r.reason ? `: ${reason(r.reason)}` : ''}.`,
  'transaction.begun': (r) => `${does(r.process)} 트랜잭션을 엽니다.`,
  'aggregate.loaded': (r) =>
    r.version === 0
      ? `${r.aggregateId}번은 아직 저장되지 않았습니다.`
      : `${r.aggregateId}번을 읽었습니다: 버전 ${r.version}, ${r.state}.`,
  'transaction.committed': (r) =>
    `${does(r.process)} 한 트랜잭션으로 커밋합니다: ${[...new Set(r.writes.map((write) => write.table))].join(', ')}.`,
  'transaction.aborted': (r) => `${part(r.process)}의 트랜잭션이 롤백됩니다: ${reason(r.reason)}.`,
  'outbox.appended': (r) =>
    `아웃박스 ${r.position}번 행에 ${josa(event(r.eventType), '이/가')} 담깁니다. 아직 발행 전입니다.`,
  'outbox.marked': (r) => `아웃박스 ${r.position}번 행이 발행됨으로 표시됩니다.`,
  'relay.fetched': (r) =>
    r.positions.length === 0
      ? '릴레이가 아웃박스를 조회하지만 새 행이 없습니다.'
      : `릴레이가 아웃박스 ${r.positions.join(', ')}번 행을 찾습니다.`,
  'relay.published': (r) => `릴레이가 ${r.position}번 행의 ${josa(event(r.eventType), '을/를')} 버스에 넘깁니다.`,
  'service.published': (r) => `서비스가 ${josa(event(r.eventType), '을/를')} 버스에 넘깁니다.`,
  'bus.accepted': (r) =>
    `버스가 ${josa(event(r.eventType), '을/를')} 받습니다: ${r.messages.map((m) => part(m.subscription)).join(', ')}.`,
  'bus.refused': (r) => `버스가 ${josa(event(r.eventType), '을/를')} 거부합니다: ${reason(r.reason)}.`,
  'bus.confirmationLost': (r) => `버스는 ${josa(event(r.eventType), '을/를')} 받았지만 확인이 유실됩니다.`,
  'bus.wentDown': (r) => `버스가 ${seconds(r.until)}초까지 중단됩니다.`,
  'bus.cameUp': () => '버스가 다시 실행됩니다.',
  'bus.dispatched': (r) => `${josa(event(r.eventType), '이/가')} ${to(r.subscription)} 출발합니다.`,
  'bus.delivered': (r) => `${josa(event(r.eventType), '이/가')} ${part(r.subscription)}에 도착합니다.`,
  'bus.redelivered': (r) =>
    `${josa(event(r.eventType), '이/가')} ${part(r.subscription)}에 다시 도착합니다(${r.attempt}번째 전달).`,
  'bus.acknowledged': (r) => `${does(r.subscription)} 확인 응답을 보냅니다.`,
  'bus.acknowledgementIgnored': (r) => `${part(r.subscription)}의 확인 응답이 너무 늦어 무시됩니다.`,
  'bus.requeued': (r) => `메시지가 ${part(r.subscription)} 큐로 돌아갑니다: ${reason(r.reason)}.`,
  'bus.deadLettered': (r) => `${part(r.subscription)}의 메시지가 ${r.attempts}번 전달된 뒤 데드 레터가 됩니다.`,
  'bus.dropped': (r) =>
    `${to(r.subscription)} 가던 ${josa(event(r.eventType), '이/가')} 유실됩니다${r.reason ? `: ${reason(r.reason)}` : ''}.`,
  'bus.duplicated': (r) => `${part(r.subscription)}의 메시지가 중복됩니다.`,
  'bus.delayed': (r) => `${part(r.subscription)}의 메시지가 ${seconds(r.until)}초까지 지연됩니다.`,
  'bus.promoted': (r) => `${part(r.subscription)}의 메시지가 큐의 맨 앞으로 옮겨집니다.`,
  'consumer.effectApplied': (r) => `${does(r.subscription)} ${summary(r.summary, r.aggregateId)}.`,
  'consumer.failed': (r) => `${does(r.subscription)} 예외를 던집니다: ${reason(r.reason)}.`,
  'inbox.recorded': (r) => `${does(r.subscription)} 이벤트를 인박스에 기록합니다.`,
  'inbox.duplicateIgnored': (r) => `${is(r.subscription)} 이 이벤트를 이미 처리했으므로 무시합니다.`,
  'process.crashed': (r) => crashed(r),
  'process.restarted': (r) => `${does(r.process)} 빈 메모리로 다시 시작합니다.`,
  'process.slowed': (r) =>
    r.by > 0
      ? `${does(r.process)} 느려집니다: 효과마다 ${span(r.by)} 더 걸립니다.`
      : `${does(r.process)} 제 속도로 돌아옵니다.`,
  'failure.armed': (r) => `장애를 걸어 둡니다: ${failure(r.failure, null)}.`,
  'failure.struck': (r) => `장애가 일어납니다: ${failure(r.failure, null)}.`,
  'failure.disarmed': (r) => (r.reason === 'takenBack' ? '장애를 되돌립니다.' : '마무리하면서 장애를 되돌립니다.'),
  'failure.refused': (r) => `할 수 없습니다: ${failure(r.failure, null)}. ${reason(r.reason)}.`,
  'outbox.reserved': (r) => `아직 없는 행을 위해 위치 ${r.position}번을 잡습니다.`,
  'outbox.deleted': (r) => `아웃박스 ${r.position}번 행을 지웁니다.`,
  'outbox.attemptFailed': (r) => `아웃박스 ${r.position}번 행의 ${r.attempts}번째 발행 시도가 실패했습니다.`,
  'outbox.parked': (r) => `${r.attempts}번 시도한 아웃박스 ${r.position}번 행을 보류합니다. 사람이 살펴봐야 합니다.`,
  'outbox.unparked': (r) => `아웃박스 ${r.position}번 행이 다시 발행을 기다립니다.`,
  'outbox.claimed': (r) =>
    `${does(r.process)} ${r.aggregates ? `${r.aggregates.join(', ')}번` : `${r.positions.join(', ')}번 행`}을 ${seconds(r.until)}초까지 선점합니다.`,
  'outbox.released': (r) => `${does(r.process)} ${r.aggregates.join(', ')}번의 선점을 풉니다.`,
  'outbox.leaseExpired': (r) => `${part(r.process)}의 선점이 끝났지만 스스로는 모릅니다.`,
  'outbox.cleaned': (r) => `정리 작업이 발행된 행 ${r.positions.length}개를 지웁니다.`,
  'relay.advanced': (r) => `${does(r.process)} 위치 ${r.position}번을 저장합니다.`,
  'relay.historyLost': (r) => `변경 로그가 ${r.first}번부터 시작합니다. ${r.position}번 다음은 사라졌습니다.`,
  'bus.buffered': (r) => `메시지가 ${part(r.subscription)}의 메모리에서 기다립니다.`,
  'bus.redriven': (r) => `${part(r.subscription)}의 데드 레터가 대기열로 돌아갑니다.`,
  'bus.assigned': (r) =>
    `${part(r.subscription)}의 파티션 ${r.partition}번을 ${does(r.to)} 오프셋 ${r.position}번부터 맡습니다.`,
  'bus.rewound': (r) => `${does(r.subscription)} 파티션 ${r.partition}번을 오프셋 ${r.position}번부터 다시 읽습니다.`,
  'inbox.checked': (r) =>
    r.known
      ? `${does(r.subscription)} 인박스에서 이벤트를 찾았습니다.`
      : `${does(r.subscription)} 인박스에서 이벤트를 찾지 못했습니다.`,
  'inbox.forgotten': (r) => `${part(r.subscription)}의 인박스가 오래된 식별자 ${r.eventIds.length}개를 잊습니다.`,
  'inbox.staleIgnored': (r) => `${is(r.subscription)} 이미 버전 ${r.seen}까지 보았으므로 무시합니다.`,
  'intervention.done': (r) => `직접 개입합니다: ${intervention(r.intervention)}.`,
  'intervention.refused': (r) => `할 수 없습니다: ${intervention(r.intervention)}; ${reason(r.reason)}.`,
  'run.settling': () => '마무리합니다. 더는 장애가 없고 모두 다시 시작합니다.',
  'run.settled': (r) => (r.quiet ? '더 할 일이 없습니다.' : '단계 한도에서 멈추었습니다. 모두 끝난 것은 아닙니다.'),
};

function crashed(record: RecordOf<'process.crashed'>): string {
  const [when, what] = record.point?.split(':') ?? [];
  const where = when && what ? `${effect(what)} ${when === 'before' ? '전에' : '후에'} ` : '';
  const until = record.restartAt === undefined ? '' : ` ${seconds(record.restartAt)}초에 다시 시작합니다.`;
  return `${does(record.process)} ${where}중단됩니다.${until}`;
}

function sentence(record: TraceRecord): string {
  const say = sentences[record.kind] as ((of: TraceRecord) => string) | undefined;
  return say?.(record) ?? record.kind;
}

export const koRecords: LaterMessages['records'] = {
  reason: shown(reason),
  intervention: shown(intervention),
  summary: shown(summary),
  sentence: shown(sentence),
};
