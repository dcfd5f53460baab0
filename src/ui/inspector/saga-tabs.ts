/** Which tabs about sagas and boundaries the inspector has under the options of a run. */
import type { FlowParts } from '../../trace/control.ts';
import { flowWords } from '../i18n/flows.ts';

export type SagaTab = 'lens' | 'chart' | 'instances' | 'steps' | 'history';

/** What shows each of them. */
export const shownBy = {
  lens: 'LensTab',
  chart: 'ChartTab',
  instances: 'InstancesTab',
  steps: 'StepsTab',
  history: 'HistoryTab',
} as const satisfies Record<SagaTab, string>;

/** The tabs of a flow with their names, the one to begin with first. Reactive. */
export function sagaTabs({ flow, machines, options }: FlowParts): { id: SagaTab; name: string }[] {
  const { names } = flowWords().tabs;
  const tabs: SagaTab[] = flow === 'budget' ? ['lens'] : [];
  if (machines.length > 0) tabs.push('steps', 'chart', 'instances', 'history');
  else if (flow === 'campaign' && options.saga !== 'none') tabs.push('instances');
  return tabs.map((id) => ({ id, name: names[id] }));
}
