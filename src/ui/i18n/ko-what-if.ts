/** ‘만약에’ 탭의 한국어. 탭과 함께 가져옵니다. */
import { seconds } from '../format.ts';
import type { WhatIfWords } from './en-what-if.ts';

const percent = (share: number): string => {
  if (share === 0 || share === 1) return `${share * 100}%`;
  if (share < 0.01) return '1% 미만';
  return share > 0.99 ? '99% 초과' : `${Math.round(share * 100)}%`;
};

const within = (failures: number): string => (failures === 0 ? '장애가 더 없으면' : `장애가 ${failures}개까지 더 나면`);

export const koWhatIf: WhatIfWords = {
  empty: '아직 아무 일도 없습니다. 명령을 보낸 뒤 여기서 다르게 될 수 있었는지 물어보십시오.',
  failures: '장애',
  upTo: (count) => (count === 0 ? '없음' : `최대 ${count}개`),
  watch: '보기',
  stop: '멈춤',
  starting: '시작하고 있습니다…',
  stopped: '멈추었습니다.',
  tryAgain: '다시 시도',
  died: (detail) => `시도하던 워커가 멈추었습니다${detail && `: ${detail}`}.`,
  refused: (reason) => `시도할 수 없습니다: ${reason}`,
  old: {
    step: (about, shown) => `${about}단계에 대한 결과입니다. 지금은 ${shown}단계를 보고 있습니다.`,
    run: (about) => `다른 실행의 ${about}단계에 대한 결과입니다.`,
    grown: '그 뒤로 실행이 더 나아갔습니다.',
    otherRun: '다른 실행에 대한 결과입니다.',
    here: '여기서 다시 하기',
    backToStep: (step) => `${step}단계로 돌아가기`,
    backToRun: '그 실행으로 돌아가기',
  },
  outlook: {
    title: '아직 잘못될 수 있습니까?',
    about: '보이는 단계 다음에 일어날 수 있는 모든 일을, 모든 순서로, 모든 곳에 장애를 넣어 가 봅니다.',
    ask: '앞을 내다보기',
    armed: '걸어 두었지만 아직 일어나지 않은 장애는 세지 않습니다.',
    under: '깨지는 것은 바로 나타나고, 지켜지는 것은 끝나야 알 수 있습니다.',
    yes: (step, count, failures) =>
      `그렇습니다. ${within(failures)} ${step}단계 뒤에 약속 ${count}개가 아직 깨질 수 있습니다.`,
    no: (step, failures) => `아닙니다. ${within(failures)} ${step}단계 뒤에는 아무것도 잘못되지 않습니다.`,
    harmless: (step, failures) =>
      `아닙니다. ${within(failures)} ${step}단계 뒤에 깨질 수 있는 것은 있지만 해롭지 않습니다.`,
    open: (step) => `알 수 없습니다. ${step}단계 뒤에 잘못되는 것을 찾지 못했지만, 모두 가 보지는 않았습니다.`,
    already: '이미 깨짐',
    step: (step) => `${step}단계`,
    breakable: '아직 깨질 수 있음',
    by: (failures, steps) => `${failures === 0 ? '장애 없이' : `장애 ${failures ?? 1}개로`} ${steps ?? 0}단계 만에`,
    noAlarm: '문제 아님',
    unwatchable: '볼 수 있는 실행이 없습니다. 실제 시간에서는 다른 일이 먼저 일어납니다.',
    unknown: (states) => `알 수 없음: ${states}에서 멈춤`,
    safe: (count) => `이 범위에서 더는 깨질 수 없는 약속 ${count}개`,
  },
  strikes: {
    title: '여기서 모든 장애 넣어 보기',
    about: '보이는 단계에서 일어날 수 있는 장애를 하나씩, 저마다 다른 실행에 넣고 마무리까지 실행합니다.',
    ask: '모든 장애 넣어 보기',
    armed: '걸어 둔 장애는 남은 명령이 없으면 되돌립니다.',
    so: (count) => `지금까지 실행 ${count}개`,
    table: (step) => `${step}단계의 모든 장애`,
    failure: '장애',
    breaks: '깨지는 약속',
    rests: '끝나기까지',
    watch: '보기',
    none: '더 이상의 장애 없음',
    nothing: '없음',
    nothingNew: '새로 깨진 것 없음',
    steps: (count) => `${count}단계`,
    time: (ms) => `${seconds(ms)}초`,
    noAlarm: '문제 아님',
    watchOf: (failure) => `보기: ${failure}`,
    summary: (failures, breaking, promises) => {
      if (failures === 0) return '여기서 일어날 수 있는 장애가 없습니다.';
      if (breaking === 0) return `여기서 일어날 수 있는 장애 ${failures}개는 아무것도 새로 깨지 않습니다.`;
      return `여기서 일어날 수 있는 장애 ${failures}개 중 ${breaking}개가 지켜졌을 약속을 깹니다: ${promises}.`;
    },
  },
  noReturn: {
    title: '돌이킬 수 없는 지점',
    about:
      '단계마다, 그 뒤로 일어날 수 있는 모든 일 가운데 약속이 깨진 채 끝나는 비율입니다. 다음에 일어날 수 있는 일은 모두 똑같이 일어난다고 봅니다.',
    promise: '약속',
    ask: '찾기',
    progress: (done, of) => `${of}곳 중 ${done}곳`,
    result: (promise, failures) => `${promise}, ${within(failures)}`,
    found: (step, what) => `${step}단계부터는 무슨 일이 일어나도 되돌릴 수 없습니다: ${what}`,
    between: (from, to) =>
      `${to}단계부터, 또는 그보다 조금 앞(${from}단계 다음)부터 무슨 일이 일어나도 되돌릴 수 없습니다.`,
    late: (step) =>
      `늦어도 ${step}단계부터는 무슨 일이 일어나도 되돌릴 수 없습니다. 그 앞에는 상태가 너무 많은 단계가 있습니다.`,
    always: '처음부터 무슨 일이 일어나도 지킬 수 없습니다.',
    none: '이 실행에는 없습니다. 마지막 단계까지 아직 지킬 수 있습니다.',
    passed: '이 실행에는 없습니다. 마지막 단계 뒤에는 더 깨지지 않습니다.',
    untouched: '없습니다. 이 실행의 어느 단계에서도 깨진 채 끝날 수 없습니다.',
    open: '알 수 없습니다. 마지막 단계의 상태가 너무 많습니다.',
    unfinished: '아직 알 수 없습니다. 모든 단계를 보지는 않았습니다.',
    sampled: (count) => `실행이 길어 고르게 고른 ${count}곳만 보았습니다.`,
    givenUp: '점선으로 된 곳은 상태가 너무 많아 세지 못했습니다.',
    chart: '단계마다 깨진 채 끝나는 비율',
    value: (step, of, share) => `${of}단계 중 ${step}단계: ${share}`,
    percent,
    tooMany: '상태가 너무 많음',
    notYet: '아직 모름',
    list: '목록으로 보기',
    steps: (first, last) => (first === last ? `${first}단계` : `${first}~${last}단계`),
    go: (step) => `${step}단계로 가기`,
  },
};
