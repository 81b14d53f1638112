/** Names of administrative units as short texts to count: so the model knows every commune, ward, province and former district. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from './files.ts';

interface Unit {
  FullName: string;
  Wards?: Unit[];
}
interface Former {
  name_with_type: string;
}

/** Lines with the names of the lists of a folder (units-2025.json, districts-…, wards-…); empty where there are none. */
export function gazetteerLines(folder: string): string[] {
  const lines: string[] = [];
  const add = (full: string, province?: string): void => {
    const name = full.normalize('NFC');
    if (/\d/.test(name)) return;
    lines.push(name, `Ủy ban nhân dân ${name}`, `UBND ${name}`, `trên địa bàn ${name}`);
    if (province) lines.push(`${name}, ${province.normalize('NFC')}`);
  };
  const units = join(folder, 'units-2025.json');
  if (existsSync(units)) {
    for (const province of JSON.parse(readFileSync(units, 'utf8')) as Unit[]) {
      add(province.FullName);
      for (const ward of province.Wards ?? []) add(ward.FullName, province.FullName);
    }
  }
  for (const file of ['districts-before-2025.json', 'wards-before-2025.json.xz']) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    for (const unit of Object.values(JSON.parse(readText(path)) as Record<string, Former>)) {
      const name = unit.name_with_type.normalize('NFC');
      if (!/\d/.test(name)) lines.push(name);
    }
  }
  return lines;
}
