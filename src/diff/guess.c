/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/guess.h"

#include <string.h>

#include "base/arena.h"
#include "diff/diff.h"
#include "kinds/column/column.h"
#include "kinds/enum/enum.h"

static struct lx_vec changes_of(struct lx_arena *arena, const struct lx_diff *diff, enum lx_change_kind kind,
				enum lx_kind object_kind)
{
	struct lx_vec result = {0};
	LX_EACH (const struct lx_change *, change, &diff->changes) {
		const struct lx_object *object = kind == LX_DROP ? change->old : change->new;
		if (change->kind == kind && object->kind == object_kind)
			lx_vec_push(arena, &result, diff->changes.items[change_i]);
	}
	return result;
}

static void add_guess(struct lx_arena *arena, struct lx_diff *diff, const struct lx_object *old,
		      const struct lx_object *new)
{
	struct lx_rename_guess *guess = LX_NEW(arena, struct lx_rename_guess);
	*guess = (struct lx_rename_guess){.old = old, .new = new};
	lx_vec_push(arena, &diff->renames, guess);
}

static bool is_same_table(const struct lx_object *a, const struct lx_object *b)
{
	return strcmp(a->parent->name, b->parent->name) == 0 && strcmp(a->parent->schema, b->parent->schema) == 0;
}

/* Created columns are sorted by table, so those of one table are found from where the last search ended. */
static void guess_columns(struct lx_arena *arena, struct lx_diff *diff)
{
	struct lx_vec dropped = changes_of(arena, diff, LX_DROP, LX_KIND_COLUMN);
	struct lx_vec created = changes_of(arena, diff, LX_CREATE, LX_KIND_COLUMN);
	size_t first = 0;
	LX_EACH (const struct lx_change *, drop, &dropped) {
		while (first < created.length) {
			const struct lx_change *create = created.items[first];
			if (create->kind == LX_CREATE && lx_object_compare(create->new->parent, drop->old->parent) >= 0)
				break;
			first++;
		}
		for (size_t i = first; i < created.length; i++) {
			const struct lx_change *create = created.items[i];
			if (!create)
				continue;
			if (!is_same_table(create->new, drop->old))
				break;
			const struct lx_column *from = (const struct lx_column *)drop->old;
			const struct lx_column *to = (const struct lx_column *)create->new;
			if (!lx_type_equal(&from->type, &to->type) || !from->generated.text != !to->generated.text)
				continue;
			add_guess(arena, diff, drop->old, create->new);
			memmove(&created.items[i], &created.items[i + 1],
				(created.length - i - 1) * sizeof *created.items);
			created.length--;
			break;
		}
	}
}

static size_t count_columns(const struct lx_object *table)
{
	size_t count = 0;
	LX_EACH (const struct lx_object *, child, &table->children)
		count += child->kind == LX_KIND_COLUMN;
	return count;
}

/* At least two thirds of the columns of the bigger one have the same name and type in the other. */
static bool is_mostly_same(const struct lx_object *a, const struct lx_object *b)
{
	size_t same = 0, count_a = count_columns(a), count_b = count_columns(b);
	size_t most = count_a > count_b ? count_a : count_b, least = count_a + count_b - most;
	if (least * 3 < most * 2)
		return false;
	LX_EACH (const struct lx_object *, child, &a->children) {
		const struct lx_object *other =
		    child->kind == LX_KIND_COLUMN ? lx_object_child(b, LX_KIND_COLUMN, child->name) : NULL;
		same += other && lx_type_equal(&((const struct lx_column *)child)->type,
					       &((const struct lx_column *)other)->type);
	}
	return same * 3 >= most * 2;
}

static void guess_tables(struct lx_arena *arena, struct lx_diff *diff)
{
	enum { TABLES_MAX = 64 }; /* more are a rewrite, which no one reads guesses about */
	struct lx_vec dropped = changes_of(arena, diff, LX_DROP, LX_KIND_TABLE);
	struct lx_vec created = changes_of(arena, diff, LX_CREATE, LX_KIND_TABLE);
	if (dropped.length > TABLES_MAX || created.length > TABLES_MAX)
		return;
	LX_EACH (const struct lx_change *, drop, &dropped) {
		for (size_t i = 0; i < created.length; i++) {
			const struct lx_change *create = created.items[i];
			if (!create || !is_mostly_same(drop->old, create->new))
				continue;
			add_guess(arena, diff, drop->old, create->new);
			created.items[i] = NULL;
			break;
		}
	}
}

/* Where LABEL stands in TYPE; the number of its labels when it does not. */
static size_t find_label(const struct lx_enum *type, const char *label)
{
	size_t i = 0;
	while (i < type->labels.length &&
	       strcmp(((const struct lx_label_value *)type->labels.items[i])->label, label) != 0)
		i++;
	return i;
}

/* A label that is renamed keeps its place: the new ones between two that stay are the old ones there, in order. */
static void guess_labels_of(struct lx_arena *arena, struct lx_diff *diff, const struct lx_object *old,
			    const struct lx_object *new)
{
	const struct lx_enum *from = (const struct lx_enum *)old, *to = (const struct lx_enum *)new;
	size_t at = 0;
	LX_EACH (const struct lx_label_value *, label, &from->labels) {
		size_t kept = find_label(to, label->label);
		if (kept < to->labels.length) {
			at = kept + 1;
			continue;
		}
		const struct lx_label_value *next = at < to->labels.length ? to->labels.items[at] : NULL;
		if (!next || find_label(from, next->label) < from->labels.length)
			continue;
		struct lx_rename_guess *guess = LX_NEW(arena, struct lx_rename_guess);
		*guess = (struct lx_rename_guess){old, new, label, next};
		lx_vec_push(arena, &diff->renames, guess);
		at++;
	}
}

static void guess_labels(struct lx_arena *arena, struct lx_diff *diff)
{
	LX_EACH (const struct lx_change *, change, &diff->changes)
		if ((change->kind == LX_ALTER || change->kind == LX_REPLACE) && change->new->kind == LX_KIND_ENUM &&
		    (change->changed & 1u << LX_ENUM_LABELS))
			guess_labels_of(arena, diff, change->old, change->new);
}

void lx_guess_renames(struct lx_arena *arena, struct lx_diff *diff)
{
	guess_tables(arena, diff);
	guess_columns(arena, diff);
	guess_labels(arena, diff);
}
