/** How long things take in flows with a saga. All in virtual ms. */

/** How long a participant thinks at least before it answers, and what chance may add. */
export const thinking = 500;
export const thinkingSpread = 200;

/** How long a command is held up where a failure does not say. */
export const delayUnlessSaid = 6000;

/** How long an answer travels to the bus. */
export const answerTravel = 420;

/** How soon a participant tries again to publish an answer while the bus is down. */
export const answerRetry = 500;

/** The relay looks for unsent commands at the multiples of this. */
export const commandPollInterval = 500;

/** Where the reader answers, every deadline is so many times as long: reading takes a while. */
export const patience = 5;

/** How soon a timeout, or a command at the service, comes again whose handler failed. */
export const handlerRetry = 600;
