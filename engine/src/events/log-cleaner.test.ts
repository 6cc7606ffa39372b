import { describe, expect, it, vi } from 'vitest';
import { nextRuns } from '../scheduled/cron-schedule.ts';
import { type Payload, success, triggerDesk } from '../testing/trigger-desk.ts';

describe('the cleaning of the event log', () => {
  const desk = triggerDesk();
  const { open, api, create, log, settled } = desk;

  it('clears the log of what is done with and old, and of nothing else', async () => {
    await create();
    desk.receiver.answer = ({ body }) =>
      (body as Payload).event.op === 'DELETE' ? { status: 500, headers: { 'retry-after': '600' } } : {};
    await desk.database.query('insert into book values (1); update book set price = 1; delete from book');
    await expect.poll(() => log('tries')).toEqual([{ tries: 1 }, { tries: 1 }, { tries: 1 }]);
    await expect.poll(() => log('locked')).toEqual(Array(3).fill({ locked: null }));
    const clear = (more: Record<string, unknown> = {}) =>
      api('cleanup_event_trigger_logs', { event_trigger_name: 'books', clear_older_than: 24, ...more });
    expect(await clear()).toMatchObject({ deleted_event_logs: 0 });
    await desk.database.query(
      `update hdb_catalog.event_log set created_at = created_at - interval '25 hours'`,
    );
    expect(await clear({ batch_size: 1, clean_invocation_logs: true })).toEqual({
      message: 'success',
      deleted_event_logs: 2,
      deleted_event_invocation_logs: 2,
    });
    expect(await log(`payload ->> 'op' as op`)).toEqual([{ op: 'DELETE' }]);
    expect(await clear({ event_trigger_name: 'none' })).toMatchObject({ code: 'not-exists' });
  });

  it('pauses and resumes what clears by the clock', async () => {
    await create({ cleanup_config: { schedule: '0 0 * * *', clear_older_than: 168 } });
    const isPaused = async (): Promise<unknown> => {
      const metadata = await api('export_metadata', {});
      return /"paused":(true|false)/.exec(JSON.stringify(metadata))?.[1];
    };
    const books = { event_triggers: [{ source_name: 'default', event_triggers: ['books'] }] };
    expect(await api('pause_event_trigger_cleanups', books)).toEqual(success);
    expect(await isPaused()).toBe('true');
    expect(await api('resume_event_trigger_cleanups', { event_triggers: { sources: '*' } })).toEqual(success);
    expect(await isPaused()).toBe('false');
    await create({ replace: true });
    expect(await api('pause_event_trigger_cleanups', books)).toMatchObject({ code: 'not-exists' });
  });

  it('clears by the clock, one engine at a time', async () => {
    await create({
      cleanup_config: { schedule: '0 0 1 1 *', clear_older_than: 0, clean_invocation_logs: true },
    });
    await desk.database.query('insert into book values (1)');
    await settled();
    const due = nextRuns('0 0 1 1 *', 1, new Date())[0]?.getTime() ?? 0;
    vi.useFakeTimers({ now: due - 5, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    try {
      await Promise.all([open(), open()]);
      await vi.advanceTimersByTimeAsync(1000);
    } finally {
      vi.useRealTimers();
    }
    const cleanups = async () =>
      (
        await desk.database.query(`
          select status, deleted_event_logs, deleted_event_invocation_logs
          from hdb_catalog.hdb_event_log_cleanups`)
      ).rows;
    await expect
      .poll(cleanups)
      .toEqual([{ status: 'completed', deleted_event_logs: 1, deleted_event_invocation_logs: 1 }]);
    expect(await log('id')).toEqual([]);
  });
});
