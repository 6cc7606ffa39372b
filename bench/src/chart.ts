import type { ReadResult } from './measure-reads.ts';

const colours: Readonly<Record<string, string>> = {
  pgbench: '#94a3b8',
  'http-pg': '#475569',
  engine: '#0f766e',
  'express-pg': '#b45309',
  postgraphile: '#7c3aed',
};
const barHeight = 16;
const left = 90;
const width = 720;

/** Answers per second of each contestant as a share of the hand-written server's, a group of bars for each case. */
export function drawChart(reads: readonly ReadResult[]): string {
  const cases = [...new Set(reads.map((one) => one.case))];
  const names = Object.keys(colours).filter((name) => reads.some((one) => one.contestant === name));
  const ratioOf = (name: string, contestant: string): number => {
    const find = (wanted: string) =>
      reads.find((one) => one.case === name && one.contestant === wanted)?.perSecond ?? 0;
    return find(contestant) / (find('http-pg') || Number.NaN);
  };
  const most = Math.max(
    1,
    ...cases.flatMap((name) => names.map((contestant) => ratioOf(name, contestant) || 0)),
  );
  const scale = (width - left - 60) / most;
  const groupHeight = names.length * barHeight + 18;
  const top = 40;
  const height = top + cases.length * groupHeight + 10;
  const parts: string[] = [];
  names.forEach((name, index) => {
    const x = left + index * 120;
    parts.push(
      `<rect x="${x}" y="12" width="12" height="12" fill="${colours[name]}"/><text x="${x + 18}" y="22">${name}</text>`,
    );
  });
  cases.forEach((name, group) => {
    const y = top + group * groupHeight;
    parts.push(`<text x="8" y="${y + (names.length * barHeight) / 2 + 4}" font-weight="600">${name}</text>`);
    names.forEach((contestant, index) => {
      const ratio = ratioOf(name, contestant);
      if (!Number.isFinite(ratio)) return;
      const barY = y + index * barHeight;
      parts.push(
        `<rect x="${left}" y="${barY}" width="${(ratio * scale).toFixed(1)}" height="${barHeight - 3}" fill="${colours[contestant]}"/>`,
        `<text x="${(left + ratio * scale + 6).toFixed(1)}" y="${barY + 11}">${ratio.toFixed(2)}</text>`,
      );
    });
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#1e293b"><title>Answers per second as a share of the hand-written server's</title><rect width="100%" height="100%" fill="#ffffff"/>${parts.join('')}</svg>\n`;
}
