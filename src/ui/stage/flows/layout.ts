/** Where everything stands in the flows with a saga: hand-laid, as data, for a wide stage and a narrow one. */
import type { FlowParts } from '../../../trace/control.ts';
import type { Layout } from '../geometry/shapes.ts';
import { budgetNarrow } from './budget-narrow.ts';
import { budgetWide } from './budget-wide.ts';
import { campaignNarrow } from './campaign-narrow.ts';
import { campaignWide } from './campaign-wide.ts';
import { keyOfSetting, settingOf, type Setting } from './setting.ts';
import { tripNarrow } from './trip-narrow.ts';
import { tripWide } from './trip-wide.ts';

const layouts: Readonly<Record<Setting['flow'], Record<Layout['name'], (setting: Setting) => Layout>>> = {
  campaign: { wide: campaignWide, narrow: campaignNarrow },
  trip: { wide: tripWide, narrow: tripNarrow },
  budget: { wide: budgetWide, narrow: budgetNarrow },
};

const known = new Map<string, Layout>();

/** The layout of a flow's parts. The same parts come to the very same layout. */
export function layoutOf(name: Layout['name'], parts: FlowParts): Layout {
  const setting = settingOf(parts);
  const key = `${name} ${keyOfSetting(setting)}`;
  let layout = known.get(key);
  if (!layout) known.set(key, (layout = layouts[setting.flow][name](setting)));
  return layout;
}
