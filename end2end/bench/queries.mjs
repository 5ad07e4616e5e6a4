// What travellers ask the results page: hundreds of thousands of different questions, the same ones in every run.

/** Mulberry32. */
export function dice(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const words = {
  ru: ['прогулка', 'джип-тур', 'поход', 'фототур', 'семейная', 'выходные', 'конная', 'звёзды', 'экскурсия', 'юрта', 'закат', 'каньон', 'озеро'],
  kk: ['серуен', 'жорық', 'отбасылық', 'демалыс', 'атпен', 'жұлдыз', 'киіз үй', 'таң ата', 'көл', 'шай'],
  en: ['walk', 'jeep tour', 'hike', 'family', 'weekend', 'horse', 'stars', 'yurt', 'sunset', 'lake', 'canyon'],
};

export class Queries {
  constructor({ places, categories, today }) {
    this.random = dice(20261121);
    Object.assign(this, { places, categories, today });
    this.seen = new Set();
  }

  below = (n) => Math.floor(this.random() * n);
  any = (list) => list[this.below(list.length)];
  maybe = (chance, value) => (this.random() < chance ? value() : undefined);

  day(after) {
    return new Date(this.today.getTime() + after * 86_400_000).toISOString().slice(0, 10);
  }

  words(lang) {
    const place = this.any(this.places)[lang];
    const text = this.any([() => place, () => this.any(words[lang]), () => `${place} ${this.any(words[lang])}`])();
    return text;
  }

  /** One letter is missing. */
  mistyped(lang) {
    const text = this.any(this.places.filter((p) => p[lang].length > 5))[lang];
    const at = 1 + this.below(text.length - 2);
    return text.slice(0, at) + text.slice(at + 1);
  }

  dates() {
    const from = this.below(85);
    return { from: this.day(from), to: this.day(from + this.below(15)), people: this.maybe(0.7, () => 1 + this.below(8)) };
  }

  filters() {
    const min = this.maybe(0.5, () => 1000 * this.below(20));
    return {
      category: this.maybe(0.5, () => this.any(this.categories)),
      price_min: min,
      price_max: this.maybe(0.6, () => (min ?? 0) + 2000 + 500 * this.below(40)),
      length: this.maybe(0.4, () => this.any(['half_day', 'day', 'weekend', 'long'])),
      language: this.maybe(0.4, () => this.any(['ru', 'kk', 'en'])),
    };
  }

  kinds = {
    words: (lang) => ({ q: this.words(lang) }),
    'mistyped words': (lang) => ({ q: this.mistyped(lang) }),
    place: () => ({ place: this.any(this.places).slug, ...this.maybe(0.5, () => this.filters()) }),
    filters: () => this.filters(),
    dates: () => this.dates(),
    'place and dates': () => ({ place: this.any(this.places).slug, ...this.dates() }),
    'words and dates': (lang) => ({ q: this.words(lang), ...this.dates() }),
    everything: (lang) => ({ q: this.words(lang), place: this.any(this.places).slug, ...this.dates(), ...this.filters() }),
  };

  /** The path of a question that was not asked before; null where the kind has no more. */
  next(kind) {
    for (let attempt = 0; attempt < 200; attempt++) {
      const lang = this.any(['ru', 'ru', 'kk', 'en']);
      const sort = this.any(['popular', 'popular', 'soonest', 'price_up', 'price_down']);
      const fields = { ...this.kinds[kind](lang), sort: sort === 'popular' ? undefined : sort };
      const query = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== undefined)).toString();
      const path = `/${lang}/tours?${query}`;
      if (!this.seen.has(path) && path.length < 400) {
        this.seen.add(path);
        return path;
      }
    }
    return null;
  }

  list(kind, count) {
    return Array.from({ length: count }, () => this.next(kind)).filter(Boolean);
  }

  /** All kinds in turn. */
  mixed(count) {
    const kinds = Object.keys(this.kinds);
    return Array.from({ length: count }, (_, at) => this.next(kinds[at % kinds.length])).filter(Boolean);
  }
}
