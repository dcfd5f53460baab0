/** 사가에 대한 약속이 깨진 이유를 한 문장으로. 코드와 값은 `verdicts/saga-sentences.ts`와 같습니다. */
import { josa } from 'es-hangul';
import { cause } from './ko-promise-causes.ts';
import { named, who, who가, type Words } from './ko-promise-words.ts';

const outcomes: Record<string, string> = { CONFIRMED: '확정', REJECTED: '거부' };
const outcome = (status: unknown): string => outcomes[String(status)] ?? String(status);

const token = (value: string | number | undefined): string => (value === undefined || value === '' ? '' : `(${value})`);

// 값은 어떤 글자로 끝날지 모르므로, 조사는 뒤에 붙인 명사에 맞춥니다
const instance: Words = (r) => `${r['instance']} 인스턴스`;
const command: Words = (r) => `${r['name']}${token(r['token'])} 명령`;
const timeout: Words = (r) => `${r['timer']}${token(r['token'])} 타임아웃`;
const kept = (name: unknown, process: unknown): string =>
  `${String(name)} ${process === 'publishing' ? '게시' : '예약'}`;
const thing: Words = (r) => kept(r['thing'], r['process']);

const people = ['approver', 'manager', 'traveler', 'operator'];
const 에게: Words = (r) => `${who(r)}${people.includes(String(r['process'])) ? '에게' : '에'}`;
const 에게는: Words = (r) => `${에게(r)}는`;

const moves: Record<string, Words> = {
  startedBeside: (r) =>
    `${josa(named(r['other']), '이/가')} 시작한 ${instance(r)}가 있는데 ${who가(r)} 그 위에 다시 시작합니다. 프로세스가 두 번 실행됩니다.`,
  startedAgain: (r) =>
    `${instance(r)}는 끝나서 삭제되었는데 ${r['received']} 메시지로 다시 시작합니다. 프로세스가 한 번 더 실행됩니다.`,
  decidedOnOld: (r) =>
    `${who가(r)} ${r['earlier']} 메시지가 오지 않은 것처럼 ${instance(r)}를 같은 버전(${r['version']})으로 다시 저장합니다. 앞서 결정한 것이 사라졌습니다.`,
  versionSkipped: (r) =>
    `${who가(r)} ${instance(r)}를 버전을 건너뛰어(${r['newest']} 다음에 ${r['version']}) 저장합니다.`,
  savedAfterDeletion: (r) => `${who가(r)} 이미 삭제된 ${instance(r)}를 다음 버전(${r['version']})으로 저장합니다.`,
  issuedAfterEnd: (r) =>
    `${instance(r)}는 이미 끝났는데 ${r['received']} 메시지를 받고 ${에게(r)} ${r['name']} 명령을 보냅니다. 기다리는 곳이 없습니다.`,
  calledAfterEnd: (r) =>
    `${instance(r)}는 이미 ${r['state']} 상태로 끝났는데 ${에게(r)} ${r['name']} 명령을 보냅니다. 기다리는 곳이 없습니다.`,
  timerOfBefore: (r) =>
    `${instance(r)}가 ${timeout(r)}을 나중에 정한 것${token(r['newest'])}으로 여깁니다. 그것이 기다리던 일은 이미 지났습니다.`,
  timerOfState: (r) =>
    `${instance(r)}가 ${r['was']} 상태에서 정한 ${timeout(r)}에 따라 움직입니다. 그 상태는 이미 지났습니다.`,
  choiceUnrecorded: (r) =>
    `${instance(r)}가 ${r['choice'] === undefined ? '' : `${r['choice']} `}경로를 고르지만 이력에는 적지 않습니다. 이력을 재생하면 다시 골라야 합니다.`,
  waitsForEver: (r) => `${cause(r)}. ${instance(r)}는 ${r['state']} 상태에서 기다리고, 깨울 것이 없습니다.`,
  nobodyWaits: (r) =>
    `사가가 ${r['aggregateId']}번 캠페인의 활성화를 전했지만 그 결과는 듣지 못했습니다. 기억하는 것이 없어 응답을 기다리는 곳도 없습니다.`,
};

