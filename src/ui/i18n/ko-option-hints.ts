/** 옵션에 대한 한국어 설명: 펼치는 옵션, 값마다 하는 일, 고를 수 없는 까닭. */
import type { FineWords, OptionHints, OptionReasons } from './option-words.ts';
import { sagaFine, sagaHints } from './ko-saga-options.ts';

/** The options that unfold. */
export const fine: FineWords = {
  ...sagaFine,
  writes: {
    label: '쓰기',
    values: {
      serialised: { short: '차례로', name: '차례로 쓰기' },
      optimistic: { short: '동시에', name: '동시에 쓰기' },
    },
  },
  relays: {
    label: '릴레이 수',
    values: { 1: { short: '1', name: '릴레이 1개' }, 2: { short: '2', name: '릴레이 2개' } },
  },
  claim: {
    label: '선점',
    values: {
      none: { short: '없음', name: '선점 없음' },
      row: { short: '행', name: '행 단위 선점' },
      aggregate: { short: '캠페인', name: '캠페인 단위 선점' },
    },
  },
  marking: {
    label: '표시 시점',
    values: {
      each: { short: '하나씩', name: '하나씩 표시' },
      batch: { short: '한꺼번에', name: '한꺼번에 표시' },
    },
  },
  failingRow: {
    label: '거부된 행',
    values: {
      block: { short: '전체 멈춤', name: '전체 멈춤' },
      blockAggregate: { short: '캠페인만', name: '그 캠페인만 멈춤' },
      skip: { short: '건너뜀', name: '건너뜀' },
      park: { short: '보류', name: '보류' },
    },
  },
  polling: {
    label: '조회',
    values: {
      index: { short: '인덱스', name: '인덱스로 조회' },
      scan: { short: '전체', name: '테이블 전체 조회' },
    },
  },
  cleanup: {
    label: '정리 작업',
    values: { off: { short: '끔', name: '정리 작업 끔' }, on: { short: '켬', name: '정리 작업 켬' } },
  },
  fence: {
    label: '울타리',
    values: { off: { short: '끔', name: '울타리 끔' }, on: { short: '켬', name: '울타리 켬' } },
  },
  retention: {
    label: '로그 보관',
    values: {
      endless: { short: '영원히', name: '로그 영원히 보관' },
      short: { short: '잠시', name: '로그 잠시 보관' },
    },
  },
  relayWrites: {
    label: '릴레이의 쓰기',
    values: {
      checked: { short: '검사', name: '버전 검사' },
      notRaised: { short: '버전 유지', name: '검사하되 버전 유지' },
      unchecked: { short: '검사 없음', name: '검사 없음' },
    },
  },
  confirm: {
    label: '발행 확인',
    values: {
      confirmed: { short: '기다림', name: '발행 확인을 기다림' },
      none: { short: '무시', name: '발행 확인을 무시' },
    },
  },
  requeue: {
    label: '돌아갈 곳',
    values: {
      head: { short: '맨 앞', name: '큐의 맨 앞으로' },
      tail: { short: '맨 뒤', name: '큐의 맨 뒤로' },
    },
  },
  consumers: {
    label: '소비자 수',
    values: {
      single: { short: '하나', name: '소비자 하나' },
      competing: { short: '둘', name: '경쟁하는 소비자 둘' },
    },
  },
  dedupWindow: {
    label: 'ID 보관',
    values: {
      endless: { short: '영원히', name: 'ID 영원히 보관' },
      short: { short: '잠시', name: 'ID 잠시 보관' },
    },
  },
};

