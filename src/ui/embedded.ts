/** Whether the page is a frame inside another one. Then it keeps nothing in the browser, and leaves the head to its host. */
import { readAddress } from '../trace/address.ts';

export const embedded = readAddress(location.search).embed === true;
