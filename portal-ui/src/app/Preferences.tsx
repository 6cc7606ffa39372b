import { useState } from 'react';
import { Segments } from '../components/Segments.tsx';
import { type Language, languageNames } from '../messages/languages.ts';
import { useLanguage, useMessages } from '../messages/messages.tsx';
import { useColorScheme } from './use-color-scheme.ts';

/** The language of the page. */
export function LanguageChoice() {
  const { nav } = useMessages();
  const { language, choose } = useLanguage();
  // Shown as chosen at once, while its texts are on their way.
  const [wanted, setWanted] = useState<Language>();
  return (
    <Segments
      legend={nav.language}
      options={languageNames}
      value={wanted ?? language}
      areLanguages
      onChoose={(next) => {
        setWanted(next);
        // When the texts cannot be fetched, the page goes on in the language it has.
        choose(next)
          .catch(() => undefined)
          .finally(() => setWanted(undefined));
      }}
    />
  );
}

/** Light, dark, or as the system has it. */
export function SchemeChoice() {
  const { nav } = useMessages();
  const [scheme, choose] = useColorScheme();
  return <Segments legend={nav.scheme} options={nav.schemes} value={scheme} onChoose={choose} />;
}
