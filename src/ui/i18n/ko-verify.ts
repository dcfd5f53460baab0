/** 검증 화면의 한국어. 화면과 함께 가져옵니다. */
import type { FailureType, Flow } from '../../trace/scenario.ts';
import type { Preset } from '../verify/rows.ts';
import type { VerifyWords } from './en-verify.ts';

const short = (count: number): string => {
  if (count < 10_000) return String(count);
  const inTenThousands = count / 10_000;
  return `${inTenThousands < 100 ? +(Math.floor(inTenThousands * 10) / 10).toFixed(1) : Math.floor(inTenThousands)}만`;
};

const lasting = (left: number): string =>
  left < 90 ? `${Math.max(1, Math.round(left))}초` : `${Math.round(left / 60)}분`;

const upTo = (failures: number): string => (failures === 0 ? '장애 없이' : `장애를 최대 ${failures}개까지 넣어`);

const presets: Record<Preset, string> = {
  chapter: '이 장의 패턴',
  overLog: '로그 위에서',
  overPubsub: '발행/구독 위에서',
  sagas: '사가와 함께',
  all: '모든 조합',
  mutants: '잊기 쉬운 것들',
  boundaries: '경계를 두는 곳',
};

const types: Partial<Record<FailureType, string>> = {
  crash: '프로세스 중단',
  abortTransaction: '트랜잭션 롤백',
  refusePublish: '버스의 발행 거부',
  loseConfirmation: '발행 확인 유실',
  drop: '메시지 유실',
  duplicate: '명령 중복',
  delay: '명령 지연',
  silence: '참여자의 침묵',
  redeliver: '너무 이른 재전달',
  rebalance: '파티션 재배정',
  expireLease: '너무 이른 선점 만료',
};

const flowCommands: Record<Flow, readonly string[]> = {
  campaign: ['활성화', '비활성화', '활성화'],
  trip: ['여행 예약', '여행 취소'],
  budget: ['A를 60으로 활성화', 'B를 60으로 활성화'],
};

