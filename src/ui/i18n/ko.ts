/** 한국어로 된 페이지. 설명은 합니다체, 버튼은 명사로 씁니다. */
import type { Options } from '../../trace/scenario.ts';
import { shown } from '../format.ts';
import type { Messages } from './en.ts';
import { koOptions } from './ko-options.ts';
import { armedShort, effect, failure, part } from './ko-parts.ts';
import { koPromises } from './ko-promises.ts';
import { koStage } from './ko-stage.ts';

const publishNames: Record<Options['publish'], string> = {
  insideAggregate: '애그리게이트 안에서',
  afterCommit: '커밋 후',
  outbox: '아웃박스',
};

export const ko: Messages = {
  header: {
    flow: '캠페인 게시',
    scenes: '장면',
    share: '공유 링크',
    exportTrace: '트레이스 내보내기',
    importTrace: '트레이스 가져오기',
    earlier: '이전 실행',
    language: 'English',
    languageHint: '영어로 보기',
    theme: (theme) => `테마: ${{ system: '시스템', light: '밝게', dark: '어둡게' }[theme]}`,
    help: '도움말과 키보드',
    openWhole: 'Sagascope에서 열기',
    more: '더 보기',
    close: '닫기',
  },
  commands: {
    sheet: '제어',
    title: '명령 보내기',
    campaign: '캠페인',
    campaignNamed: (id) => `캠페인 ${id}`,
    names: { ActivateCampaign: '캠페인 활성화', DeactivateCampaign: '캠페인 비활성화' },
    ready: '실행이 첫 단계부터 준비되어 있습니다. 재생을 누르십시오.',
    hint: '캠페인 활성화를 누르면 이벤트가 이동합니다. 그다음 장애를 일으켜 보십시오.',
    reason: '비활성화 이유',
    reasonToggle: '이유 적기',
    reasonDefault: '예산 소진',
    reasonTooLong: '버스에 너무 긴 이유',
    past: '지금은 과거입니다. 여기서 행동하면 새 실행이 시작되고, 이전 실행은 남습니다.',
  },
  pattern: {
    title: '패턴',
    options: koOptions,
    more: {
      publish: '발행 더 보기',
      relay: '릴레이 더 보기',
      bus: '버스 더 보기',
      consumer: '소비자 더 보기',
      saga: '절차 더 보기',
    },
    changed: '기본값 아님',
    defaults: '기본값으로',
    reset: (names) => `이 선택과 함께 쓸 수 없어 기본값으로 되돌렸습니다: ${names.join(', ')}.`,
    seed: '시드',
    seedHint: '실행의 우연을 정합니다(seed). 시드와 명령이 같으면 단계도 같습니다.',
  },
  failures: {
    title: '장애',
    armed: '걸어 둠: 때가 되면 일어납니다',
    takeBack: (name) => `되돌리기: ${name}`,
    none: '걸어 둔 장애가 없습니다.',
    add: '장애 추가',
    more: '장애 추가…',
    orClick: '또는 그림의 부품을 누르십시오',
    one: '자주 쓰는 장애',
    stepIn: '직접 개입',
  },
  bar: {
    label: '재생',
    first: '첫 단계',
    back: '한 단계 뒤로',
    play: '재생',
    pause: '일시정지',
    forward: '한 단계 앞으로',
    next: '다음 중요한 단계',
    nextHint: '다음 중요한 단계: 중간 과정을 지나 의미 있는 일이 일어나는 곳으로 갑니다(N)',
    last: '마지막 단계',
    time: (text) => `${text}초`,
    speed: '속도',
    speeds: { '0.25': '¼×', '1': '1×', '4': '4×', max: '최대' },
    position: '보이는 단계',
    step: (step, of, what) => `${of}단계 중 ${step}단계${what && `: ${what}`}`,
    stepShort: (step, of) => `${step} / ${of}단계`,
    settle: '마무리',
    settleHint: '더는 장애 없이 모두 다시 시작하고, 할 일이 없을 때까지 실행합니다',
    reset: '초기화',
    resetHint: '같은 옵션으로 빈 실행을 시작합니다. 이 실행은 남습니다',
  },
  promises: koPromises,
  allPromises: {
    open: (count) => `약속 모두(${count})`,
    short: (count) => `모두(${count})`,
    sheet: (count) => `약속(${count})`,
  },
  stage: koStage,
  records: {
    part: shown(part),
    effect: shown(effect),
    failure: shown(failure),
    armedShort: shown(armedShort),
  },
  inspector: {
    label: '살펴보기',
    tabs: { database: '데이터베이스', records: '기록', why: '원인', code: '코드' },
    rows: (count) => `${count}행`,
    newest: (shown, of) => `${of}행 중 최근 ${shown}행`,
    empty: '행 없음',
    why: shown((table: string, key: string) => `${table} ${key}의 원인 보기`),
    replayed: (step) => `기록으로 재생한 ${step}단계의 행입니다.`,
    readBack: 'IndexedDB에서 다시 읽은 행과 같습니다.',
    readBackMemory: '메모리에서 다시 읽은 행과 같습니다.',
    readBackDiffers: '데이터베이스에서 다시 읽은 행이 재생한 행과 다릅니다. 트레이스를 내보내어 알려 주십시오.',
    reading: '행을 다시 읽고 있습니다…',
  },
  banners: {
    sheets: '무대 아래',
    stopped: '시뮬레이션이 멈추었고 다시 시작하지 못했습니다. 트레이스를 내보낸 뒤 페이지를 새로 고치십시오.',
    starting: '데이터베이스를 열고 있습니다…',
    drop: '.sagascope.json 파일을 아무 데나 놓으면 열립니다',
    failedPart: '페이지의 이 부분에 오류가 났습니다. 실행에는 영향이 없습니다.',
    fetching: '이 부분을 가져오고 있습니다…',
    notFetched: '이 부분을 가져오지 못했습니다. 연결을 확인하고 페이지를 새로 고치십시오.',
    tryAgain: '다시 시도',
  },
  runs: {
    label: (publish, inbox, inputs) =>
      `${publishNames[publish]}${inbox === 'none' ? '' : ', 인박스'}, 입력 ${inputs}개`,
  },
};
