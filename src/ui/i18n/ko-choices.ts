/** 옵션, 장애, 개입을 고르기 전에 알려 주는 말의 한국어. 필요할 때 가져옵니다. */
import type { ChoiceWords } from './en-choices.ts';
import { fine, hints, reasons } from './ko-option-hints.ts';

export const koChoices: ChoiceWords = {
  fine,
  hints,
  reasons,
  contradiction: (value, reason) => `옵션을 함께 쓸 수 없습니다. ${value}: ${reason}`,
  disabled: {
    noRelay: '아웃박스가 없으면 릴레이도 없습니다.',
    neverPublishes: '아웃박스가 있으면 서비스는 발행하지 않습니다.',
    isDown: '이미 중단되어 있습니다.',
    isUp: '실행 중입니다.',
    nothingWaits: '이 큐에 기다리는 메시지가 없습니다.',
    busIsDown: '버스가 이미 중단되어 있습니다.',
    notOnThisBus: '이 버스에서는 일어나지 않습니다.',
    nothingToLose: '아무도 발행 확인을 기다리지 않습니다.',
    nothingIsClaimed: '릴레이가 선점한 것이 없습니다.',
    relayMustBeUp: '릴레이가 하는 일인데 중단되어 있습니다.',
    busMustBeUp: '버스가 중단되어 있습니다.',
  },
  crash: '중단 시점',
  before: '전',
  after: '후',
  between: '사이에',
  message: (place, type, aggregate, version) => `${place}. ${type}, ${aggregate} v${version}`,
  stepIn: {
    replay: '로그 다시 읽기…',
    subscription: '읽는 쪽',
    offset: '오프셋',
    go: '다시 읽기',
  },
  growth: {
    title: '아웃박스의 크기',
    stored: '저장됨',
    pending: '발행 전',
    parked: '보류됨',
    read: '마지막 폴링이 읽음',
    totalRead: (polls) => `폴링 ${polls}번이 모두 읽음`,
  },
};
