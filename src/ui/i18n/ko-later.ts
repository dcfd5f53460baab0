/** 처음에는 보이지 않는 글입니다. 누가 있을 때 가져옵니다. */
import { josa } from 'es-hangul';
import type { Options } from '../../trace/scenario.ts';
import type { LaterMessages } from './en-later.ts';
import { part } from './ko-parts.ts';
import { koVerdicts } from './ko-promises.ts';
import { koHelp } from './ko-help.ts';
import { koPromiseNotes } from './ko-promise-notes.ts';
import { koRecords } from './ko-records.ts';

const publishNames: Record<Options['publish'], string> = {
  insideAggregate: '애그리게이트 안에서',
  afterCommit: '커밋 후',
  outbox: '아웃박스',
};

export const koLater: LaterMessages = {
  records: koRecords,
  promises: koVerdicts,
  commands: {
    reason: '비활성화 이유',
    reasonTooLong: '버스에 너무 긴 이유',
    weakSpot: {
      insideAggregate: '도착했습니다. 이제 이벤트가 떠난 뒤 트랜잭션이 실패하게 해 보십시오.',
      afterCommit: '도착했습니다. 이제 커밋 후 발행 전에 서비스가 중단되게 해 보십시오.',
      outbox: '도착했습니다. 이제 발행 후 표시 전에 릴레이가 중단되게 해 보십시오.',
      delete: '도착했습니다. 이제 발행 후 행을 지우기 전에 릴레이가 중단되게 해 보십시오.',
      markFirst: '도착했습니다. 이제 표시 후 발행 전에 릴레이가 중단되게 해 보십시오.',
    },
    breakIt: '장애와 함께 다시 보내기',
  },
  menu: {
    title: (name) => `${name}에 일어날 수 있는 일`,
    now: '지금',
    armedLater: '때가 되면',
  },
  list: {
    intro: (step, time) => `${time}초, ${step}단계입니다.`,
    inFlight: '이동 중',
    nothingInFlight: '이동 중인 것이 없습니다.',
    flight: (label, from, to, notes) =>
      `${label}, ${part(from)}에서 ${josa(part(to), '으로/로')}${notes && `, ${notes}`}`,
    fallen: '가는 길에 사라진 것',
    act: (name) => `${name} 장애 주입…`,
  },
  header: {
    earlierEmpty:
      '이전 실행이 없습니다. 초기화, 옵션 변경, 가져오기를 하거나 과거에서 행동하면 떠난 실행이 여기에 남습니다.',
    earlierRun: (label, records) => `${label}, ${records}단계`,
    runLabel: (publish, inbox) => `${publishNames[publish]}${inbox === 'none' ? '' : ', 인박스'}`,
    inputCount: (inputs) => `입력 ${inputs}개`,
    linkLabel: '이 실행의 주소',
    linkCopied: '복사했습니다. 주소를 여는 사람은 같은 실행을 봅니다.',
    linkByHand: '여기서 복사하십시오. 주소를 여는 사람은 같은 실행을 봅니다.',
    linkFailed: '링크를 만들지 못했습니다. 대신 트레이스를 내보내십시오.',
  },
  inspector: {
    filter: '기록 찾기',
    interesting: '중요한 기록만',
    none: '맞는 기록이 없습니다.',
    noRecords: '아직 아무 일도 없습니다. 명령을 보내십시오.',
    listLabel: '기록',
    noReturn: (promise) => `돌이킬 수 없는 지점: ${promise}`,
    whyOf: '왜 일어났습니까?',
    whyEmpty: '아직 아무 일도 없습니다. 명령을 보낸 뒤 원인을 보십시오.',
    whyPick: '기록에서 행을 고르면 그 원인을 따라갑니다.',
    newestCause: '최근 기록 따라가기',
    alsoBecause: '그리고 그 전에:',
    missing: '왜 빠졌습니까?',
    missingNone: '빠진 것이 없습니다. 커밋된 이벤트는 모두 구독자마다 효과를 냈습니다.',
    missingYet: '아직 커밋된 이벤트가 없습니다.',
    missingMore: (count) => `그 밖에 ${count}개`,
    missingOf: (event, version, subscriber) => `${event} v${version} → ${subscriber}`,
    states: { lost: '유실', parked: '보류', underWay: '진행 중' },
    where: {
      outbox: '아웃박스에서 기다립니다.',
      publishing: '버스로 가고 있습니다.',
      bus: '버스에서 기다립니다.',
      memory: '소비자의 메모리에서 기다립니다.',
      handler: '핸들러가 처리하고 있습니다.',
      way: '두 단계 사이에 있습니다.',
    },
    letGo: '무시, 유실, 보류',
    letGoNone: '아직 없습니다.',
    letGoOf: (event, version) => `${event} v${version}`,
    running: (effect) => `지금 실행 중: ${effect}`,
    notRunning: '이 단계에서는 실행하지 않음',
    crashLine: '걸어 둔 중단',
    file: '누구의 코드',
    files: {
      service: '서비스',
      relay: '릴레이',
      cleaner: '정리 작업',
      consumer: '구독자',
      manager: '프로세스 관리자',
      saga: '사가',
      message: '메시지마다',
      commands: '명령 릴레이',
    },
    codeLoading: '소스를 가져오고 있습니다…',
    codeMissing: '소스를 가져오지 못했습니다. 페이지를 새로 고친 뒤 다시 시도하십시오.',
  },
  banners: {
    memory: {
      asked: '이 실행의 행은 메모리에만 있습니다.',
      missing:
        '이 브라우저는 페이지에 데이터베이스를 주지 않습니다(시크릿 창?). 행은 메모리에 두며 다른 것은 모두 됩니다.',
      full: '이 페이지의 저장 공간이 가득 찼습니다. 이제부터 행은 메모리에 둡니다. 남기려면 트레이스를 내보내십시오.',
      lost: '브라우저가 데이터베이스를 닫았습니다. 이제부터 행은 메모리에 둡니다. 남기려면 트레이스를 내보내십시오.',
    },
    restarted: '시뮬레이션이 응답하지 않아 같은 단계에서 다시 시작했습니다.',
    restarting: '시뮬레이션이 응답하지 않습니다. 다시 시작하고 있습니다…',
    withoutIt: '그것 없이 페이지를 열었습니다.',
    passedOver: (what) => `주소에 이 페이지가 모르는 것이 있어 무시했습니다: ${what}.`,
    fromLink: '링크로 연 실행입니다. 가지고 계신 것은 바뀌지 않았습니다.',
    differs: (step, by) => `버전 ${by}에서 기록한 트레이스입니다. 여기서 다시 실행하면 ${step}단계부터 다릅니다.`,
    opened: '시나리오를 첫 단계 앞에서 열었습니다. 재생을 누르십시오.',
    sameAgain: '트레이스를 여기서 다시 실행했고 모든 단계가 같습니다.',
    incomplete:
      '페이지의 일부를 가져오지 못해 약속을 판정하거나 행을 견주거나 트레이스를 쓰지 못합니다. 연결을 확인한 뒤 페이지를 새로 고치면 이 단계로 돌아옵니다.',
    dismiss: '닫기',
  },
  problems: {
    title: (from, code) =>
      `${{ file: '파일을', link: '링크를', address: '주소가 가리키는 것을', run: '실행을' }[from]} 열지 못했습니다(${code}).`,
    at: (place) => `위치: ${place}.`,
    unchanged: '지금의 실행은 그대로입니다.',
    unknown: 'Sagascope에서 내보낸 트레이스나 시나리오인지 확인하십시오.',
    what: {
      notFetched: '가져오지 못했습니다. 연결을 확인하고 페이지를 새로 고치십시오.',
      unreadable: '브라우저가 파일을 읽을 수 없습니다. 다시 고르십시오.',
      empty: '비어 있습니다. 트레이스를 다시 내보내십시오.',
      tooLarge: '5 MB보다 큽니다. 더 작은 트레이스나 시나리오만 여십시오.',
      notJson: '올바른 JSON이 아닙니다. 잘리거나 고쳐졌는지 확인하십시오.',
      tooDeep: '트레이스라기에는 너무 깊이 겹쳐 있습니다.',
      tooManyNodes: '트레이스보다 값이 많습니다.',
      duplicateKey: '한 객체에 같은 이름이 두 번 있습니다. 하나를 지우십시오.',
      forbiddenKey: '트레이스에 없는 키가 있습니다. 지우십시오.',
      infiniteNumber: '수로 나타내기에는 너무 큰 값이 있습니다.',
      unsafeInteger: '정확히 나타내기에는 너무 큰 정수가 있습니다.',
      loneSurrogate: '반으로 잘린 글자가 있습니다.',
      notUtf8: 'UTF-8 텍스트가 아닙니다. .sagascope.json으로 끝나는 파일을 고르십시오.',
      wrongFormat: 'Sagascope의 트레이스나 시나리오가 아닙니다. .sagascope.json으로 끝나는 파일을 고르십시오.',
      newerVersion: '더 새로운 Sagascope에서 만들었습니다. 페이지를 새로 고친 뒤 다시 여십시오.',
      invalid: '트레이스나 시나리오의 모양이 아닙니다. 새로 내보낸 파일과 견주어 보십시오.',
      notLink: '주소에 실행이 없습니다. 링크 전체를 다시 받으십시오.',
      linkEmpty: '링크에 실행이 없습니다. 링크 전체를 다시 받으십시오.',
      linkVersion: '더 새로운 Sagascope의 링크입니다. 페이지를 새로 고치십시오.',
      linkBroken: '링크가 손상되었습니다. 다시 받으십시오.',
      linkTruncated: '링크가 잘렸습니다. 링크 전체를 다시 받으십시오.',
      unsupported: '이 버전에서 실행할 수 없습니다. 페이지에 있는 옵션을 고르십시오.',
      died: '여는 동안 시뮬레이션이 멈추었습니다. 다시 시도하거나 새로 내보내십시오.',
    },
  },
  help: koHelp,
  promiseNotes: koPromiseNotes,
};
