import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/** Where inline style elements are needed. */
export interface HeaderOptions {
  /**
   * MUI's style engine inserts style elements at run time. A nonce would have to differ for each page view, so pages
   * could no longer be served as ready-made, compressed files; styles alone cannot run code, hence the exception.
   */
  readonly allowsInlineStyles: boolean;
}

/** Sets the headers that keep a page to its own origin: nothing loaded from elsewhere, no inline script, no framing. */
export function securityHeaders(
  options: HeaderOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const apply = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'connect-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': options.allowsInlineStyles ? ["'self'", "'unsafe-inline'"] : ["'self'"],
        'img-src': ["'self'", 'data:'],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // Only whoever ends HTTPS may promise it: the web server of production does.
    strictTransportSecurity: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
  return (request, response) => {
    apply(request, response, (error) => {
      if (error) throw error;
    });
  };
}
