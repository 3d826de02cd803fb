/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/column/declare.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "check/annotations.h"
#include "check/declare.h"
#include "check/names.h"
#include "ir/sequence.h"
#include "kinds/column/column.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"

static const char *const key_words[] = {"id", "unique", NULL};
static const char *const identity_words[] = {"identity", NULL};
static const char *const own_words[] = {"collate", "statistics", "inherited", NULL};
/* What a field line understands besides the attributes of its column. */
static const char *const other_words[] = {"id",         "unique",   "on_delete", "on_update", "match",
					  "deferrable", "as",       "inverse",   "collate",   "statistics",
					  "inherited",  "identity", NULL};

/* A second field of the same name; the SQL names of two fields are compared when the column is added. */
static bool is_second(struct lx_declare *declare, const struct lx_object *column)
{
	LX_EACH (const struct lx_object *, other, &column->parent->children) {
		if (other->kind != LX_KIND_COLUMN || !lx_text_is(other->source_name, column->source_name))
			continue;
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0245, column->origin, "'%s' has two fields called '%s'",
			      column->parent->source_name, column->source_name);
		lx_diag_label(declare->diags, diag, other->origin, "first declared here");
		lx_diag_help(declare->diags, diag, "rename or remove one of them; fields of a mixin count too");
		return true;
	}
	return false;
}

static void read_identity_argument(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_column *column)
{
	static const char *const options[] = {"start", "increment", "min", "max", "cache", "cycle", "sequence", NULL};
	const struct lx_node *word = lx_cursor_need(cursor, LX_NODE_WORD, "always, or an option such as start: 10");
	if (!word)
		return;
	if (strcmp(word->text, "sequence") == 0 && lx_cursor_take_punct(cursor, ':')) {
		const struct lx_node *name = lx_cursor_take_name(cursor);
		if (!name)
			name = lx_cursor_need(cursor, LX_NODE_STRING, "the name of the sequence");
		if (name && lx_declare_check_name(declare, name->text, name->span))
			column->identity_sequence = lx_declare_intern(declare, name);
		return;
	}
	if (!lx_cursor_take_punct(cursor, ':')) {
		if (strcmp(word->text, "always") == 0)
			column->identity = LX_IDENTITY_ALWAYS;
		else if (strcmp(word->text, "cycle") == 0)
			column->identity_options = "cycle=true";
		else
			lx_cursor_fail(cursor, "':' and a value, or 'always' alone");
		return;
	}
	if (!lx_member_choice(declare, word, "an option of an identity", options)) {
		cursor->has_failed = true;
		return;
	}
	bool is_negative = lx_cursor_take_punct(cursor, '-');
	const struct lx_node *value = lx_cursor_take(cursor, LX_NODE_NUMBER);
	if (!value && strcmp(word->text, "cycle") == 0)
		value = lx_cursor_take(cursor, LX_NODE_WORD);
	if (!value) {
		lx_cursor_fail(cursor, "a number");
		return;
	}
	column->identity_options =
	    lx_arena_printf(declare->arena, "%s=%s%s", word->text, is_negative ? "-" : "", value->text);
}

static int compare_strings(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(a, b);
}

static void read_identity(struct lx_declare *declare, const struct lx_node *annotation, struct lx_column *column)
{
	column->identity = LX_IDENTITY_BY_DEFAULT;
	if (!annotation->items || !annotation->items->first)
		return;
	struct lx_cursor cursor;
	lx_cursor_enter(&cursor, declare->diags, annotation);
	struct lx_vec options = {NULL, 0, 0};
	do {
		column->identity_options = NULL;
		read_identity_argument(declare, &cursor, column);
		if (column->identity_options)
			lx_vec_push(declare->arena, &options, (void *)(uintptr_t)column->identity_options);
	} while (!cursor.has_failed && lx_cursor_take_punct(&cursor, ','));
	if (!cursor.has_failed)
		lx_cursor_need_end(&cursor, "the options of the identity");
	lx_vec_sort(declare->arena, &options, compare_strings, NULL);
	const char *text = NULL;
	LX_EACH (const char *, option, &options)
		text = text ? lx_arena_printf(declare->arena, "%s, %s", text, option) : option;
	column->identity_options = lx_schema_intern_string(declare->schema, text);
}

