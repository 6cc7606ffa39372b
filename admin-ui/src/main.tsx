import 'virtual:tierline-tokens.css';
import './base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { applyScheme } from './scheme/scheme.ts';
import { renewOnReturn, session } from './session/current-session.ts';
import { CrashBoundary } from './sign-in/CrashBoundary.tsx';

applyScheme();
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
