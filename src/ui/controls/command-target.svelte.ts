/** What the next command is about, for the buttons and the keys alike. */
import { t } from '../i18n/i18n.svelte.ts';
import type { Payload } from '../../trace/scenario.ts';

/** The campaigns that commands can be sent to: the one that is there, and another. On a log, each has its own partition. */
export const campaigns = ['123', '124'] as const;

/** Longer than any message of the bus, and still short enough for a file. */
const tooLong = 1500;

interface Target {
  campaign: (typeof campaigns)[number];
  /** Why a campaign is deactivated. */
  reason: string;
  /** A reason that makes the event too large for the bus. */
  tooLong: boolean;
}

export const target = $state<Target>({ campaign: campaigns[0], reason: '', tooLong: false });

/** The payload that names the campaign, where it is not the first one. */
export const activation = (): Payload => (target.campaign === campaigns[0] ? {} : { id: target.campaign });

/** The payload of a deactivation, with its reason. */
export function deactivation(): Payload {
  const { reasonDefault } = t().commands;
  const reason = target.tooLong
    ? `${reasonDefault}. `.repeat(Math.ceil(tooLong / (reasonDefault.length + 2))).slice(0, tooLong)
    : target.reason.trim() || reasonDefault;
  return { ...activation(), reason };
}