/* @collate('C'), @collate(app.x) */
static void read_collation(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_column *column)
{
	const struct lx_node *name = lx_cursor_take_name(cursor);
	if (!name)
		name = lx_cursor_need(cursor, LX_NODE_STRING, "the name of a collation");
	if (!name || !lx_declare_check_name(declare, name->text, name->span))
		return;
	column->collation = lx_declare_intern(declare, name);
	if (!lx_cursor_take_punct(cursor, '.'))
		return;
	name = lx_cursor_need_name(cursor, "the name of a collation behind the '.'");
	column->collation_schema = name ? column->collation : NULL;
	column->collation = name ? lx_declare_intern(declare, name) : NULL;
}

static void read_statistics(struct lx_cursor *cursor, struct lx_column *column)
{
	enum { MOST = 10000 }; /* MAX_STATISTICS_TARGET, src/include/statistics/statistics.h */
	const struct lx_node *number = lx_cursor_take(cursor, LX_NODE_NUMBER);
	char *end;
	long value = number ? strtol(number->text, &end, 10) : -1;
	if (!number || *end || value < 0 || value > MOST) {
		lx_cursor_fail(cursor, "a number from 0 to 10000");
		return;
	}
	column->has_statistics = true;
	column->statistics = value;
}

static void read_own(struct lx_declare *declare, struct lx_node *list, struct lx_column *column)
{
	for (const struct lx_node *node = list; node; node = node->next) {
		if (strcmp(node->text, "inherited") == 0) {
			column->is_inherited = lx_annotation_is_bare(declare, node);
			continue;
		}
		struct lx_cursor cursor;
		lx_cursor_enter(&cursor, declare->diags, node);
		if (strcmp(node->text, "collate") == 0)
			read_collation(declare, &cursor, column);
		else
			read_statistics(&cursor, column);
		lx_cursor_need_end(&cursor, "the value");
	}
}

/* The @id and @unique of a field line, and what they make of it. */
static void declare_keys(struct lx_declare *declare, struct lx_node *list, const struct lx_item *item,
			 const struct lx_column *column, const struct lx_node *name)
{
	for (const struct lx_node *node = list; node; node = node->next) {
		if (!lx_annotation_is_bare(declare, node))
			continue;
		struct lx_object *key =
		    lx_key_of_field(declare, item, column->base.parent, name, strcmp(node->text, "id") == 0);
		key->origin = node->span;
	}
}

/* @on_delete and its like on a field that refers to nothing. */
static void refuse_without_arrow(struct lx_declare *declare, struct lx_node **list, bool has_arrow)
{
	struct lx_node *node = has_arrow ? NULL : lx_annotations_cut(list, lx_foreign_key_words);
	for (; node; node = node->next) {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0241, node->span,
			      "@%s belongs to a foreign key: this field refers to nothing", node->text);
		lx_diag_help(declare->diags, diag, "write the reference before it: -> Model.field");
	}
}

/* type [?] { = value | -> Model.field | generated `expr` }; false when the rest of the line cannot be read. */
static bool read_field(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_item *item,
		       struct lx_column *column, const struct lx_node *name, struct lx_object **foreign_key)
{
	struct lx_column_notes *notes = lx_declare_kept(&column->base);
	struct lx_span start = cursor->at ? cursor->at->span : item->span;
	if (!lx_declare_type(declare, cursor, &column->type))
		return false;
	notes->type_span = lx_span_join(start, cursor->last);
	column->is_nullable = lx_cursor_take_punct(cursor, '?');
	if (lx_cursor_take_word(cursor, "generated")) {
		notes->generated = lx_cursor_need(cursor, LX_NODE_SQL, "an expression in back-quotes");
		if (notes->generated)
			lx_declare_expr(declare, notes->generated, &column->generated);
	} else if (lx_cursor_take_punct(cursor, '=')) {
		notes->value = cursor->at;
		lx_declare_value_later(declare, cursor, &column->type, &column->default_value);
	}
	if (lx_cursor_take_punct(cursor, '>'))
		*foreign_key = lx_foreign_key_of_field(declare, item, column->base.parent, name, cursor);
	return !cursor->has_failed;
}

