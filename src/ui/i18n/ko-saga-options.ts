/** 사가, 프로세스 관리자, 경계에 대한 옵션의 한국어 설명. */
import type { SagaFineWords, SagaHints } from './option-words.ts';

export const sagaFine: SagaFineWords = {
  answers: {
    label: '응답',
    values: {
      automatic: { short: '자동', name: '자동 응답' },
      manual: { short: '직접', name: '직접 응답' },
    },
  },
  boundary: {
    label: '경계',
    values: {
      together: { short: '함께', name: '한 애그리게이트에 함께' },
      apart: { short: '따로', name: '따로 두고 사가로 잇기' },
      tooLarge: { short: '전부 하나', name: '전부 하나: 너무 큰 애그리게이트' },
    },
  },
  sending: {
    label: '보내기',
    name: '명령 보내기',
    values: {
      outbox: { short: '아웃박스', name: '아웃박스로 보내기' },
      direct: { short: '직접', name: '직접 호출' },
    },
  },
  notFound: {
    label: '없는 인스턴스',
    values: {
      discard: { short: '버림', name: '없으면 버림' },
      retry: { short: '재시도', name: '없으면 재시도' },
      create: { short: '생성', name: '없으면 생성' },
    },
  },
  instances: {
    label: '저장',
    name: '인스턴스 저장',
    values: {
      checked: { short: '버전', name: '버전 검사로 저장' },
      unchecked: { short: '그냥', name: '그냥 저장' },
      locked: { short: '잠금', name: '잠금으로 저장' },
    },
  },
  finished: {
    label: '끝난 것',
    name: '끝난 인스턴스',
    values: {
      kept: { short: '남김', name: '끝난 것 남김' },
      deleted: { short: '삭제', name: '끝난 것 삭제' },
    },
  },
  deadlines: {
    label: '기한',
    values: { on: { short: '있음', name: '기한 있음' }, off: { short: '없음', name: '기한 없음' } },
  },
  tokens: {
    label: '토큰',
    values: { on: { short: '확인', name: '토큰 확인' }, off: { short: '무시', name: '토큰 무시' } },
  },
  compensation: {
    label: '보상',
    name: '보상 트랜잭션',
    values: { on: { short: '함', name: '보상함' }, off: { short: '안 함', name: '보상 안 함' } },
  },
  tombstones: {
    label: '묘비',
    values: { on: { short: '남김', name: '묘비 남김' }, off: { short: '없음', name: '묘비 없음' } },
  },
  planning: {
    label: '결정',
    values: {
      recorded: { short: '기록', name: '결정을 기록' },
      recomputed: { short: '다시', name: '결정을 다시 계산' },
    },
  },
  lateSuccess: {
    label: '늦은 확정',
    name: '늦게 온 확정',
    values: {
      compensate: { short: '내림', name: '늦은 게시는 내림' },
      accept: { short: '받음', name: '늦은 확정도 받음' },
    },
  },
  contradiction: {
    label: '확정 뒤 거절',
    name: '확정 뒤에 온 거절',
    values: {
      alert: { short: '알림', name: '사람에게 알림' },
      newestWins: { short: '최신', name: '최신 응답을 따름' },
    },
  },
};

