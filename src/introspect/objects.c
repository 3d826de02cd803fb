/* Objects and where they are in the catalog.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "introspect/private.h"
#include "kinds/kind.h"

int lx_catalog_version(const struct lx_catalog *catalog)
{
	return catalog->version;
}

struct lx_arena *lx_catalog_arena(const struct lx_catalog *catalog)
{
	return catalog->arena;
}

struct lx_schema *lx_catalog_schema(const struct lx_catalog *catalog)
{
	return catalog->schema;
}

const char *lx_catalog_intern(struct lx_catalog *catalog, const char *text)
{
	return lx_schema_intern_string(catalog->schema, text);
}

void *lx_catalog_new(struct lx_catalog *catalog, enum lx_kind kind, struct lx_object *parent, const char *schema,
		     const char *name)
{
	struct lx_object *object = lx_schema_new(catalog->schema, kind, lx_kind_info(kind)->size);
	object->parent = parent;
	object->schema = parent ? NULL : lx_catalog_intern(catalog, schema);
	object->name = lx_catalog_intern(catalog, name);
	object->is_named = true;
	return object;
}

void lx_catalog_file(struct lx_catalog *catalog, struct lx_object *object, enum lx_class class, uint32_t oid,
		     int column)
{
	struct lx_address address = {(uint32_t) class, oid, column};
	lx_map_put(catalog->arena, &catalog->addresses, (const char *)&address, sizeof address, object);
}

void lx_catalog_add(struct lx_catalog *catalog, struct lx_object *object, enum lx_class class, uint32_t oid, int column)
{
	if (lx_schema_add(catalog->schema, object))
		lx_catalog_refuse(catalog, "two objects are %s", lx_object_key(catalog->arena, object));
	lx_catalog_file(catalog, object, class, oid, column);
}

__attribute__((format(printf, 2, 0))) static const char *format_text(struct lx_arena *arena, const char *format,
								     va_list arguments)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_buffer_vprintf(&text, format, arguments);
	const char *copy = lx_arena_string(arena, lx_buffer_text(&text));
	lx_buffer_free(&text);
	return copy;
}

void lx_catalog_refuse(struct lx_catalog *catalog, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	if (!catalog->refusal)
		catalog->refusal = format_text(catalog->arena, format, arguments);
	va_end(arguments);
}

void lx_catalog_note(struct lx_catalog *catalog, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	lx_vec_push(catalog->arena, &catalog->schema->notes,
		    (void *)(uintptr_t)format_text(catalog->arena, format, arguments));
	va_end(arguments);
}

struct lx_object *lx_catalog_find(const struct lx_catalog *catalog, enum lx_class class, uint32_t oid, int column)
{
	struct lx_address address = {(uint32_t) class, oid, column};
	return lx_map_get(&catalog->addresses, (const char *)&address, sizeof address);
}

void lx_catalog_file_part(struct lx_catalog *catalog, struct lx_object *object, enum lx_class class, uint32_t oid)
{
	struct lx_address address = {(uint32_t) class, oid, 0};
	lx_map_put(catalog->arena, &catalog->parts, (const char *)&address, sizeof address, object);
}

struct lx_object *lx_catalog_find_need(const struct lx_catalog *catalog, uint32_t class, uint32_t oid, int column)
{
	if (class == LX_PG_TYPE)
		oid = lx_catalog_base_type(catalog, oid);
	struct lx_object *object = lx_catalog_find(catalog, (enum lx_class) class, oid, column);
	if (!object && column)
		object = lx_catalog_find(catalog, (enum lx_class) class, oid, 0);
	struct lx_address address = {class, oid, 0};
	return object ? object : lx_map_get(&catalog->parts, (const char *)&address, sizeof address);
}

const char *lx_catalog_role(struct lx_catalog *catalog, const char *name)
{
	if (strcmp(name, "public") == 0 || lx_map_get(&catalog->roles, name, strlen(name)))
		return lx_catalog_intern(catalog, name);
	struct lx_object *role = lx_catalog_new(catalog, LX_KIND_ROLE, NULL, NULL, name);
	role->is_external = true;
	lx_map_put(catalog->arena, &catalog->roles, role->name, strlen(role->name), role);
	lx_schema_add(catalog->schema, role);
	return role->name;
}
