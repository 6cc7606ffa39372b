import type { Attack } from './attack.ts';
import { documentAttacks } from './attacks-by-document.ts';
import { sizeAttacks } from './attacks-by-size.ts';
import { socketAttacks } from './attacks-by-socket.ts';
import { personAttacks } from './attacks-on-persons.ts';

/** Everything that one client has been seen to starve the others with. */
export const attacks: readonly Attack[] = [
  ...documentAttacks,
  ...sizeAttacks,
  ...socketAttacks,
  ...personAttacks,
];