export const sagaHints: SagaHints = {
  saga: {
    about: '여러 애그리게이트와 외부 시스템에 걸친 업무 절차를 이끄는 것입니다.',
    values: {
      none: '아무도 이끌지 않습니다. 이벤트는 구독자에게만 갑니다.',
      stateless: '핸들러가 이벤트를 명령으로 바꾸고 아무것도 기억하지 않습니다. 무엇도 기다릴 수 없습니다.',
      eventSourced: '책에 나온 대로입니다. 받은 것과 내린 명령을 기록하지만 아무것도 막지 않습니다.',
      guarded: '기다리지 않는 것은 무시하고, 기한이 있으며, 끝낼 수 없으면 되돌립니다.',
    },
  },
  answers: {
    about: '외부 서비스와 사람의 역할을 누가 하는지입니다.',
    values: {
      automatic: '잠시 뒤 스스로 승낙합니다. 그래도 따로 응답할 수 있습니다.',
      manual: '사용자를 기다립니다. 확정, 거절, 침묵, 늦은 응답, 두 번 응답을 할 수 있습니다.',
    },
  },
  boundary: {
    about: '활성 캠페인의 비용이 예산을 넘지 않는다는 규칙을 어느 애그리게이트가 지키는지입니다.',
    values: {
      together: '예산과 약정을 하나가 가집니다. 규칙이 언제나 지켜집니다.',
      apart: '예산과 캠페인이 둘이고 사가가 규칙을 메웁니다. 한동안 규칙이 깨집니다.',
      tooLarge: '조회 수까지 모두 하나가 가집니다. 규칙은 지켜지지만 상관없는 것끼리 충돌합니다.',
    },
  },
  sending: {
    about: '사가의 명령이 떠나는 방법입니다.',
    values: {
      outbox: '상태와 함께 한 트랜잭션에 저장하고 릴레이가 보냅니다.',
      direct: '핸들러가 저장하기 전에 호출합니다. 그 뒤에 실패하면 다시 호출합니다.',
    },
  },
  notFound: {
    about: '인스턴스가 없는 메시지를 다루는 방법입니다.',
    values: {
      discard: '버리고 셉니다. 프레임워크 대부분은 말없이 버립니다.',
      retry: '나중에 다시 오고, 끝내 데드 레터가 됩니다.',
      create: '시작도 없이 인스턴스를 만듭니다.',
    },
  },
  instances: {
    about: '한 인스턴스의 두 핸들러를 떼어 놓는 방법입니다.',
    values: {
      checked: '버전을 검사합니다. 늦게 저장하는 쪽이 다시 결정합니다.',
      unchecked: '없습니다. 늦게 저장하는 쪽이 덮어씁니다.',
      locked: '읽을 때부터 저장할 때까지 잠급니다. 둘째는 기다립니다.',
    },
  },
  finished: {
    about: '끝난 인스턴스를 다루는 방법입니다.',
    values: {
      kept: '남아서 늦게 오는 것을 알아봅니다.',
      deleted: '사라집니다. 늦게 오거나 두 번 오는 것이 새로 시작할 수 있습니다.',
    },
  },
  deadlines: {
    about: '기다리는 상태에 기한이 있는지입니다.',
    values: { on: '있습니다. 기한이 되면 다시 묻고, 끝내 그만둡니다.', off: '없습니다. 침묵을 영원히 기다립니다.' },
  },
  tokens: {
    about: '지금 기다리는 것에 대한 응답이어야 하는지입니다.',
    values: {
      on: '그래야 합니다. 이전 시도의 응답과 기한은 무시합니다.',
      off: '아니어도 됩니다. 옛 응답을 새 응답으로 여깁니다.',
    },
  },
  compensation: {
    about: '나머지를 얻지 못할 때 이미 한 일을 되돌리는지입니다.',
    values: { on: '취소가 확인될 때까지 되풀이해 취소합니다.', off: '그대로 둡니다. 쓸모없는 예약이 남습니다.' },
  },
  tombstones: {
    about: '들은 적 없는 것의 취소를 참여자가 기억하는지(tombstone)입니다.',
    values: {
      on: '기억합니다. 나중에 주문이 오면 거부합니다.',
      off: '기억하지 않습니다. 취소보다 늦게 온 주문을 실행합니다.',
    },
  },
  planning: {
    about: '이력을 다시 읽을 때 결정이 어디에서 오는지입니다.',
    values: {
      recorded: '이력에서 옵니다. 결정할 때 적어 두었습니다.',
      recomputed: '다시 결정합니다. 그 사이 바뀐 것이 있으면 다른 결정이 나옵니다.',
    },
  },
  lateSuccess: {
    about: '사가가 그만둔 뒤의 확정을 다루는 방법입니다.',
    values: { compensate: '게시된 것을 내립니다.', accept: '인정합니다. 캠페인은 결국 게시됩니다.' },
  },
  contradiction: {
    about: '확정 뒤에 온 거절을 다루는 방법입니다.',
    values: { alert: '확정을 두고 사람에게 알립니다.', newestWins: '가장 새로운 응답을 따릅니다.' },
  },
};
