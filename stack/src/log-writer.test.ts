import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLogWriter } from './log-writer.ts';

function written(format: 'json' | 'pretty', ...lines: string[]): string {
  const out = new PassThrough();
  const write = createLogWriter(format, out);
  for (const line of lines) write(line);
  return String(out.read());
}

const actionLine = '{"level":"info","time":"2026-11-21T10:00:00.000Z","service":"actions","msg":"listening"}';
const engineLine =
  '{"level":"info","timestamp":"2026-11-21T10:00:00.000Z","type":"startup","detail":{"kind":"server","message":"listening on http://127.0.0.1:8080"}}';

describe('createLogWriter', () => {
  it('passes lines on untouched for machines', () => {
    expect(written('json', actionLine, 'plain')).toBe(`${actionLine}\nplain\n`);
  });

  it('makes each line readable for people, the sentence first, without colours off a terminal', () => {
    const text = written('pretty', actionLine, engineLine, 'plain', '{broken');
    expect(text).toMatch(/INFO: listening \{"service":"actions"\}/);
    expect(text).toMatch(/INFO: listening on http:\/\/127\.0\.0\.1:8080 \{"service":"engine"\}/);
    expect(text).toContain('\nplain\n{broken\n');
    expect(text).not.toContain('\u001b');
  });
});
