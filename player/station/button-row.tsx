/** @jsxImportSource preact */

/** What a button says and does. */
interface RowButton {
  readonly label: string;
  readonly go: () => void;
  /** Stays while the label changes. @defaultValue the label */
  readonly name?: string;
}

/** Buttons beside each other; `at` is the focused one, undefined while the focus is elsewhere. */
export const ButtonRow = ({ buttons, at }: { buttons: readonly RowButton[]; at: number | undefined }) => (
  <div class="buttons">
    {buttons.map(({ label, go, name }, index) => (
      <div
        key={name ?? label}
        role="button"
        class={`button ${index === at ? 'focus' : ''}`}
        data-choice={name}
        onClick={go}
      >
        {label}
      </div>
    ))}
  </div>
);
