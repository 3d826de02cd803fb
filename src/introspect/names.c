/* Names for the models: a database has SQL names only.  users becomes Users, app.users AppUsers if Users is taken; the
 * SQL name stands beside it as @table or @map. SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "introspect/private.h"
#include "kinds/kind.h"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* user_role, user-role and "user role" become UserRole; what is no ASCII letter or digit is left out. */
static char *pascal_case(struct lx_arena *arena, const char *name)
{
	char *out = lx_arena_alloc(arena, strlen(name) + 2), *at = out;
	bool begins_word = true;
	for (; *name; name++) {
		bool is_part = is_letter(*name) || is_digit(*name);
		if (is_part && at == out && is_digit(*name))
			*at++ = 'N';
		if (is_part)
			*at++ = begins_word && *name >= 'a' && *name <= 'z' ? (char)(*name - 32) : *name;
		begins_word = !is_part;
	}
	*at = 0;
	return *out ? out : lx_arena_string(arena, "Object");
}

static bool is_free(const struct lx_map *taken, const char *name)
{
	return !lx_builtin_find(name, strlen(name)) && !lx_map_get(taken, name, strlen(name));
}

static const char *choose(struct lx_catalog *catalog, const struct lx_map *taken, const struct lx_object *object)
{
	const char *name = pascal_case(catalog->arena, object->name);
	if (is_free(taken, name))
		return name;
	name = lx_arena_printf(catalog->arena, "%s%s", pascal_case(catalog->arena, object->schema), name);
	const char *numbered = name;
	for (unsigned i = 2; !is_free(taken, numbered); i++)
		numbered = lx_arena_printf(catalog->arena, "%s%u", name, i);
	return numbered;
}

static int compare(const void *a, const void *b, void *context)
{
	(void)context;
	return lx_object_compare(a, b);
}

void lx_catalog_name_sources(struct lx_catalog *catalog)
{
	struct lx_map taken = {0};
	lx_vec_sort(catalog->arena, &catalog->schema->objects, compare, NULL);
	LX_EACH (struct lx_object *, object, &catalog->schema->objects) {
		LX_EACH (struct lx_object *, child, &object->children)
			child->source_name = child->name;
		object->source_name = object->name;
		if (!lx_kind_info(object->kind)->has_schema || object->signature)
			continue;
		object->source_name = lx_catalog_intern(catalog, choose(catalog, &taken, object));
		lx_map_put(catalog->arena, &taken, object->source_name, strlen(object->source_name), object);
	}
}
