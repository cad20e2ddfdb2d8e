const THEMES = ["auto", "light", "dark"] as const;

/** The button that goes from the system's colours to light ones to dark ones and round again. */
export function wireTheme(button: HTMLButtonElement): void {
  let current = 0;
  const show = (): void => {
    const theme = THEMES[current] ?? "auto";
    button.textContent = `Colours: ${theme}`;
    if (theme === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  };
  button.addEventListener("click", () => {
    current = (current + 1) % THEMES.length;
    show();
  });
  button.hidden = false;
  show();
}
