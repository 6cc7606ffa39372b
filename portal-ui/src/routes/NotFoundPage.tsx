import { useNavigate } from 'react-router';
import { paths } from '../app/paths.ts';
import { usePageTitle } from '../app/use-page-title.ts';
import { Button } from '../components/Button.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { useMessages } from '../messages/messages.tsx';

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { notFound, titles } = useMessages();
  const navigate = useNavigate();
  usePageTitle(titles.notFound);
  return (
    <>
      <h1 className="visually-hidden">{titles.notFound}</h1>
      <EmptyState
        icon="search"
        title={notFound.title}
        body={notFound.body}
        action={
          <Button kind="primary" onClick={() => navigate(paths.dashboard)}>
            {notFound.action}
          </Button>
        }
      />
    </>
  );
}