/** One line about each option and each value. */
export const hints: OptionHints = {
  ...sagaHints,
  publish: {
    about: '이벤트가 서비스를 떠나는 때입니다.',
    values: {
      insideAggregate: '트랜잭션이 아직 열려 있을 때 떠납니다. 롤백되면 유령 메시지가 됩니다.',
      afterCommit: '커밋한 다음 떠납니다. 그 사이에 중단되면 유실됩니다.',
      outbox: '이벤트와 캠페인을 함께 커밋하고, 릴레이가 나중에 발행합니다.',
    },
  },
  outbox: {
    about: '이벤트가 발행되기를 기다리는 곳입니다.',
    values: {
      table: '같은 트랜잭션에서 쓴 테이블의 행입니다.',
      document: '캠페인 문서 안입니다. 트랜잭션이 문서 두 개에 걸칠 수 없을 때 씁니다.',
    },
  },
  relay: {
    about: '릴레이가 발행할 것을 알아내는 방법입니다.',
    values: {
      polling: '발행 전인 행을 되풀이해 묻습니다.',
      cursorPolling: '저장해 둔 위치 다음의 행을 묻습니다.',
      logTailing: '데이터베이스의 변경 로그를 따라가며 모든 커밋을 봅니다.',
    },
  },
  afterPublish: {
    about: '발행된 행을 다루는 방법입니다.',
    values: {
      mark: '표시하고 남깁니다. 테이블이 점점 커집니다.',
      delete: '지웁니다. 테이블은 작지만 이력이 없습니다.',
      markFirst: '발행하기 전에 먼저 표시합니다. 그 사이에 중단되면 유실됩니다.',
    },
  },
  bus: {
    about: '이벤트를 구독자에게 나르는 방법입니다.',
    values: {
      pubsub: '지금 듣는 소비자에게만 건네고 보관하지 않습니다.',
      queue: '확인 응답(ack)을 받을 때까지 보관하고, 받지 못하면 다시 전달합니다.',
      log: '파티션마다 순서대로 모두 보관하고, 읽는 쪽이 자기 위치를 기억합니다.',
    },
  },
  inbox: {
    about: '소비자가 이미 처리한 이벤트를 알아보는 방법입니다.',
    values: {
      none: '알아보지 못합니다. 두 번 오면 두 번 일어납니다.',
      sameTransaction: '이벤트 ID와 효과를 한 트랜잭션에 저장합니다.',
      before: 'ID를 먼저 저장합니다. 효과 전에 중단되면 효과가 유실됩니다.',
      after: 'ID를 나중에 저장합니다. 효과 후에 중단되면 효과가 중복됩니다.',
      version: '캠페인마다 마지막 버전을 저장하고, 더 새롭지 않은 것은 무시합니다.',
    },
  },
  writes: {
    about: '한 캠페인에 명령 두 개가 올 때 하는 일입니다.',
    values: {
      serialised: '두 번째 명령은 첫 번째가 끝나기를 기다립니다.',
      optimistic: '둘 다 실행합니다. 버전 검사에서 진 쪽은 다시 시도합니다.',
    },
  },
  relays: {
    about: '아웃박스를 맡는 릴레이의 수입니다.',
    values: { 1: '하나뿐이라 행이 순서대로 나갑니다.', 2: '둘입니다. 선점하지 않으면 같은 행을 둘 다 발행합니다.' },
  },
  claim: {
    about: '릴레이 둘이 행을 나누는 방법입니다.',
    values: {
      none: '나누지 않습니다. 보이는 대로 가져갑니다.',
      row: '비어 있는 행을 가져갑니다(SKIP LOCKED). 중복은 없지만 순서가 뒤바뀝니다.',
      aggregate: '한 캠페인의 행을 모두 가져갑니다. 그 순서는 지켜집니다.',
    },
  },
  marking: {
    about: '행을 표시하거나 지우는 때입니다.',
    values: {
      each: '발행한 다음 바로 하나씩 합니다.',
      batch: '끝에서 한꺼번에 합니다. 그 전에 중단되면 모두 다시 발행합니다.',
    },
  },
  failingRow: {
    about: '버스가 거부하는 행을 릴레이가 다루는 방법입니다.',
    values: {
      block: '되풀이해 시도합니다. 뒤의 행은 발행되지 않습니다.',
      blockAggregate: '다른 캠페인의 행은 계속하고, 같은 캠페인의 뒤 행만 기다립니다.',
      skip: '다음 행으로 갑니다. 나중 이벤트가 앞지릅니다.',
      park: '몇 번 시도한 다음 사람에게 맡기고 보류합니다.',
    },
  },
  polling: {
    about: '폴링이 발행 전인 행을 찾는 방법입니다.',
    values: {
      index: '인덱스로 찾습니다. 발행된 행은 읽지 않습니다.',
      scan: '테이블 전체를 읽습니다. 이벤트가 쌓일수록 더 많이 읽습니다.',
    },
  },
  cleanup: {
    about: '발행된 지 오래된 것을 지우는 작업이 있는지입니다.',
    values: { off: '발행된 행이 영원히 남습니다.', on: '몇 초 뒤에 지웁니다.' },
  },
  fence: {
    about: '커서가 열린 트랜잭션을 기다리는지(fence)입니다.',
    values: {
      off: '기다리지 않습니다. 나중에 커밋된 낮은 위치는 읽지 못합니다.',
      on: '열린 트랜잭션이 잡은 첫 위치 앞에서 멈춥니다.',
    },
  },
  retention: {
    about: '데이터베이스가 변경 로그를 보관하는 기간입니다.',
    values: { endless: '영원히 보관합니다.', short: '몇 초입니다. 릴레이가 더 오래 쉬면 변경을 놓칩니다.' },
  },
  relayWrites: {
    about: '명령도 쓰는 문서를 릴레이가 쓰는 방법입니다.',
    values: {
      checked: '버전을 검사합니다. 늦은 쪽이 다시 시도합니다.',
      notRaised: '검사하지만 버전을 올리지 않습니다. 명령이 발행된 항목을 되살릴 수 있습니다.',
      unchecked: '무엇이 있든 덮어씁니다. 명령의 변경이 유실될 수 있습니다.',
    },
  },
  confirm: {
    about: '발행하는 쪽이 버스의 확인을 기다리는지입니다.',
    values: {
      confirmed: '기다립니다. 거부되면 다시 발행합니다.',
      none: '기다리지 않습니다. 거부되어도 발행된 줄 압니다.',
    },
  },
  requeue: {
    about: '확인 응답을 받지 못한 메시지가 돌아갈 곳입니다.',
    values: {
      head: '맨 앞입니다. 순서는 지켜지지만 나쁜 메시지 하나가 모두를 막습니다.',
      tail: '맨 뒤입니다. 다른 메시지가 앞지릅니다.',
    },
  },
  consumers: {
    about: '구독마다 있는 소비자의 수입니다.',
    values: {
      single: '하나이며 메시지를 하나씩 처리합니다.',
      competing: '둘이 메시지를 나눕니다. 빠르지만 순서가 뒤바뀝니다.',
    },
  },
  dedupWindow: {
    about: '인박스가 ID를 보관하는 기간입니다.',
    values: { endless: '영원히 보관합니다.', short: '몇 초입니다. 그 뒤에 다시 오면 처음 보는 것이 됩니다.' },
  },
};

