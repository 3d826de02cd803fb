/* Names of declarations: from the models' spelling to SQL's, the namespaces of the models, duplicates.
 * SPDX-License-Identifier: Apache-2.0 */
#include "check/names.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "check/declare.h"
#include "kinds/kind.h"

const char *lx_article(const char *title)
{
	return strchr("aeio", *title) ? "an" : "a";
}

const char *lx_declare_intern(struct lx_declare *declare, const struct lx_node *node)
{
	return lx_schema_intern(declare->schema, node->text, node->length);
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_lower_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* A new word begins at an upper-case letter behind a lower-case one or digit (userRole), and at the last upper-case
 * letter of a run that goes on in lower case (HTTPServer). */
static bool begins_word(const char *name, size_t i)
{
	if (i == 0 || !is_upper(name[i]))
		return false;
	if (is_lower_or_digit(name[i - 1]))
		return true;
	return is_upper(name[i - 1]) && name[i + 1] >= 'a' && name[i + 1] <= 'z';
}

const char *lx_declare_snake_case(struct lx_declare *declare, const char *name)
{
	size_t length = strlen(name), used = 0, lower = 0;
	while (lower < length && !is_upper(name[lower]))
		lower++;
	if (lower == length)
		return lx_schema_intern(declare->schema, name, length);
	char *out = lx_arena_alloc(declare->arena, 2 * length + 1);
	for (size_t i = 0; i < length; i++) {
		if (begins_word(name, i))
			out[used++] = '_';
		out[used++] = is_upper(name[i]) ? (char)(name[i] + 32) : name[i];
	}
	return lx_schema_intern(declare->schema, out, used);
}

const char *lx_declare_default_name(struct lx_declare *declare, const char *table, const char *columns,
				    const char *suffix)
{
	size_t overhead = strlen(suffix) + 1 + (columns ? 1 : 0);
	size_t available = LX_NAME_MAX > overhead ? LX_NAME_MAX - overhead : 0;
	size_t first = strlen(table), second = columns ? strlen(columns) : 0;
	while (first + second > available) {
		if (first > second)
			first--;
		else
			second--;
	}
	first = lx_utf8_clip(table, strlen(table), first);
	if (columns)
		second = lx_utf8_clip(columns, strlen(columns), second);
	char name[LX_NAME_MAX + 1], *at = name;
	memcpy(at, table, first);
	at += first;
	if (columns) {
		*at++ = '_';
		memcpy(at, columns, second);
		at += second;
	}
	*at++ = '_';
	size_t room = sizeof name - (size_t)(at - name), rest = strlen(suffix);
	rest = rest < room ? rest : room;
	memcpy(at, suffix, rest);
	return lx_schema_intern(declare->schema, name, (size_t)(at - name) + rest);
}

struct lx_object *lx_declare_new(struct lx_declare *declare, enum lx_kind kind, const struct lx_node *name,
				 const struct lx_item *item, struct lx_object *parent)
{
	const struct lx_kind_info *info = lx_kind_info(kind);
	struct lx_object *object = lx_schema_new(declare->schema, kind, info->size);
	object->parent = parent;
	object->origin = name ? name->span : item->span;
	object->comment = lx_schema_intern_string(declare->schema, item->doc);
	if (info->has_schema && !info->is_child)
		object->schema = lx_schema_intern_string(declare->schema, declare->default_schema);
	if (name) {
		object->is_named = true;
		object->source_name = lx_declare_intern(declare, name);
		object->name = name->kind == LX_NODE_WORD ? lx_declare_snake_case(declare, object->source_name)
							  : object->source_name;
	}
	return object;
}

bool lx_declare_check_name(struct lx_declare *declare, const char *name, struct lx_span span)
{
	size_t length = strlen(name);
	if (length == 0) {
		const struct lx_source *source = lx_diags_source_of(declare->diags, span.file);
		if (!source || source->text[span.start] != '"') /* that one is E0126 */
			lx_report(declare->diags, LX_E0220, span, "a name cannot be empty");
		return false;
	}
	if (length <= LX_NAME_MAX)
		return true;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0205, span,
					 "the name '%s' has %zu bytes, PostgreSQL keeps %d", name, length, LX_NAME_MAX);
	lx_diag_help(declare->diags, diag, "choose a shorter name, or give a shorter SQL name with @map('…')");
	return false;
}

/* Kinds with an SQL schema share one namespace in the models; the others (roles, queries, …), and functions, which may
 * be overloaded, have one each. */
const char *lx_names_key(struct lx_arena *arena, enum lx_kind kind, const char *name)
{
	const struct lx_kind_info *info = lx_kind_info(kind);
	bool is_shared = info->has_schema && !info->is_overloaded;
	return is_shared ? name : lx_arena_printf(arena, "%d\001%s", (int)kind, name);
}

static void report_twice(struct lx_declare *declare, const struct lx_object *object, const struct lx_object *there)
{
	const char *title = lx_kind_info(object->kind)->title;
	const char *shown = object->source_name ? object->source_name : object->name;
	struct lx_diag *diag;
	if (there->kind != object->kind)
		diag = lx_report(declare->diags, LX_E0203, object->origin, "%s '%s' has the name of %s %s", title,
				 shown, lx_article(lx_kind_info(there->kind)->title), lx_kind_info(there->kind)->title);
	else if (there->source_name && object->source_name && there->source_name != object->source_name)
		diag =
		    lx_report(declare->diags, LX_E0203, object->origin, "%ss '%s' and '%s' have the same SQL name '%s'",
			      title, there->source_name, shown, object->name);
	else
		diag = lx_report(declare->diags, LX_E0203, object->origin, "%s '%s%s' is declared twice", title, shown,
				 object->signature ? object->signature : "");
	lx_diag_label(declare->diags, diag, there->origin, "first declared here");
	lx_diag_help(declare->diags, diag, "rename or remove one of them");
}

/* Siblings of one kind must differ in the models too, even where @map gives them different SQL names. */
static struct lx_object *find_sibling(const struct lx_object *object)
{
	LX_EACH (struct lx_object *, child, &object->parent->children) {
		if (child->kind == object->kind && child->source_name && child->source_name == object->source_name)
			return child;
	}
	return NULL;
}

static struct lx_object *enter_source_name(struct lx_declare *declare, struct lx_object *object)
{
	if (!object->source_name)
		return NULL;
	if (object->parent)
		return find_sibling(object);
	const char *key = lx_names_key(declare->arena, object->kind, object->source_name);
	struct lx_object *there = lx_map_put(declare->arena, &declare->source_names, key, strlen(key), object);
	return object->signature ? NULL : there; /* overloaded functions are told apart by their whole key */
}

bool lx_declare_add(struct lx_declare *declare, struct lx_object *object)
{
	if (!object->name) { /* the resolve hook chooses one, the rules enter it into the index */
		lx_vec_push(declare->arena, object->parent ? &object->parent->children : &declare->schema->objects,
			    object);
		return true;
	}
	if (!lx_declare_check_name(declare, object->name, object->origin))
		return false;
	struct lx_object *there = enter_source_name(declare, object);
	if (!there)
		there = lx_schema_add(declare->schema, object);
	if (!there)
		return true;
	report_twice(declare, object, there);
	return false;
}
