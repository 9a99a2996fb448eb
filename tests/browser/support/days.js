// Days as the office of the demo counts them.
import { api } from './people.js';

/** A day so many days from now, or the next after it on which offices work, as a form wants it. */
export async function workingDay({ playwright, baseURL }, fromNow) {
  const head = await api(playwright, baseURL, 'head');
  const day = new Date(Date.now() + fromNow * 24 * 3600 * 1000);
  const holidays = new Set();
  for (const year of [day.getUTCFullYear(), day.getUTCFullYear() + 1]) {
    const list = await (await head.get(`/api/v1/calendar/holidays?year=${year}`)).json();
    list.items.forEach((holiday) => holidays.add(holiday.date));
  }
  await head.dispose();
  const text = () => day.toISOString().slice(0, 10);
  while ([0, 6].includes(day.getUTCDay()) || holidays.has(text())) day.setUTCDate(day.getUTCDate() + 1);
  return text();
}
