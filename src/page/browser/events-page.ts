import { keepTooltips, showReaderTimes } from './reader-times.ts';

/** Shows the times of a page that does not change by the reader's clock. */
function start(): void {
  showReaderTimes(document);
  keepTooltips(Date.now);
}

start();
