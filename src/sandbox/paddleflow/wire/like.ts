/** SQL's `LIKE` as SQLite has it: `%` stands for anything, `_` for one character, and the case of ASCII's letters does not matter. */
export function isLike(text: string, pattern: string): boolean {
  const [wanted, given] = [Array.from(lower(pattern)), Array.from(lower(text))];
  let [at, place] = [0, 0];
  // Where the last `%` stood, and how far what it stands for reaches.
  let [star, reach] = [-1, 0];
  while (at < given.length) {
    if (wanted[place] === '%') [star, reach, place] = [place, at, place + 1];
    else if (wanted[place] === '_' || wanted[place] === given[at]) [at, place] = [at + 1, place + 1];
    else if (star !== -1) [reach, at, place] = [reach + 1, reach + 1, star + 1];
    else return false;
  }
  return wanted.slice(place).every((char) => char === '%');
}

const lower = (text: string): string => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
