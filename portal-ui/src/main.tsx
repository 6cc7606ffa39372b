import 'virtual:theme.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './app/App.tsx';
import { ErrorBoundary } from './app/ErrorBoundary.tsx';
import { basePath } from './app/paths.ts';
import { applyColorScheme } from './app/use-color-scheme.ts';
import { createBrowserSession } from './session/browser-session.ts';
import { SessionProvider } from './session/SessionProvider.tsx';

applyColorScheme();
const store = createBrowserSession();
void store.restore();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <SessionProvider store={store}>
        <BrowserRouter basename={basePath}>
          <App />
        </BrowserRouter>
      </SessionProvider>
    </ErrorBoundary>
  </StrictMode>,
);
