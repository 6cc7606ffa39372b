/** Unpacks the Chromium that npm brought into TMPDIR and prints where it is and what it needs. */
import chromium from '@sparticuz/chromium';

const path = await chromium.executablePath();
const names = ['LD_LIBRARY_PATH', 'FONTCONFIG_PATH'] as const;
const env = Object.fromEntries(
  names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
);
process.stdout.write(JSON.stringify({ path, env }));
