import type { Database } from '../database/database.ts';
import { type FilmDocument, filmModel } from './film-model.ts';
import { searchFields } from './film-search.ts';

const batch = 200;

/** Writes what searches look through anew where it is not what today's program makes of the title; may be run again. */
export async function renewSearchFields(database: Database): Promise<void> {
  const films = filmModel(database);
  let after = '';
  for (;;) {
    const found = await films
      .find({ _id: { $gt: after } }, { title: 1, searchText: 1 })
      .sort({ _id: 1 })
      .limit(batch)
      .lean<Pick<FilmDocument, '_id' | 'title' | 'searchText'>[]>();
    for (const { _id, title, searchText } of found) {
      const fields = searchFields(title);
      if (fields.searchText !== searchText) await films.updateOne({ _id, title }, { $set: fields });
    }
    const last = found.at(-1);
    if (last === undefined) return;
    after = last._id;
  }
}
