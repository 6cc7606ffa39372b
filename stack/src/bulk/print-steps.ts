/** Writes what is being done, and behind it how long it took once it is done. */
export function createStepPrinter(stream: { write(text: string): unknown }): {
  /** Ends the step before. */
  begin(step: string): void;
  /** Ends the last step, wherever it was left. */
  end(): void;
} {
  let beganAt: number | undefined;
  const end = () => {
    if (beganAt !== undefined) stream.write(` ${((performance.now() - beganAt) / 1000).toFixed(1)} s\n`);
    beganAt = undefined;
  };
  return {
    begin: (step) => {
      end();
      stream.write(`${step} …`);
      beganAt = performance.now();
    },
    end,
  };
}
