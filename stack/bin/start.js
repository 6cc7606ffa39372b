// Plain JavaScript on purpose: a Node too old to run the TypeScript of main.ts must still be able to say so.
const MINIMUM = [22, 18];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) {
  await import('../src/main.ts');
} else {
  process.stderr.write(
    `Tierline needs Node ${MINIMUM.join('.')} or newer and this is ${process.version}. ` +
      'Run it with npm start after npm ci (which brings Node 24 where npm has it for the platform), or install Node 24.\n',
  );
  process.exit(1);
}
