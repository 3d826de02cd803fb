/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/partition/declare.h"

#include <stdint.h>

#include "check/declare.h"
#include "kinds/index/index.h"
#include "kinds/kind.h"
#include "kinds/partition/bound.h"
#include "kinds/partition/partition.h"
#include "kinds/table/columns.h"
#include "kinds/table/member.h"
#include "kinds/table/table.h"

static const char *const methods[] = {"range", "list", "hash", NULL};

/* "partition by range (a, b)" belongs to the table itself. */
static bool complete_keys(struct lx_declare *declare, struct lx_object *object, struct lx_member *member)
{
	struct lx_table *table = (struct lx_table *)object->parent;
	if (!lx_index_elements_complete(declare, &table->base, &table->partition_keys, &member->columns))
		table->partition_method = NULL;
	return false; /* it is no object of its own */
}

static void declare_keys(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_item *item,
			 struct lx_object *parent)
{
	struct lx_table *table = (struct lx_table *)parent;
	const struct lx_node *word = lx_cursor_need_name(cursor, "range, list or hash");
	if (!word)
		return;
	if (table->partition_method) {
		lx_report(declare->diags, LX_E0258, word->span, "'%s' has 'partition by' twice", parent->source_name);
		return;
	}
	const char *method = lx_member_choice(declare, word, "a way to partition", methods);
	struct lx_member *member;
	struct lx_object *object = lx_member_new(declare, LX_KIND_PARTITION, NULL, item, parent, &member);
	member->complete = complete_keys;
	if (!lx_index_elements(declare, cursor, false, &table->partition_keys, &member->columns)) {
		lx_member_abandon(declare, object);
		return;
	}
	table->partition_method = method;
	lx_cursor_need_end(cursor, "the partition keys");
}

static bool complete_partition(struct lx_declare *declare, struct lx_object *object, struct lx_member *member)
{
	struct lx_partition *partition = (struct lx_partition *)object;
	struct lx_table *table = (struct lx_table *)object->parent;
	if (member->target)
		partition->of = lx_table_find_above(declare, &table->base, member->target);
	else
		lx_table_complete(declare, partition->of);
	if (!partition->of)
		return false;
	table->partition_of = partition->of;
	lx_table_take_columns(declare, &table->base, partition->of);
	return true;
}

/* TABLE is a partition; what it is one of is still to be filled in. */
static struct lx_partition *add_partition(struct lx_declare *declare, const struct lx_node *place,
					  const struct lx_node *bound, struct lx_object *table,
					  struct lx_member **member)
{
	const struct lx_item item = {.span = place->span};
	struct lx_partition *partition =
	    (struct lx_partition *)lx_member_new(declare, LX_KIND_PARTITION, NULL, &item, table, member);
	partition->base.name = partition->base.source_name = lx_schema_intern_string(declare->schema, "partition");
	partition->base.is_named = true;
	(*member)->complete = complete_partition;
	if (lx_partition_bound(declare, bound, &partition->bound))
		return partition;
	lx_member_abandon(declare, &partition->base);
	return NULL;
}

void lx_partition_annotation(struct lx_declare *declare, const struct lx_node *annotation, struct lx_object *table)
{
	struct lx_cursor cursor;
	lx_cursor_enter(&cursor, declare->diags, annotation);
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the model that is partitioned");
	if (!name || !lx_cursor_need_punct(&cursor, ','))
		return;
	const struct lx_node *bound = lx_cursor_need(&cursor, LX_NODE_SQL, "which rows: `from (…) to (…)`");
	struct lx_member *member;
	if (!bound || !add_partition(declare, name, bound, table, &member))
		return;
	member->target = name;
	lx_cursor_need_end(&cursor, "the bound");
}

/* "partition name for `…`": a partition with nothing of its own. */
static void declare_partition(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	if (!lx_cursor_need_word(&cursor, "partition"))
		return;
	if (lx_cursor_take_word(&cursor, "by")) {
		declare_keys(declare, &cursor, item, parent);
		return;
	}
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the partition, or 'by'");
	if (!name || !lx_cursor_need_word(&cursor, "for"))
		return;
	const struct lx_node *bound = lx_cursor_need(&cursor, LX_NODE_SQL, "`values …` in back-quotes");
	if (!bound)
		return;
	struct lx_table *table = (struct lx_table *)lx_declare_new(declare, LX_KIND_TABLE, name, item, NULL);
	table->base.schema = parent->schema;
	table->is_member = true;
	lx_attr_parse(declare, &cursor, &table->base);
	lx_cursor_need_end(&cursor, "the partition");
	struct lx_member *member;
	struct lx_partition *partition = add_partition(declare, name, bound, &table->base, &member);
	if (partition && lx_declare_add(declare, &table->base))
		partition->of = parent;
}

static void resolve_partition(struct lx_declare *declare, struct lx_object *object)
{
	const struct lx_table *table = (const struct lx_table *)((const struct lx_partition *)object)->of;
	if (table->partition_method)
		return;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0258, object->origin,
					 "'%s' has a partition but no 'partition by'", table->base.source_name);
	lx_diag_label(declare->diags, diag, table->base.origin, "the model");
	lx_diag_help(declare->diags, diag, "add a line such as: partition by range (created_at)");
}

/* The table prints it. */
const struct lx_kind_source lx_partition_source = {.declare = declare_partition, .resolve = resolve_partition};
