/** The house rules: each a pure function from files to offences. tests/tidy.test.ts plants an offence against each. */
export { noClockNorChance } from './tidy/determinism.ts';
export { importsByRoom, noCycles } from './tidy/rooms.ts';
export { documented, smallEnough, tidyTop, wellNamed } from './tidy/shape.ts';
export type { Offence, SourceFile } from './tidy/source.ts';
export { noHtmlFromText, noLeftovers, noOtherHost } from './tidy/text.ts';
