// What is true of every page, whoever looks at it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@playwright/test';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The faults that axe finds in a colour scheme, one line each. The context must bypass the content policy. */
export async function axeFaults(page, colorScheme, only) {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const results = await page.evaluate(
    async ([source, tags, rules]) => {
      if (!globalThis.axe) (0, eval)(source);
      const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
      return (await globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] })).violations;
    },
    [axeSource, STANDARDS, only],
  );
  return results.map(
    (fault) => `${colorScheme}: ${fault.id} (${fault.help}) at ${fault.nodes.map((node) => node.target.join(' ')).slice(0, 4).join(' | ')}`,
  );
}

/** Elements that push the page wider than the window; empty when nothing scrolls sideways. */
export async function sideways(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const scrolls = (element) => element !== document.body && /auto|scroll|hidden/.test(getComputedStyle(element).overflowX);
    const inside = (element) => {
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) if (scrolls(at)) return true;
      return false;
    };
    const sticksOut = (element) => element.getBoundingClientRect().right > width + 1;
    const wide = [...document.querySelectorAll('body *')].filter(
      (element) => sticksOut(element) && !inside(element) && ![...element.children].some((child) => sticksOut(child) && !scrolls(element)),
    );
    return [
      `page is ${document.documentElement.scrollWidth} px wide in ${width}`,
      ...wide.slice(0, 4).map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class')} "${(element.textContent ?? '').trim().slice(0, 40)}"`),
    ];
  });
}

/** A PDF comes down by this address. */
export async function expectPdf(request, href) {
  const answer = await request.get(href);
  expect(answer.status(), href).toBe(200);
  expect(answer.headers()['content-type'], href).toContain('application/pdf');
  const bytes = await answer.body();
  expect(bytes.subarray(0, 5).toString('latin1'), href).toBe('%PDF-');
  return bytes;
}
