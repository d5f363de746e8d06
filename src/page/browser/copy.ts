import { elementById } from './elements.ts';

const FEEDBACK_MS = 2000;

/** Makes the button of the page copy the text of the history. */
export function enableCopyButton(): void {
  const button = elementById('copy');
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    button.textContent = (await copy()) ? 'Copied' : 'Select and copy the text below';
    setTimeout(() => {
      button.textContent = label;
    }, FEEDBACK_MS);
  });
}

/** Browsers have a clipboard for pages of HTTPS alone; on others the text is selected and copied as by hand. */
async function copy(): Promise<boolean> {
  const details = elementById('as-text');
  const pre = details.querySelector('pre');
  if (pre === null) return false;
  try {
    await navigator.clipboard.writeText(pre.textContent);
    return true;
  } catch {
    details.setAttribute('open', '');
    getSelection()?.selectAllChildren(pre);
    return document.execCommand('copy');
  }
}
