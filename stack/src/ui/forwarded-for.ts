import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { addTo } from '../settings/fields.ts';

/** Headers by which a proxy says whom it speaks for; from anybody else they are an attempt to forge it. */
const FORGEABLE = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
];

/** Makes the function that replaces what a caller claims about its address by what we see. */
export function forwardedForWriter(trustedProxies: readonly string[]): (request: IncomingMessage) => void {
  const trusted = new BlockList();
  for (const address of trustedProxies) addTo(trusted, address);
  return (request) => {
    const peer = plainAddress(request.socket.remoteAddress ?? '');
    const isTrusted = isIP(peer) !== 0 && trusted.check(peer, isIP(peer) === 6 ? 'ipv6' : 'ipv4');
    const claimed = isTrusted ? request.headers['x-forwarded-for'] : undefined;
    const protocol = isTrusted ? request.headers['x-forwarded-proto'] : undefined;
    for (const name of FORGEABLE) delete request.headers[name];
    request.headers['x-forwarded-for'] = [claimed, peer].flat().filter(Boolean).join(', ');
    request.headers['x-forwarded-proto'] = protocol ?? 'http';
  };
}

/** An IPv4 peer of a socket that listens on IPv6 is written `::ffff:1.2.3.4`. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