/* What SQL writes behind a column's type, and how it is written here. */
static void refuse_sql(struct lx_declare *declare, const struct lx_node *word)
{
	static const struct {
		const char *word, *help;
	} habits[] = {
	    {"auto_increment", "write @identity"},
	    {"check", "a check is a line of its own: check `condition`"},
	    {"collate", "write @collate('name')"},
	    {"default", "write: = value"},
	    {"generated", "write: name type generated `expression`, or @identity"},
	    {"not", "leave it out: a column is never null unless '?' stands behind its type"},
	    {"null", "write '?' behind the type"},
	    {"primary", "write @id"},
	    {"references", "write: -> Model.field"},
	    {"unique", "write @unique"},
	};
	struct lx_diags *diags = declare->diags;
	if (!word || word->kind != LX_NODE_WORD || !diags->list.length)
		return;
	for (size_t i = 0; i < sizeof habits / sizeof *habits; i++)
		if (strcasecmp(word->text, habits[i].word) == 0)
			lx_diag_help(diags, diags->list.items[diags->list.length - 1], "%s", habits[i].help);
}

static void declare_column(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of a field");
	if (!name)
		return;
	struct lx_column *column = (struct lx_column *)lx_declare_new(declare, LX_KIND_COLUMN, name, item, parent);
	struct lx_column_notes *notes = LX_NEW(declare->arena, struct lx_column_notes);
	lx_declare_keep(&column->base, notes);
	struct lx_object *foreign_key = NULL;
	if (!read_field(declare, &cursor, item, column, name, &foreign_key))
		return;
	struct lx_node *list = lx_annotations_take(declare, &cursor);
	if (cursor.at && !cursor.has_failed) {
		lx_cursor_need_end(&cursor, "the field");
		refuse_sql(declare, cursor.at);
	}
	struct lx_node *keys = lx_annotations_cut(&list, key_words);
	struct lx_node *identity = lx_annotations_cut(&list, identity_words);
	struct lx_node *own = lx_annotations_cut(&list, own_words);
	if (foreign_key)
		lx_foreign_key_annotations(declare, lx_annotations_cut(&list, lx_foreign_key_words), foreign_key);
	notes->annotations = list;
	notes->identity = identity;
	notes->collation = lx_annotations_find(own, "collate");
	read_own(declare, own, column);
	if (identity)
		read_identity(declare, identity, column);
	refuse_without_arrow(declare, &list, foreign_key != NULL);
	lx_annotations_apply(declare, list, &column->base, other_words);
	if (is_second(declare, &column->base) || !lx_declare_add(declare, &column->base))
		return;
	declare_keys(declare, keys, item, column, name);
}

struct lx_span lx_column_type_span(const struct lx_object *column)
{
	const struct lx_column_notes *notes = lx_declare_kept(column);
	return notes ? notes->type_span : column->origin;
}

static void resolve_column(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_column *column = (struct lx_column *)object;
	const struct lx_column_notes *notes = lx_declare_kept(object);
	if (!notes)
		return; /* inherited: checked where it is declared */
	if (column->identity_options && column->type.builtin) {
		struct lx_counter counter = lx_counter_read(column->identity_options, column->type.builtin->name);
		column->identity_options = lx_schema_intern_string(
		    declare->schema, lx_counter_options(declare->arena, &counter, column->type.builtin->name));
	}
	lx_column_check(declare, column, notes);
}

void lx_column_print(struct lx_printer *printer, const struct lx_object *object);

const struct lx_kind_source lx_column_source = {
    .declare = declare_column, .resolve = resolve_column, .print = lx_column_print};
