import { formatMoney } from '../../domain/money.ts';
import type { Week } from './quarter.ts';

/** The weeks of a simulated company as a table on the screen, and below it what they took. */
export function tellWeeks(weeks: readonly Week[], { of, seed, begunMs }: { of: string; seed: number; begunMs: number }): void {
  const money = (amountMinor: number) => formatMoney({ currency: 'EUR', amountMinor });
  console.table(
    weeks.map(
      ({ from, to, orders, refused, billedMinor, cashMinor, writtenOffMinor, receivablesMinor, letters, onHold, dso }) => ({
        week: `${from} – ${to}`,
        orders,
        refused,
        billed: money(billedMinor),
        cash: money(cashMinor),
        'written off': money(writtenOffMinor),
        receivables: money(receivablesMinor),
        letters,
        'on hold': onHold,
        DSO: dso === null ? '–' : dso.toFixed(1),
      }),
    ),
  );
  const seconds = ((performance.now() - begunMs) / 1000).toFixed(1);
  console.log(`${of} in ${seconds} s; what must hold held after each of them (seed ${seed})`);
}
