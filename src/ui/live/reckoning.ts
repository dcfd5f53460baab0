/**
 * What is worked out of a run's records once there are any: judged, compared with the database or a file, written down.
 * Fetched when it is wanted: the first picture has no records.
 */
export { Judgement } from '../../playback/judgement.ts';
export { compare, exportTrace } from './files.ts';
export { tablesAgree } from './read-back.ts';
