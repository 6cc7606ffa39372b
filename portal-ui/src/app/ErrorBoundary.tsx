import { Component, type ContextType, type ErrorInfo, type ReactNode } from 'react';
import { MessagesContext } from '../messages/messages.tsx';
import { FullPageMessage } from './FullPageMessage.tsx';

/** The last net: a page that failed while drawing says so and offers a fresh start. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  static override contextType = MessagesContext;
  declare context: ContextType<typeof MessagesContext>;
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const { boot } = this.context;
    return (
      <FullPageMessage
        title={boot.brokenTitle}
        body={boot.brokenBody}
        action={boot.reload}
        onAction={() => location.reload()}
      />
    );
  }
}
