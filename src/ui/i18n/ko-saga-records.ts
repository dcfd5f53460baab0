/** 사가, 프로세스 관리자, 참여자의 기록을 한국어 문장 하나로. */
import { josa } from 'es-hangul';
import type { Received, RecordOf } from '../../trace/record.ts';
import { seconds } from '../format.ts';
import type { SagaSentences } from './en-saga-records.ts';
import { part } from './ko-parts.ts';
import { ignoredReason } from './ko-reasons.ts';

const named = (type: string, token: string | undefined): string => (token ? `${type} ${token}` : type);
const received = ({ type, token }: Received): string => named(type, token);
const command = (name: string, token: string): string => `${named(name, token)} 명령`;
const does = (id: string): string => josa(part(id), '이/가');
const is = (id: string): string => josa(part(id), '은/는');

const effects: Record<RecordOf<'participant.executed'>['effect'], (who: string, what: string) => string> = {
  asked: (who, what) => `${josa(who, '이/가')} 요청을 받습니다: ${what}.`,
  listed: (who, what) => `${josa(who, '이/가')} 게시합니다: ${what}.`,
  withdrawn: (who, what) => `${josa(who, '이/가')} 게시를 내립니다: ${what}.`,
  booked: (who, what) => `${josa(who, '이/가')} 예약합니다: ${what}.`,
  cancelled: (who, what) => `${josa(who, '이/가')} 예약을 취소합니다: ${what}.`,
  prevented: (who, what) => `${josa(who, '이/가')} 취소를 기억해 두고, 나중에 오면 거부합니다: ${what}.`,
  notified: (who, what) => `${josa(who, '이/가')} 알림을 받습니다: ${what}.`,
};

function executed({ to, effect, thing, name, token, itself }: RecordOf<'participant.executed'>): string {
  const what = effect === 'notified' ? name : token && token !== thing ? `${token} (${thing})` : thing;
  const said = effects[effect](part(to), what);
  return itself ? `스스로 합니다. ${said}` : said;
}

export const sagaSentences: SagaSentences = {
  'saga.loaded': (r) =>
    r.state === undefined
      ? `${r.instance} 인스턴스는 아직 없습니다.`
      : `${r.instance} 인스턴스를 읽었습니다: 버전 ${r.version}, ${r.state}.`,
  'saga.moved': (r) => {
    const why = received(r.received);
    if (r.from === undefined) return `${why}: ${r.instance} 인스턴스가 ${r.to} 상태로 시작합니다.`;
    return r.from === r.to
      ? `${why}: ${r.instance} 인스턴스가 ${r.to} 상태에 머뭅니다.`
      : `${why}: ${r.instance} 인스턴스가 ${r.from} 상태에서 ${r.to} 상태로 갑니다.`;
  },
  'saga.ignored': (r) =>
    `${r.instance} 인스턴스가 무시합니다: ${received(r.received)}. ${ignoredReason(r.reason, r.state)}.`,
  'saga.conflicted': (r) =>
    `버전 ${r.version}을 읽은 뒤 다른 핸들러가 ${r.instance} 인스턴스를 저장했습니다. ${does(r.process)} 다시 결정합니다.`,
  'saga.notFound': (r) =>
    r.policy === 'discard'
      ? `${received(r.received)}: ${r.instance} 인스턴스가 없어 버립니다.`
      : `${received(r.received)}: ${r.instance} 인스턴스가 없어 나중에 다시 받습니다.`,
  'saga.deleted': (r) => `${r.instance} 인스턴스가 끝나 삭제됩니다.`,
  'saga.commandIssued': (r) =>
    `${r.instance} 인스턴스가 ${part(r.to)}에 보낼 ${josa(command(r.name, r.token), '을/를')} 내립니다. ${r.number}번 행이며 아직 보내기 전입니다.`,
  'saga.called': (r) => `${r.instance} 인스턴스가 직접 호출합니다: ${part(r.to)}, ${command(r.name, r.token)}.`,
  'timer.set': (r) => `${r.instance} 인스턴스가 ${seconds(r.due)}초에 타이머를 맞춥니다: ${named(r.timer, r.token)}.`,
  'timer.fired': (r) => `${r.instance} 인스턴스의 시간이 되었습니다: ${named(r.timer, r.token)}.`,
  'relay.commandsFetched': (r) =>
    r.numbers.length === 0
      ? '릴레이가 명령을 조회하지만 새 행이 없습니다.'
      : `릴레이가 명령 ${r.numbers.join(', ')}번 행을 찾습니다.`,
  'relay.commandSent': (r) =>
    `릴레이가 ${r.number}번 행의 ${josa(command(r.name, r.token), '을/를')} ${part(r.to)}에 보냅니다.`,
  'relay.commandMarked': (r) => `명령 ${r.number}번 행이 보냄으로 표시됩니다.`,
  'participant.delayed': (r) =>
    `${part(r.to)}에 가는 ${josa(command(r.name, r.token), '이/가')} ${seconds(r.until)}초까지 지연됩니다.`,
  'participant.dropped': (r) => `${part(r.to)}에 가던 ${josa(command(r.name, r.token), '이/가')} 유실됩니다.`,
  'participant.duplicated': (r) => `${part(r.to)}에 가는 ${josa(command(r.name, r.token), '이/가')} 중복됩니다.`,
  'participant.received': (r) => `${josa(command(r.name, r.token), '이/가')} ${part(r.to)}에 도착합니다.`,
  'participant.executed': executed,
  'participant.ignored': (r) => {
    const what = command(r.name, r.token);
    if (r.reason === 'known') return `${is(r.to)} ${josa(what, '을/를')} 이미 알고 있어 다시 하지 않습니다.`;
    return r.reason === 'prevented'
      ? `${is(r.to)} 취소가 먼저 왔으므로 ${josa(what, '을/를')} 거부합니다.`
      : `${part(r.to)}에는 ${josa(what, '으로/로')} 되돌릴 것이 없습니다.`;
  },
  'participant.silent': (r) => `${does(r.to)} ${command(r.name, r.token)}에 아무 응답도 하지 않습니다.`,
  'participant.answered': (r) => `${does(r.process)} 답합니다: ${named(r.eventType, r.token)}.`,
};
