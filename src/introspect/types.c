/* Types as format_type() writes them (with search_path empty: every user's type is qualified).
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "introspect/private.h"
#include "kinds/kind.h"

struct lx_oid {
	uint32_t oid;
};

/* --- array types -----------------------------------------------------------------------------------------------------
 */

/* Types that come along with another one: its array, its multirange. */
static void read_companion(struct lx_catalog *catalog, const struct lx_row *row)
{
	uint32_t companion = lx_row_oid(row, 1);
	struct lx_oid *type = LX_NEW(catalog->arena, struct lx_oid);
	type->oid = lx_row_oid(row, 0);
	lx_map_put(catalog->arena, lx_row_bool(row, 2) ? &catalog->ranges : &catalog->elements,
		   (const char *)&companion, sizeof companion, type);
}

const struct lx_kind_catalog lx_array_types_catalog = {
    .query = "SELECT t.oid, t.typarray, false FROM pg_catalog.pg_type t WHERE t.typarray <> 0 AND t.oid >= 16384"
	     "{14+| UNION ALL SELECT r.rngtypid, r.rngmultitypid, true FROM pg_catalog.pg_range r WHERE r.rngtypid >= "
	     "16384|}",
    .read = read_companion,
};

/* --- one type --------------------------------------------------------------------------------------------------------
 */

/* "character varying(255)" is "character varying" and "255"; "timestamp(3) with time zone" has them in the middle.
 * False: there are modifiers that are no numbers. */
static bool split(struct lx_arena *arena, const char *text, size_t length, char **base, char **modifiers)
{
	const char *open = memchr(text, '(', length),
		   *close = open ? memchr(open, ')', length - (size_t)(open - text)) : NULL;
	*modifiers = NULL;
	if (!close) {
		*base = lx_arena_copy(arena, text, length);
		return true;
	}
	*base = lx_arena_printf(arena, "%.*s%.*s", (int)(open - text), text, (int)(length - (size_t)(close + 1 - text)),
				close + 1);
	*modifiers = lx_arena_copy(arena, open + 1, (size_t)(close - open) - 1);
	return !(*modifiers)[strspn(*modifiers, "0123456789,")];
}

void lx_row_type(const struct lx_row *row, int column, struct lx_type *type)
{
	lx_catalog_type(row->catalog, lx_row_oid(row, column), lx_row_text(row, column + 2), type);
}

void lx_catalog_type(struct lx_catalog *catalog, uint32_t oid, const char *text, struct lx_type *type)
{
	char *base, *modifiers;
	*type = (struct lx_type){0};
	if (!text)
		return;
	size_t length = strlen(text);
	const struct lx_type *known = lx_map_get(&catalog->builtins, text, length);
	if (known) {
		*type = *known;
		return;
	}
	const char *whole = text;
	size_t whole_length = length;
	while (length > 2 && strcmp(text + length - 2, "[]") == 0) {
		text = lx_arena_copy(catalog->arena, text, length -= 2);
		type->dimensions++;
	}
	/* "char", in quotes, is another type than char: quotes keep it from being found among the built-in ones. */
	bool is_plain = split(catalog->arena, text, length, &base, &modifiers);
	type->builtin = is_plain ? lx_builtin_find(base, strlen(base)) : NULL;
	if (type->builtin && modifiers && !type->builtin->max_modifiers)
		type->builtin = NULL;
	if (type->builtin) {
		type->name = type->builtin->name;
		type->modifiers = lx_catalog_intern(catalog, modifiers);
		struct lx_type *copy = LX_NEW(catalog->arena, struct lx_type);
		*copy = *type;
		lx_map_put(catalog->arena, &catalog->builtins, whole, whole_length, copy);
		return;
	}
	type->is_raw = true;
	type->name = lx_catalog_intern(catalog, text);
	struct lx_type_use *use = LX_NEW(catalog->arena, struct lx_type_use);
	*use = (struct lx_type_use){type, oid};
	lx_vec_push(catalog->arena, &catalog->types, use);
}

uint32_t lx_catalog_base_type(const struct lx_catalog *catalog, uint32_t oid)
{
	const struct lx_oid *element = lx_map_get(&catalog->elements, (const char *)&oid, sizeof oid);
	uint32_t type = element ? element->oid : oid;
	const struct lx_oid *range = lx_map_get(&catalog->ranges, (const char *)&type, sizeof type);
	return range ? range->oid : type;
}

void lx_catalog_resolve_types(struct lx_catalog *catalog)
{
	LX_EACH (const struct lx_type_use *, use, &catalog->types) {
		uint32_t oid = use->oid;
		const struct lx_oid *element = lx_map_get(&catalog->elements, (const char *)&oid, sizeof oid);
		struct lx_object *user = lx_catalog_find(catalog, LX_PG_TYPE, element ? element->oid : oid, 0);
		if (!user || !lx_kind_info(user->kind)->has_schema)
			continue; /* models cannot name it as a type: it stays SQL text */
		use->type->user = user;
		use->type->is_raw = false;
		use->type->name = user->name;
		use->type->schema = user->schema;
	}
}
