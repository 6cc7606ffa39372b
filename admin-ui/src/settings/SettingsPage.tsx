import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useGetIdentity, useNotify } from 'ra-core';
import { useId, useState } from 'react';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { Entries, Entry } from '../components/Entry.tsx';
import { Icon } from '../components/Icon.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { Section } from '../components/Section.tsx';
import { chooseLocale, localeNames, locales, useLocale } from '../i18n/locale.ts';
import { useText } from '../i18n/use-text.ts';
import { chooseScheme, type SchemeChoice, useSchemeChoice } from '../scheme/scheme.ts';
import { session } from '../session/current-session.ts';
import { KeyboardForm } from './KeyboardForm.tsx';
import { PasswordForm } from './PasswordForm.tsx';

const schemes: readonly SchemeChoice[] = ['system', 'light', 'dark'];

/** What concerns the person alone: password, sessions, and how the console looks and speaks. */
export function SettingsPage() {
  const text = useText();
  return (
    <>
      <PageHeading title="settings.title" />
      <Box sx={{ display: 'grid', gap: 4, maxWidth: 640 }}>
        <Section title={text('settings.account')}>
          <Account />
        </Section>
        <Section title={text('settings.password')}>
          <PasswordForm />
        </Section>
        <Section title={text('settings.display')}>
          <Display />
        </Section>
        <Section title={text('settings.keyboard')}>
          <KeyboardForm />
        </Section>
      </Box>
    </>
  );
}

function Account() {
  const text = useText();
  const notify = useNotify();
  const email = useGetIdentity().identity?.fullName ?? '';
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);

  async function signOutEverywhere() {
    setIsBusy(true);
    const outcome = await session.signOut(true);
    setIsBusy(false);
    setIsAsking(false);
    if (outcome === 'unreachable') notify(text('nav.signOutFailed'), { type: 'warning' });
  }

  return (
    <>
      <Entries>
        <Entry label={text('users.columns.email')}>{email}</Entry>
        <Entry label={text('users.columns.role')}>{text('users.roles.admin')}</Entry>
      </Entries>
      <Button sx={{ mt: 4 }} startIcon={<Icon name="sign-out" />} onClick={() => setIsAsking(true)}>
        {text('nav.signOutEverywhere')}
      </Button>
      <ConfirmDialog
        open={isAsking}
        title={text('settings.everywhereTitle')}
        confirm={text('nav.signOut')}
        isBusy={isBusy}
        error={null}
        onClose={() => setIsAsking(false)}
        onConfirm={() => void signOutEverywhere()}
      >
        <Box>{text('settings.everywhereBody')}</Box>
      </ConfirmDialog>
    </>
  );
}

function Display() {
  const text = useText();
  const ids = { scheme: useId(), language: useId() };
  const scheme = useSchemeChoice();
  const locale = useLocale();
  const legend = { fontSize: '0.75rem', color: 'text.secondary' } as const;
  return (
    <Box sx={{ display: 'grid', gap: 4 }}>
      <div>
        <Box id={ids.scheme} sx={legend}>
          {text('scheme.label')}
        </Box>
        <RadioGroup
          row
          aria-labelledby={ids.scheme}
          value={scheme}
          onChange={(event) => chooseScheme(event.target.value as SchemeChoice)}
        >
          {schemes.map((choice) => (
            <FormControlLabel
              key={choice}
              value={choice}
              control={<Radio size="small" />}
              label={text(`scheme.${choice}`)}
            />
          ))}
        </RadioGroup>
      </div>
      <div>
        <Box id={ids.language} sx={legend}>
          {text('settings.language')}
        </Box>
        <RadioGroup
          row
          aria-labelledby={ids.language}
          value={locale}
          onChange={(event) => {
            const wanted = locales.find((name) => name === event.target.value);
            if (wanted) chooseLocale(wanted);
          }}
        >
          {locales.map((name) => (
            <FormControlLabel
              key={name}
              value={name}
              control={<Radio size="small" />}
              label={<span lang={name}>{localeNames[name]}</span>}
            />
          ))}
        </RadioGroup>
      </div>
    </Box>
  );
}
