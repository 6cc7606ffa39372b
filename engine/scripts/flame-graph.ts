import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Draws what `node --cpu-prof` has sampled: `node engine/scripts/flame-graph.ts IN.cpuprofile OUT.svg [SKIP_SECONDS]`.
 * Callers stand above what they call, widths are shares of the time that the process was busy, and the seconds of
 * the start are left out when told. Recursion and the many layers of Node's own streams are drawn as they are.
 */

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

/** Source: Chrome DevTools Protocol, `Profiler.Profile`; times are microseconds. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: CallFrame;
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** A function where it was called from; equal callees of one caller are one. */
interface Frame {
  readonly name: string;
  readonly origin: string;
  readonly callees: Map<string, Frame>;
  microseconds: number;
}

const colours: Readonly<Record<string, string>> = {
  engine: '#2f6f8f',
  libraries: '#8a6d3b',
  node: '#7d8590',
  native: '#b3541e',
  'garbage collector': '#6b4c9a',
};
const width = 1200;
const rowHeight = 17;
const legendHeight = 30;
/** Narrower frames are left out, in pixels. */
const narrowest = 1.2;

const [input, output, skip = '0'] = process.argv.slice(2);
if (input === undefined || output === undefined)
  throw new Error('usage: IN.cpuprofile OUT.svg [SKIP_SECONDS]');
const profile = JSON.parse(readFileSync(input, 'utf8')) as CpuProfile;
writeFileSync(output, draw(collect(profile, Number(skip) * 1_000_000)));

function collect({ nodes, samples, timeDeltas }: CpuProfile, skipped: number): Frame {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const callers = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const root: Frame = { name: 'busy', origin: 'node', callees: new Map(), microseconds: 0 };
  let elapsed = 0;
  for (const [index, sample] of samples.entries()) {
    const microseconds = timeDeltas[index] ?? 0;
    elapsed += microseconds;
    const stack = stackOf(sample, callers).map((id) => frames.get(id) as CallFrame);
    if (elapsed < skipped || stack.at(-1)?.functionName === '(idle)') continue;
    root.microseconds += microseconds;
    let frame = root;
    for (const called of stack) frame = enter(frame, called, microseconds);
  }
  return root;
}

/** From the outermost caller to the sampled function, without the root. */
function stackOf(sample: number, callers: ReadonlyMap<number, number>): number[] {
  const stack: number[] = [];
  for (let id: number | undefined = sample; id !== undefined; id = callers.get(id)) stack.unshift(id);
  return stack.slice(1);
}

function enter(caller: Frame, { functionName, url, lineNumber }: CallFrame, microseconds: number): Frame {
  const file = url.split(/\/(?:node_modules|engine\/src)\//).at(-1);
  const name = `${functionName || '(anonymous)'}${file === '' ? '' : ` ${file}:${lineNumber + 1}`}`;
  let frame = caller.callees.get(name);
  if (!frame) {
    frame = { name, origin: originOf(functionName, url), callees: new Map(), microseconds: 0 };
    caller.callees.set(name, frame);
  }
  frame.microseconds += microseconds;
  return frame;
}

function originOf(functionName: string, url: string): string {
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (url.includes('/node_modules/')) return 'libraries';
  if (url.startsWith('node:')) return 'node';
  return url === '' ? 'native' : 'engine';
}

function draw(root: Frame): string {
  const shapes: string[] = [];
  let rows = 0;
  const place = (frame: Frame, left: number, row: number): void => {
    const size = (frame.microseconds / root.microseconds) * width;
    if (size < narrowest) return;
    rows = Math.max(rows, row + 1);
    const share = ((frame.microseconds / root.microseconds) * 100).toFixed(1);
    const top = legendHeight + row * rowHeight;
    const label = size > 40 ? escapeText(frame.name.slice(0, Math.floor(size / 6.6))) : '';
    shapes.push(
      `<g><title>${escapeText(frame.name)}: ${share} %</title>` +
        `<rect x="${left.toFixed(1)}" y="${top}" width="${(size - 0.5).toFixed(1)}" height="${rowHeight - 1}" fill="${colours[frame.origin]}"/>` +
        `<text x="${(left + 3).toFixed(1)}" y="${top + 12}">${label}</text></g>`,
    );
    let next = left;
    for (const callee of [...frame.callees.values()].sort(
      (one, other) => other.microseconds - one.microseconds,
    )) {
      place(callee, next, row + 1);
      next += (callee.microseconds / root.microseconds) * width;
    }
  };
  place(root, 0, 0);
  const legend = Object.entries(colours).map(
    ([origin, colour], index) =>
      `<rect x="${index * 150}" y="6" width="12" height="12" fill="${colour}"/><text x="${index * 150 + 17}" y="16" class="legend">${origin}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${legendHeight + rows * rowHeight}" font-family="monospace" font-size="11">
<title>Where the time of a busy process goes</title>
<style>rect{stroke:none}text{fill:#fff;pointer-events:none}.legend{fill:#57606a}</style>
${legend.join('\n')}
${shapes.join('\n')}
</svg>
`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
