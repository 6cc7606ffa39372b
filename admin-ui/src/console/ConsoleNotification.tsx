import { Notification } from 'react-admin';

/** Short messages at the bottom of the page. */
export function ConsoleNotification() {
  return <Notification autoHideDuration={5000} anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }} />;
}
