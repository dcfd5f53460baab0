/** 늘 보이는 옵션의 한국어. 설명은 `ko-choices.ts`에 있습니다. */
import type { MainWords } from './option-words.ts';

export const koOptions: MainWords = {
  publish: {
    label: '발행',
    values: {
      insideAggregate: { short: '안', name: '애그리게이트 안에서' },
      afterCommit: { short: '커밋 후', name: '커밋 후' },
      outbox: { short: '아웃박스', name: '아웃박스' },
    },
  },
  outbox: {
    label: '아웃박스',
    values: {
      table: { short: '테이블', name: '아웃박스 테이블' },
      document: { short: '문서', name: '문서 안의 아웃박스' },
    },
  },
  relay: {
    label: '릴레이',
    values: {
      polling: { short: '폴링', name: '폴링' },
      cursorPolling: { short: '커서', name: '커서 폴링' },
      logTailing: { short: '로그', name: '트랜잭션 로그 테일링' },
    },
  },
  afterPublish: {
    label: '다음',
    name: '발행한 다음',
    values: {
      mark: { short: '표시', name: '표시' },
      delete: { short: '삭제', name: '삭제' },
      markFirst: { short: '먼저', name: '먼저 표시' },
    },
  },
  bus: {
    label: '버스',
    values: {
      pubsub: { short: '발행/구독', name: '발행/구독(pub/sub)' },
      queue: { short: '큐', name: '큐' },
      log: { short: '로그', name: '파티션 로그' },
    },
  },
  inbox: {
    label: '인박스',
    values: {
      none: { short: '끔', name: '인박스 끔' },
      sameTransaction: { short: '켬', name: '인박스 켬' },
      before: { short: '효과 전', name: '효과 전 인박스' },
      after: { short: '효과 후', name: '효과 후 인박스' },
      version: { short: '버전', name: '인박스 대신 마지막 버전' },
    },
  },
  saga: {
    label: '사가',
    values: {
      none: { short: '없음', name: '사가 없음' },
      stateless: { short: '무상태', name: '무상태' },
      eventSourced: { short: '책', name: '책에 나온 대로' },
      guarded: { short: '방어', name: '방어하는 사가' },
    },
  },
};
