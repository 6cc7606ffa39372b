import { Segments } from '../components/Segments.tsx';
import { languageNames } from '../messages/languages.ts';
import { useLanguage, useMessages } from '../messages/messages.tsx';
import { useColorScheme } from './use-color-scheme.ts';

/** The language of the page. */
export function LanguageChoice() {
  const { nav } = useMessages();
  const { language, choose } = useLanguage();
  return (
    <Segments
      legend={nav.language}
      options={languageNames}
      value={language}
      areLanguages
      // The texts could not be fetched: the page goes on in the language it has.
      onChoose={(next) => void choose(next).catch(() => undefined)}
    />
  );
}

/** Light, dark, or as the system has it. */
export function SchemeChoice() {
  const { nav } = useMessages();
  const [scheme, choose] = useColorScheme();
  return <Segments legend={nav.scheme} options={nav.schemes} value={scheme} onChoose={choose} />;
}
