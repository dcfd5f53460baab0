/** Every handler there is, by the name that tasks carry. */
import { cleanUp } from '../patterns/clean-up.ts';
import { consumer } from '../patterns/consumer.ts';
import { cursorPolling } from '../patterns/cursor-polling.ts';
import { embeddedOutbox } from '../patterns/embedded-outbox.ts';
import { embeddedOutboxRelay } from '../patterns/embedded-outbox-relay.ts';
import { idempotentConsumer } from '../patterns/idempotent-consumer.ts';
import { inboxAfter } from '../patterns/inbox-after.ts';
import { inboxBefore } from '../patterns/inbox-before.ts';
import { logTailing } from '../patterns/log-tailing.ts';
import { outboxTable } from '../patterns/outbox-table.ts';
import { outboxWithSequence } from '../patterns/outbox-with-sequence.ts';
import { unparkRows } from '../patterns/parked-rows.ts';
import { pollingPublisher } from '../patterns/polling-publisher.ts';
import { publishAfterCommit } from '../patterns/publish-after-commit.ts';
import { publishInsideAggregate } from '../patterns/publish-inside-aggregate.ts';
import { versionAwareConsumer } from '../patterns/version-aware-consumer.ts';

export const handlers = {
  outboxTable,
  outboxWithSequence,
  embeddedOutbox,
  publishAfterCommit,
  publishInsideAggregate,
  pollingPublisher,
  embeddedOutboxRelay,
  cursorPolling,
  logTailing,
  cleanUp,
  unparkRows,
  consumer,
  idempotentConsumer,
  inboxBefore,
  inboxAfter,
  versionAwareConsumer,
};
