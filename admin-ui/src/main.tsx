import 'virtual:tierline-tokens.css';
import './base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { applyLocale } from './i18n/locale.ts';
import { applyScheme } from './scheme/scheme.ts';
import { renewOnReturn, session } from './session/current-session.ts';
import { CrashBoundary } from './sign-in/CrashBoundary.tsx';

applyScheme();
applyLocale();
renewOnReturn();
void session.start();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');

createRoot(root).render(
  <StrictMode>
    <CrashBoundary>
      <App />
    </CrashBoundary>
  </StrictMode>,
);
