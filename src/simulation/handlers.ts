/** Every handler there is, by the name that tasks carry. */
import { consumer } from '../patterns/consumer.ts';
import { idempotentConsumer } from '../patterns/idempotent-consumer.ts';
import { outboxTable } from '../patterns/outbox-table.ts';
import { pollingPublisher } from '../patterns/polling-publisher.ts';
import { publishAfterCommit } from '../patterns/publish-after-commit.ts';
import { publishInsideAggregate } from '../patterns/publish-inside-aggregate.ts';

export const handlers = {
  outboxTable,
  publishAfterCommit,
  publishInsideAggregate,
  pollingPublisher,
  consumer,
  idempotentConsumer,
};
