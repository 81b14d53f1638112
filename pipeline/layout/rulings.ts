import { overlap, type Ruling } from './geometry.ts';

/** Points: how far apart two strokes of one line may lie, and how wide a break in it may be. */
const SNAP = 2;
const BREAK = 4;

/** Points: what is shorter once joined rules nothing (dots of a drawing, serifs of outlined letters). */
const SHORT = 8;

/** Collinear segments that touch, or nearly, become one ruling, dotted ones too; `at` is their mean weighted by length. */
export function joinRulings(rulings: Ruling[]): Ruling[] {
  return [true, false]
    .flatMap((horizontal) => joinOneWay(rulings.filter((ruling) => ruling.horizontal === horizontal)))
    .filter((ruling) => ruling.to - ruling.from >= SHORT);
}

interface Strand {
  ruling: Ruling;
  weight: number;
}

function joinOneWay(rulings: Ruling[]): Ruling[] {
  const strands: Strand[] = [];
  const byPlace = new Map<number, Strand[]>();
  for (const ruling of [...rulings].sort((a, b) => a.from - b.from || a.at - b.at)) {
    const length = Math.max(ruling.to - ruling.from, 0.1);
    const place = Math.floor(ruling.at / SNAP);
    const near = [place, place - 1, place + 1].flatMap((other) => byPlace.get(other) ?? []);
    const strand = near.find((known) => joins(known.ruling, ruling));
    if (strand) {
      const weight = strand.weight + length;
      strand.ruling.at += ((ruling.at - strand.ruling.at) * length) / weight;
      strand.ruling.to = Math.max(strand.ruling.to, ruling.to);
      strand.weight = weight;
    } else {
      const added = { ruling: { ...ruling }, weight: length };
      strands.push(added);
      byPlace.set(place, [...(byPlace.get(place) ?? []), added]);
    }
  }
  return strands.map((strand) => strand.ruling);
}

function joins(a: Ruling, b: Ruling): boolean {
  return Math.abs(a.at - b.at) <= SNAP && overlap(a.from, a.to, b.from, b.to) >= -BREAK;
}
