import Button from '@mui/material/Button';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { Message } from '../components/Message.tsx';
import { useText } from '../i18n/use-text.ts';
import { queuePath } from '../upgrade-requests/paths.ts';

/** An address that leads nowhere. */
export function NotFound() {
  const text = useText();
  useEffect(() => {
    document.title = `${text('notFound.title')} · ${text('product')}`;
  }, [text]);
  return (
    <Message
      isPage
      icon="search"
      title={text('notFound.title')}
      body={text('notFound.body')}
      action={
        <Button component={Link} to={queuePath}>
          {text('request.toQueue')}
        </Button>
      }
    />
  );
}
