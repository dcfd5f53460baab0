/** What a scene shows beside the promises, found in the records alone. */
import type { TraceRecord } from '../trace/record.ts';
import type { Shown } from './scene.ts';

const isOf: { readonly [S in Shown]: (record: TraceRecord) => boolean } = {
  // a transaction that met a newer version: what it was to do has to be done anew
  conflicts: (record) => record.kind === 'transaction.aborted' && record.reason === 'conflict',
};

/** The `seq`s of the records that show it, in their order. */
export const seqsOf = (shown: Shown, records: readonly TraceRecord[]): number[] =>
  records.filter(isOf[shown]).map(({ seq }) => seq);
