import type { Place } from '../../media/contract/places.ts';
import { auditedBy } from '../audit/audited-by.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import { notFound } from '../errors.ts';
import { mayTo } from '../http/caller.ts';
import { pageOf } from '../http/page.ts';
import { present } from '../http/present.ts';
import type { Routes } from '../http/serve.ts';
import { addPlace } from './add-place.ts';
import type { PlaceParts } from './place-parts.ts';

type Names = 'listPlaces' | 'createPlace' | 'changePlace' | 'listCategories' | 'createCategory' | 'changeCategory';

export const placeRoutes = ({ places, categories, audit }: PlaceParts & AuditParts): Routes<Names> => ({
  listPlaces: async ({ query }) => pageOf((await places.list()).map(open), query, named),
  createPlace: async (call) => {
    const place = await addPlace(places, call.caller, present({ operators: [], ...call.body }));
    await audit.write(auditedBy(call, 'place.add', `place/${place.code}`, place.name));
    return open(place);
  },
  changePlace: async (call) => {
    const { code } = call.params;
    const mine = mayTo(await places.tree(), call.caller, 'manage-places', { place: code });
    const place = mine ? await places.change(code, present(call.body)) : undefined;
    if (place === undefined) throw notFound('place');
    await audit.write(auditedBy(call, 'place.change', `place/${code}`, JSON.stringify(call.body)));
    return open(place);
  },
  listCategories: async ({ query }) => pageOf(await categories.list(), query, named),
  createCategory: async (call) => {
    const category = await categories.add(call.body);
    await audit.write(auditedBy(call, 'category.add', `category/${category.code}`, category.name));
    return category;
  },
  changeCategory: async (call) => {
    const category = await categories.change(call.params.code, present(call.body));
    if (category === undefined) throw notFound('category');
    await audit.write(auditedBy(call, 'category.change', `category/${category.code}`, JSON.stringify(call.body)));
    return category;
  },
});

/** What has a code and a name is found by both. */
const named = {
  keyOf: ({ code }: { readonly code: string }) => code,
  textOf: ({ code, name }: { readonly code: string; readonly name: string }) => `${code} ${name}`,
};

const open = (place: Place): Place => ({ ...place, operators: [...place.operators] });