/** Why a value does not go with the others. */
export const reasons: OptionReasons = {
  needsOutbox: '아웃박스가 있을 때만 됩니다.',
  needsTable: '아웃박스가 테이블일 때만 됩니다.',
  needsDocument: '아웃박스가 문서 안에 있을 때만 됩니다.',
  needsPolling: '발행 전인 행을 묻는 릴레이에서만 됩니다.',
  needsCursorPolling: '커서로 폴링하는 릴레이에서만 됩니다.',
  needsLogTailing: '로그를 따라가는 릴레이에서만 됩니다.',
  needsTwoRelays: '릴레이가 둘일 때만 됩니다.',
  needsMarking: '행을 지우면 정리할 것이 없습니다.',
  needsQueue: '큐에서만 됩니다.',
  needsConfirmation: '발행/구독 버스는 어차피 확인하지 않습니다.',
  needsInbox: 'ID를 보관하는 인박스가 있을 때만 됩니다.',
  notBesideMarkFirst: '먼저 표시할 때는 안 됩니다.',
  notBesideClaims: '선점과 함께 쓸 수 없습니다.',
  notBesideDocument: '아웃박스가 문서 안에 있으면 안 됩니다.',
  needsSaga: '사가가 있을 때만 됩니다.',
  needsInstances: '기억하는 사가에서만 됩니다.',
  needsGuards: '방어하는 사가에서만 됩니다.',
  needsApart: '예산과 캠페인을 따로 둘 때만 됩니다.',
  notInThisFlow: '이 흐름에는 없습니다.',
};
