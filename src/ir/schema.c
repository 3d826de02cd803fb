/* SPDX-License-Identifier: Apache-2.0 */
#include "ir/schema.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

struct lx_schema *lx_schema_open(struct lx_arena *arena)
{
	struct lx_schema *schema = LX_NEW(arena, struct lx_schema);
	schema->arena = arena;
	return schema;
}

const char *lx_schema_intern(struct lx_schema *schema, const char *text, size_t length)
{
	return lx_map_key(schema->arena, &schema->strings, text, length);
}

const char *lx_schema_intern_string(struct lx_schema *schema, const char *text)
{
	return text ? lx_schema_intern(schema, text, strlen(text)) : NULL;
}

struct lx_object *lx_schema_new(struct lx_schema *schema, enum lx_kind kind, size_t size)
{
	struct lx_object *object = lx_arena_alloc(schema->arena, size);
	object->kind = kind;
	return object;
}

static const char *const kind_names[] = {
#define LX_KIND(id, folder) #folder,
#include "kinds/kinds.def"
#undef LX_KIND
};

/* A key is short nearly always: then it needs no memory of its own. */
struct key {
	char room[256];
	char *text;
	size_t length;
};

/* Fields are separated by U+0001, which the lexer refuses in names, so that a dot in a name is no separator.  Put
 * together by hand, since this runs a few times for every object. */
static void make_key(struct key *key, struct lx_arena *arena, enum lx_kind kind, const struct lx_object *parent,
		     const char *schema_name, const char *name, const char *signature)
{
	const char *parts[] = {parent ? parent->schema : schema_name, parent ? kind_names[parent->kind] : NULL,
			       parent ? parent->name : NULL, name, signature};
	enum { PARTS = sizeof parts / sizeof parts[0] };
	size_t lengths[PARTS], total = 1;
	for (size_t i = 0; i < PARTS; i++) {
		lengths[i] = parts[i] ? strlen(parts[i]) : 0;
		total += lengths[i] + 1;
	}
	key->text = total <= sizeof key->room ? key->room : lx_arena_alloc(arena, total);
	key->length = total;
	char *at = key->text;
	*at++ = (char)kind;
	for (size_t i = 0; i < PARTS; i++) {
		*at++ = '\001';
		if (lengths[i])
			memcpy(at, parts[i], lengths[i]);
		at += lengths[i];
	}
}

struct lx_object *lx_schema_index(struct lx_schema *schema, struct lx_object *object)
{
	struct key key;
	make_key(&key, schema->arena, object->kind, object->parent, object->schema, object->name, object->signature);
	struct lx_object *there = lx_map_put(schema->arena, &schema->index, key.text, key.length, object);
	return there == object ? NULL : there;
}

struct lx_object *lx_schema_add(struct lx_schema *schema, struct lx_object *object)
{
	struct lx_object *there = lx_schema_index(schema, object);
	if (there)
		return there;
	lx_vec_push(schema->arena, object->parent ? &object->parent->children : &schema->objects, object);
	return NULL;
}

struct lx_object *lx_schema_find(const struct lx_schema *schema, enum lx_kind kind, const struct lx_object *parent,
				 const char *schema_name, const char *name, const char *signature)
{
	struct key key;
	make_key(&key, schema->arena, kind, parent, schema_name, name, signature);
	return lx_map_get(&schema->index, key.text, key.length);
}

struct lx_object *lx_object_child(const struct lx_object *object, enum lx_kind kind, const char *name)
{
	LX_EACH (struct lx_object *, child, &object->children) {
		if (child->kind == kind && lx_text_is(child->name, name))
			return child;
	}
	return NULL;
}

const char *lx_object_key(struct lx_arena *arena, const struct lx_object *object)
{
	const struct lx_object *top = object->parent ? object->parent : object;
	return lx_arena_printf(arena, "%s %s%s%s%s%s%s", kind_names[object->kind], top->schema ? top->schema : "",
			       top->schema ? "." : "", top->name, object->parent ? "." : "",
			       object->parent ? object->name : "", object->signature ? object->signature : "");
}

static int compare_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

int lx_object_compare(const struct lx_object *a, const struct lx_object *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	const struct lx_object *top_a = a->parent ? a->parent : a, *top_b = b->parent ? b->parent : b;
	int order = compare_text(top_a->schema, top_b->schema);
	if (!order)
		order = compare_text(top_a->name, top_b->name);
	if (!order)
		order = compare_text(a->name, b->name);
	return order ? order : compare_text(a->signature, b->signature);
}
