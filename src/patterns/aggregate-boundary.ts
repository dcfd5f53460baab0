/**
 * Where the boundary of an aggregate is drawn, and what that costs. A command changes one aggregate in one transaction, so a
 * rule about two of them is nobody's: it holds later, if at all. One aggregate for everything keeps every rule, and makes
 * everybody wait for everybody (Khononov, Learning Domain-Driven Design, ch. 9).
 */
import { Account } from '../domain/budget/account.ts';
import { AdCampaign } from '../domain/budget/ad-campaign.ts';
import { Budget } from '../domain/budget/budget.ts';
import { Publisher } from '../domain/budget/publisher.ts';
import { ReservedBudget } from '../domain/budget/reserved-budget.ts';
import type { Aggregate } from '../messaging/aggregate.ts';
import { commit, load, type Handler } from '../messaging/effects.ts';
import type { CommandEnvelope } from '../messaging/envelope.ts';
import type { SagaSettings } from '../messaging/saga.ts';

/** Carries out a command on the one aggregate it is about, and stores the events with it. */
export function* boundaryCommand(command: CommandEnvelope & Pick<SagaSettings, 'boundary'>): Handler {
  const aggregate = yield* loadFor(command);
  aggregate.execute(command);
  yield* commit(aggregate, { outbox: aggregate.takeEvents() }); // one transaction
}

/** Commands about the budget itself, where it is an aggregate apart from its campaigns. */
const ofBudget = ['ReserveBudget', 'ReleaseBudget', 'ChangeBudget'];

function* loadFor({ boundary, name, aggregateId }: Parameters<typeof boundaryCommand>[0]): Handler<Aggregate> {
  if (boundary === 'tooLarge') return yield* load(Account, 'account');
  if (name === 'RecordViews') return yield* load(Publisher, 'publisher');
  if (boundary === 'together') return yield* load(Budget, 'budget');
  if (ofBudget.includes(name)) return yield* load(ReservedBudget, 'budget');
  return yield* load(AdCampaign, aggregateId);
}
