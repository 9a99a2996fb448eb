// Finds every page that a person can reach by following links, one of each shape: /kerja/forum/<id> is one page,
// however many forums there are.

const ID = /^(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{4,}|[0-9]+|[A-Z]{2,5}-[0-9]{4}-[0-9]{6}|[A-Za-z0-9_-]{20,})$/;

// Addresses with names in them instead of numbers.
const NAMED = [[/^\/standar\/[^/]+\/[^/]+$/, '/standar/:id/:id']];

export function shape(pathname) {
  const named = NAMED.find(([pattern]) => pattern.test(pathname));
  if (named) return named[1];
  return pathname
    .split('/')
    .map((part) => (ID.test(part) ? ':id' : part))
    .join('/');
}

/** Links out of the page, as paths of this site. */
async function links(page) {
  // What a mail to somebody else links to is not offered to whoever looks into the demo's mailbox.
  const hrefs = await page.$$eval('a[href]:not(.of-mail)', (all) => all.map((one) => one.href));
  const here = new URL(page.url());
  const found = hrefs.map((href) => new URL(href)).filter((url) => url.origin === here.origin && !url.pathname.startsWith('/bahasa/'));
  return [...new Set(found.map((url) => url.pathname + url.search))];
}

/**
 * Walks from the given addresses and calls `visit(page, address)` on each shape of page once; returns the addresses
 * visited. An address that answers something else than a page (a PDF, a download) is handed to `other`.
 */
export async function crawl(page, from, { stays, visit, other, ofEach = 2 }) {
  const waiting = [...from];
  const seen = new Set();
  const visited = [];
  // Several forums, complaints and standards look different by their state: a few of each shape.
  const perShape = new Map();
  while (waiting.length > 0) {
    const address = waiting.shift();
    const url = new URL(address, page.url() === 'about:blank' ? 'http://localhost' : page.url());
    if (seen.has(address) || !stays(url.pathname)) continue;
    seen.add(address);
    const kind = shape(url.pathname) + (url.search ? '?' : '');
    const times = perShape.get(kind) ?? 0;
    if (times >= (kind.includes(':id') ? ofEach : 1)) continue;
    perShape.set(kind, times + 1);
    // What a browser would save instead of show.
    const answer = /\.(pdf|ics|json|csv|xlsx|docx|css)$/.test(url.pathname)
      ? null
      : await page.goto(address).catch((error) => {
          if (String(error).includes('Download is starting')) return null;
          throw error;
        });
    if (!answer) {
      await other(address);
      continue;
    }
    await visit(page, address, answer);
    visited.push(address);
    waiting.push(...(await links(page)));
  }
  return visited;
}
