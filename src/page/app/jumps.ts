/** Has links to a place of the page lead there and leave the address as it is: it names the tunnel, the frame and the language. */
export function wireJumps(place: HTMLElement): void {
  place.addEventListener("click", (event) => {
    const { target } = event;
    if (!(target instanceof HTMLAnchorElement) || !/^#[a-z]+$/.test(target.hash)) return;
    const goal = document.getElementById(target.hash.slice(1));
    event.preventDefault();
    if (goal === null) return;
    goal.tabIndex = -1;
    goal.focus({ preventScroll: true });
    goal.scrollIntoView();
  });
}
