import ipaddr from 'ipaddr.js';
import type { Session } from '../auth/session.ts';

/**
 * Whom an address belongs to, as far as it tells: one IPv4 address, or the network of 64 bits of an IPv6 address, of
 * which any household has more addresses than can be counted.
 */
export function addressGroup(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const { parts } = parsed as ipaddr.IPv6;
  const network = parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}

/** One client of a role: the user that its session proves to be, or whoever is at an address. */
export function clientKey({ role, variables, isAnonymous }: Session, address: string): string {
  const user = isAnonymous ? undefined : variables['x-hasura-user-id'];
  return user === undefined ? `${role} at ${addressGroup(address)}` : `${role} ${user}`;
}
