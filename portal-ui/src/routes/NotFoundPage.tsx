import { paths } from '../app/paths.ts';
import { usePageTitle } from '../app/use-page-title.ts';
import { ButtonLink } from '../components/Button.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { useMessages } from '../messages/messages.tsx';

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { notFound, titles } = useMessages();
  usePageTitle(titles.notFound);
  return (
    <>
      <h1 className="visually-hidden">{titles.notFound}</h1>
      <EmptyState
        icon="search"
        title={notFound.title}
        body={notFound.body}
        action={<ButtonLink to={paths.dashboard}>{notFound.action}</ButtonLink>}
      />
    </>
  );
}