const commands: Record<string, Words> = {
  commandUnrecorded: (r) =>
    `${who가(r)} ${instance(r)}의 ${command(r)}을 받지만 기록된 것이 없습니다. 보낸 쪽이 지금 중단되면 보냈다는 사실을 아는 곳이 없습니다.`,
  commandDropped: (r) => `${instance(r)}의 ${command(r)}이 ${에게(r)} 가다가 유실되었습니다.`,
  commandGone: (r) => `${instance(r)}의 ${command(r)}은 보냈지만 ${에게(r)} 도착하지 않았습니다.`,
  commandUnsent: (r) => `${instance(r)}의 ${command(r)}은 기록되었지만 ${에게(r)} 보내러 오는 곳이 없습니다.`,
  standsTwice: (r) =>
    `${에게는(r)} ${instance(r)}의 ${josa(kept(r['beside'], r['process']), '이/가')} 이미 있는데 ${thing(r)}도 생겼습니다. 같은 일이 두 번 일어났습니다.`,
  toldBoth: (r) =>
    `${r['aggregateId']}번 캠페인의 광고는 ${outcome(r['was'])}되었다고 적혔는데, 이제 ${outcome(r['is'])}되었다고 적힙니다.`,
  actsOnBoth: (r) =>
    `${instance(r)}가 ${r['token']}에 대한 ${r['was']} 메시지에 따라 움직인 뒤에, 같은 것에 대한 ${r['is']} 메시지에 따라 또 움직입니다.`,
  cancelledAfterCompleted: (r) =>
    `${instance(r)}가 완료되었는데 ${who가(r)} 그에 속한 ${josa(thing(r), '을/를')} 취소합니다.`,
  completedAfterCancelled: (r) => `${instance(r)}가 완료되지만, ${josa(who(r), '은/는')} 그 예약을 이미 취소했습니다.`,
  cancelledUnasked: (r) => `${instance(r)}가 ${에게(r)} ${command(r)}을 보내지만, 취소할 것을 요청한 적이 없습니다.`,
  cancelledTwice: (r) => `${who가(r)} ${instance(r)}의 ${josa(thing(r), '을/를')} 두 번째로 취소합니다.`,
  doneAfterCancelled: (r) =>
    `${who가(r)} 이미 취소된 ${instance(r)}의 ${command(r)}을 실행합니다. 이것을 다시 취소할 곳이 없습니다.`,
  doneAfterNothing: (r) =>
    `${instance(r)}의 ${command(r)}을 취소할 때 ${에게는(r)} 취소할 것이 없었고, 기억도 남지 않았습니다. 이제 그 명령을 실행하여 ${josa(thing(r), '은/는')} 주인이 없습니다.`,
  stillCancelling: (r) => `${instance(r)}가 아직 취소하는 중이고, 응답할 곳이 없습니다.`,
  leftBooked: (r) => `${instance(r)}는 끝났지만 ${에게(r)} ${josa(thing(r), '이/가')} 남아 있습니다.`,
  leftUnlisted: (r) =>
    `${instance(r)}가 남은 것을 사람에게 맡겼지만, ${who(r)}의 ${josa(thing(r), '은/는')} 그 목록에 없습니다.`,
};

const boundaries: Record<string, Words> = {
  overBudget: (r) =>
    `${who(r)}의 이 커밋으로 활성 캠페인의 합은 ${r['total']}입니다. 예산 ${r['limit']}보다 ${r['over']}만큼 많습니다.`,
  twoAggregates: (r) =>
    `${who(r)}의 한 트랜잭션이 두 애그리게이트(${r['first']}, ${r['second']})를 씁니다. 둘은 함께 변경할 수밖에 없습니다.`,
};

export const sagaSentences: Readonly<Record<string, Words>> = { ...moves, ...commands, ...boundaries };
