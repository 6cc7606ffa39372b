import 'virtual:theme.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './app/App.tsx';
import { ErrorBoundary } from './app/ErrorBoundary.tsx';
import { basePath } from './app/paths.ts';
import { registerServiceWorker, reloadWhenOutdated } from './app/service-worker.ts';
import { applyColorScheme } from './app/use-color-scheme.ts';
import { loadMessages, preferredLanguage } from './messages/languages.ts';
import { LanguageProvider } from './messages/messages.tsx';
import { createBrowserSession } from './session/browser-session.ts';
import { SessionProvider } from './session/SessionProvider.tsx';

applyColorScheme();
reloadWhenOutdated();
registerServiceWorker();
const store = createBrowserSession();
void store.restore();

const language = preferredLanguage();
// Without the texts of another language the page still works, in English.
const first = await loadMessages(language).then(
  (messages) => ({ language, messages }),
  async () => ({ language: 'en' as const, messages: await loadMessages('en') }),
);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <LanguageProvider first={first}>
      <ErrorBoundary>
        <SessionProvider store={store}>
          <BrowserRouter basename={basePath}>
            <App />
          </BrowserRouter>
        </SessionProvider>
      </ErrorBoundary>
    </LanguageProvider>
  </StrictMode>,
);
