/**
 * How many mails to one domain are under way, so that a domain whose mails are slow holds up its own and no others.
 *
 * Of this process alone: replicas have lanes of their own, as they have workers of their own.
 */

/** Conversations about mails to one domain at once. */
const PER_DOMAIN = 3;
/** The same while the last one was slow. */
const PER_SLOW_DOMAIN = 1;
/** Above this the one that has been slow for longest is forgotten: it costs one slow mail to learn it anew. */
const REMEMBERED_SLOW_DOMAINS = 1000;

/** The lanes of the mails that one process sends. */
export class MailLanes {
  readonly #underWay = new Map<string, number>();
  readonly #slow = new Set<string>();

  /** The domains whose next mail has to wait. */
  full(): string[] {
    return [...this.#underWay]
      .filter(([domain, count]) => count >= (this.#slow.has(domain) ? PER_SLOW_DOMAIN : PER_DOMAIN))
      .map(([domain]) => domain);
  }

  /** A mail to that domain is begun. */
  enter(domain: string): void {
    this.#underWay.set(domain, (this.#underWay.get(domain) ?? 0) + 1);
  }

  /** A mail to that domain has ended, and how. */
  leave(domain: string, wasSlow: boolean): void {
    const left = (this.#underWay.get(domain) ?? 1) - 1;
    if (left > 0) this.#underWay.set(domain, left);
    else this.#underWay.delete(domain);
    this.#slow.delete(domain);
    if (!wasSlow) return;
    this.#slow.add(domain);
    const [oldest] = this.#slow;
    if (this.#slow.size > REMEMBERED_SLOW_DOMAINS && oldest !== undefined) this.#slow.delete(oldest);
  }
}
