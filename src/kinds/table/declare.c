/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "check/mixin.h"
#include "kinds/column/column.h"
#include "kinds/index/index.h"
#include "kinds/inherit/declare.h"
#include "kinds/key/key.h"
#include "kinds/kind.h"
#include "kinds/partition/declare.h"
#include "kinds/policy/policy.h"
#include "kinds/replica/declare.h"
#include "kinds/table/member.h"
#include "kinds/table/table.h"

enum { MOST_COLUMNS = 1600 }; /* MaxHeapAttributeNumber, src/include/access/htup_details.h */

/* @of(type) */
static void read_type(struct lx_declare *declare, const struct lx_node *annotation, struct lx_table *table)
{
	struct lx_cursor cursor;
	lx_cursor_enter(&cursor, declare->diags, annotation);
	if (lx_declare_type(declare, &cursor, &table->of_type))
		lx_cursor_need_end(&cursor, "the type");
}

static const char *const own_words[] = {"partition_of", "inherits", "of", "replica_identity", NULL};

static void read_own(struct lx_declare *declare, const struct lx_node *annotation, struct lx_object *object,
		     void *context)
{
	(void)context;
	if (strcmp(annotation->text, "partition_of") == 0)
		lx_partition_annotation(declare, annotation, object);
	else if (strcmp(annotation->text, "inherits") == 0)
		lx_inherit_annotation(declare, annotation, object);
	else if (strcmp(annotation->text, "replica_identity") == 0)
		lx_replica_annotation(declare, annotation, object);
	else
		read_type(declare, annotation, (struct lx_table *)object);
}

static void declare_table(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	static const struct lx_attr_own own = {own_words, read_own, NULL};
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	if (lx_cursor_is_word(&cursor, "mixin")) {
		lx_mixin_declare(declare, item);
		return;
	}
	if (!lx_cursor_need_word(&cursor, "model"))
		return;
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the model");
	if (!name)
		return;
	struct lx_object *table = lx_declare_new(declare, LX_KIND_TABLE, name, item, NULL);
	lx_attr_parse_own(declare, &cursor, table, &own);
	const struct lx_node *block = lx_cursor_need(&cursor, LX_NODE_BRACE, "'{' and the members");
	if (!block)
		return;
	lx_cursor_need_end(&cursor, "the model");
	if (lx_declare_add(declare, table))
		lx_declare_members(declare, block, table);
}

static void check_size(struct lx_declare *declare, const struct lx_object *table)
{
	size_t columns = 0;
	LX_EACH (const struct lx_object *, child, &table->children)
		columns += child->kind == LX_KIND_COLUMN;
	if (columns <= MOST_COLUMNS)
		return;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0260, table->origin, "'%s' has %zu columns; PostgreSQL takes %d",
		      table->source_name, columns, MOST_COLUMNS);
	lx_diag_help(declare->diags, diag, "move some of them to a second model");
}

/* Policies do nothing without @rls: likely forgotten, and dangerous. */
static void check_policies(struct lx_declare *declare, const struct lx_table *table)
{
	if (table->has_rls || declare->is_snapshot)
		return;
	LX_EACH (const struct lx_object *, child, &table->base.children) {
		if (child->kind != LX_KIND_POLICY)
			continue;
		struct lx_diag *diag = lx_report(declare->diags, LX_W0240, child->origin,
						 "policy '%s' has no effect: '%s' has no row level security",
						 child->source_name, table->base.source_name);
		lx_diag_label(declare->diags, diag, table->base.origin, "add @rls here");
		lx_diag_help(declare->diags, diag, "add @rls behind the name of the model");
		return;
	}
}

static bool has_column(const struct lx_vec *columns, const char *name)
{
	LX_EACH (const char *, column, columns)
		if (strcmp(column, name) == 0)
			return true;
	return false;
}

/* A key of a partitioned table must contain its partition columns (DefineIndex in src/backend/commands/indexcmds.c). */
static void check_partition_keys(struct lx_declare *declare, const struct lx_table *table)
{
	LX_EACH (const struct lx_object *, child, &table->base.children) {
		if (child->kind != LX_KIND_KEY)
			continue;
		const struct lx_key *key = (const struct lx_key *)child;
		LX_EACH (const struct lx_index_element *, element, &table->partition_keys) {
			if (element->column && has_column(&key->columns, element->column))
				continue;
			struct lx_diag *diag =
			    lx_report(declare->diags, LX_E0351, child->origin,
				      "a key of a partitioned model must contain %s%s%s", element->column ? "'" : "",
				      element->column ? element->column : "no expression among its partition keys",
				      element->column ? "'" : "");
			lx_diag_help(declare->diags, diag,
				     "each partition has an index of its own, so PostgreSQL can keep only keys unique "
				     "that contain every column of 'partition by'");
			break;
		}
	}
}

/* A patch names one version; two counters could disagree. */
static void check_versions(struct lx_declare *declare, const struct lx_object *table)
{
	const struct lx_object *first = NULL;
	LX_EACH (const struct lx_object *, child, &table->children) {
		if (child->kind != LX_KIND_COLUMN || !((const struct lx_column *)child)->is_version)
			continue;
		if (first) {
			struct lx_diag *diag = lx_report(declare->diags, LX_E0346, child->origin,
							 "'%s' counts its changes in two columns", table->source_name);
			lx_diag_label(declare->diags, diag, first->origin, "the other one");
			lx_diag_help(declare->diags, diag, "keep one @version and remove the other");
			return;
		}
		first = child;
	}
}

static void resolve_table(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_table *table = (struct lx_table *)object;
	lx_table_complete(declare, object);
	check_size(declare, object);
	check_policies(declare, table);
	check_versions(declare, object);
	if (table->partition_method)
		check_partition_keys(declare, table);
}

void lx_table_print(struct lx_printer *printer, const struct lx_object *object);

const struct lx_kind_source lx_table_source = {
    .declare = declare_table, .resolve = resolve_table, .print = lx_table_print};