export const koVerify: VerifyWords = {
  label: '검증',
  title: '실패할 수 있는 모든 길을 가 봅니다',
  intro: (commands, failures) =>
    `명령 ${commands}개가 실행될 수 있는 모든 순서를, ${failures === 0 ? '장애 없이' : `장애가 날 수 있는 모든 곳에 최대 ${failures}개까지 장애를 넣어`} 가 봅니다.`,
  flow: '흐름',
  rows: '행',
  presets,
  rowCount: (count) => `${count}행`,
  publish: (how) => `${how} 발행`,
  bounds: {
    title: '범위',
    failures: '장애',
    commands: '명령',
    states: '그만둘 한도',
    statesOf: (count) => `상태 ${short(count)}개`,
    commandsAre: (flow, count) => flowCommands[flow].slice(0, count).join(' → '),
    types: '장애의 종류',
    allTypes: '모든 종류',
    someTypes: (count, of) => `${of}가지 중 ${count}가지`,
    type: (type) => types[type] ?? type,
    stale: '범위가 바뀌었습니다. 회색 결과는 다른 범위에서 얻은 것입니다. 다시 시도하면 새 결과로 바뀝니다.',
  },
  run: {
    start: '모두 시도',
    again: '다시 시도',
    rest: (count) => `나머지 ${count}행 시도`,
    stop: '멈춤',
    resume: '계속',
    download: '판정 내려받기',
    csv: 'CSV로',
    json: 'JSON으로',
    progress: '시도한 행',
    done: (done, of) => `${of}행 중 ${done}행`,
    states: (count) => `상태 ${short(count)}개`,
    rate: (count) => `초당 ${short(count)}개`,
    workers: (count) => `워커 ${count}개`,
    left: (seconds) => `약 ${lasting(seconds)} 남음`,
    leftUnknown: '남은 시간은 첫 행이 끝나면 알 수 있음',
    stopped: '멈추었습니다. 끝난 행은 그대로 두고, 하던 행은 처음부터 다시 합니다.',
    finished: (rows) => `끝났습니다: ${rows}행을 시도했습니다.`,
    said: (done, of) => `${of}행 중 ${done}행을 시도했습니다`,
  },
  empty: {
    title: '아직 시도한 것이 없습니다',
    what: (rows, promises) =>
      `“모두 시도”를 누르면 ${rows}행을 뒤에서 하나씩, 범위 안의 모든 순서와 모든 장애로 실행하고 약속 ${promises}개를 판정합니다. 상태가 몇 개이고 얼마나 걸리는지는 미리 알 수 없으며, 장애를 하나 늘릴 때마다 몇 배로 오래 걸립니다. 언제든지 멈출 수 있고, 깨진 칸은 바로 열어 볼 수 있습니다.`,
    asked: '링크가 칸 하나를 가리킵니다. 누르기 전에는 아무것도 시도하지 않습니다.',
  },
  matrix: {
    label: '판정',
    pattern: '패턴',
    remove: (row) => `행 지우기: ${row}`,
  },
  cell: {
    off: '해당 없음',
    untried: '시도 전',
    waiting: '대기 중',
    trying: '시도 중',
    holds: '지켜짐',
    broken: '깨짐',
    unknown: '모름',
    failed: '실패',
    states: (count) => `상태 ${short(count)}개`,
    stoppedAt: (count) => `${short(count)}개에서 멈춤`,
    by: (count) => (count === undefined ? '' : count === 0 ? '장애 없이' : `장애 ${count}개로`),
    old: '다른 범위의 결과',
    name: (row, promise, what) => `${promise}, ${row}: ${what}`,
  },
  editor: {
    open: '행 추가',
    title: '직접 고르는 행',
    add: '이 행 추가',
    known: '이미 있는 행입니다.',
    loading: '옵션의 설명을 가져오고 있습니다…',
  },
  panel: {
    label: '고른 칸',
    pick: '칸을 고르십시오',
    pickHint: '그 칸의 약속이 깨지는 가장 짧은 길이나, 어디까지 지켜지는지를 보여 줍니다.',
    shortest: '깨지는 가장 짧은 길',
    holds: '지켜집니다',
    unknown: '알 수 없습니다',
    failed: '시도하지 못했습니다',
    untried: '아직 시도하지 않았습니다',
    off: '판정하지 않습니다',
    close: '닫기',
    steps: (steps, failures) =>
      [
        steps === undefined ? '' : `${steps}단계`,
        failures === undefined ? '' : failures === 0 ? '장애 필요 없음' : `장애 ${failures}개`,
      ]
        .filter(Boolean)
        .join(' · '),
    stepsLabel: '일어나는 일',
    breaks: '여기서 약속이 깨집니다.',
    failsHere: '장애',
    unfolded: '중요하지 않은 단계는 뺐습니다.',
    watch: '직접 보기',
    link: '링크 복사',
    file: '시나리오 내려받기',
    test: '테스트로 복사',
    cellLink: '이 칸의 링크 복사',
    copied: '복사했습니다.',
    byHand: '브라우저가 복사를 막았습니다. 여기서 복사하십시오.',
    notOpened: '실행을 열지 못했습니다.',
    holdsWithin: (states, commands, failures) =>
      `상태 ${states.toLocaleString('ko')}개 어디에서도 깨지지 않습니다. 명령 ${commands}개의 모든 순서를 ${upTo(failures)} 실행했습니다. 이 범위 밖은 보지 않았습니다.`,
    unknownAt: (states) =>
      `상태 ${states.toLocaleString('ko')}개에서 멈추었습니다. 그 안에서는 깨지지 않지만 아직 남은 상태가 있습니다. 한도를 올리거나 장애를 줄이십시오.`,
    notShown:
      '탐색은 깨지는 상태에 이르렀지만 그것을 보여 주는 실행을 만들지 못했습니다. 그래서 아무것도 주장하지 않습니다.',
    endless: '끝나지 않는 실행',
    endlessAfter: (steps, failures) =>
      `${steps}단계 뒤에는${failures === 0 ? ' 장애 없이도' : ` 장애 ${failures}개로`} 무슨 일이 일어나도 더는 멈추지 않습니다. 다음이 되풀이됩니다:`,
    roundLabel: '되풀이되는 일',
    untriedHint: '이 칸은 아직 알려진 것이 없습니다.',
    waitingHint: '이 행은 차례를 기다립니다.',
    tryingHint: '이 행을 시도하고 있습니다. 깨지는 것은 바로 나타나고, 지켜지는 것은 끝나야 알 수 있습니다.',
    tryRow: '이 행 시도',
    offHint: '이 옵션에는 이 약속이 말하는 것이 없습니다.',
    staleHint: '지금 고른 것과 다른 범위에서 얻은 결과입니다.',
    cure: '지켜지는 가장 가까운 행',
    breakNearby: '깨지는 가장 가까운 행',
    noCure: '시도한 행 중에는 지켜지는 행이 없습니다.',
    noBreak: '시도한 행 중에는 깨지는 행이 없습니다.',
    differs: (words) => `바꿀 것: ${words}`,
  },
  problems: {
    passedOver: (what) => `주소에 이 화면이 모르는 것이 있습니다: ${what}. 대신 기본값을 씁니다.`,
    died: (detail) =>
      `이 행을 시도하던 워커가 두 번 멈추었습니다${detail && `: ${detail}`}. 범위를 줄이거나 다시 시도하십시오.`,
    refused: (reason) => `이 행을 시도할 수 없습니다: ${reason}`,
  },
  about: {
    title: '무엇을 견주는가',
    intro: '모든 행은 같은 가정에서 판정합니다.',
    points: [
      '한 애그리게이트에 대한 명령은 서로 기다립니다. 앞의 명령이 끝나야 다음 명령이 시작됩니다.',
      '아웃박스 행의 번호는 넣은 순서대로입니다. 폴링은 표시되지 않은 행을 번호 순서로 읽습니다. 커서 폴링은 따로 한 행입니다.',
      '릴레이와 서비스는 읽은 버전 그대로일 때만 문서를 씁니다.',
      '큐와 로그는 받은 것을 확인해 주며, 이 확인은 유실될 수 있습니다. 발행에 실패하면 그 묶음을 끝내고 다시 시도합니다. 발행/구독은 아무것도 확인해 주지 않습니다.',
      '행은 발행한 바로 다음에 표시하거나 지웁니다.',
      '인박스는 효과와 한 트랜잭션에서 씁니다. 이벤트를 ID로 알아보며 순서는 보지 않습니다.',
      '큐는 돌아온 메시지를 맨 앞에 둡니다. 로그는 애그리게이트마다 나뉘며, 소비자는 읽고 처리한 다음에 어디까지 왔는지 저장합니다.',
      '한 실행에서 같은 종류의 장애는 최대 한 번 일어납니다. 서비스, 릴레이, 소비자의 중단은 서로 다른 종류입니다.',
      '메시지는 만료되지 않고, 아무도 포기하지 않으며, 데드 레터가 생기지 않고, 로그는 모든 것을 보관합니다.',
      '전달됨처럼 마지막에 대한 약속은 장애가 더 없고 할 일이 남지 않았을 때 판정합니다. 거기에 이르지 못하는 실행은 따로 알립니다.',
      '사가가 있으면 요청을 받은 쪽은 수락합니다. 답을 직접 하는 옵션에서는 수락이나 거절을 한 번씩 시도합니다. 구독이 여럿이면 사가의 것을 포함해 하나씩 따로 시도합니다.',
    ],
  },
};
