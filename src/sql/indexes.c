/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/indexes.h"

#include "kinds/exclude/exclude.h"
#include "kinds/index/index.h"
#include "kinds/key/key.h"
#include "kinds/names.h"
#include "plan/plan.h"
#include "sql/parts.h"

static void alter_index(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, "ALTER ");
	lx_sql_identity(sql, "INDEX", object);
}

static void write_comment(struct lx_sql *sql, const struct lx_object *object, const char *comment)
{
	lx_sql_raw(sql, "COMMENT ON ");
	lx_sql_identity(sql, "INDEX", object);
	lx_sql_raw(sql, " IS ");
	if (comment)
		lx_sql_literal(sql, comment);
	else
		lx_sql_raw(sql, "NULL");
	lx_sql_end(sql);
}

void lx_sql_index_tablespace(struct lx_sql *sql, const struct lx_object *object, const char *tablespace)
{
	alter_index(sql, object);
	lx_sql_raw(sql, " SET TABLESPACE ");
	lx_sql_name(sql, tablespace ? tablespace : "pg_default");
	lx_sql_hazard(sql, LX_HAZARD_REWRITE | LX_HAZARD_STRONG_LOCK, "copies the index under an exclusive lock");
	lx_sql_end(sql);
}

static bool has_mark(const struct lx_object *child)
{
	switch ((int)child->kind) {
	case LX_KIND_KEY:
		return ((const struct lx_key *)child)->backing.is_clustered;
	case LX_KIND_EXCLUDE:
		return ((const struct lx_exclude *)child)->backing.is_clustered;
	case LX_KIND_INDEX:
		return ((const struct lx_index *)child)->is_clustered;
	default:
		return false;
	}
}

void lx_sql_cluster(struct lx_sql *sql, const struct lx_object *object, bool is_clustered)
{
	LX_EACH (const struct lx_object *, child, &object->parent->children) {
		if (!is_clustered && has_mark(child))
			return; /* giving it to that one takes it from this one */
	}
	lx_sql_alter_table(sql, object);
	lx_sql_raw(sql, is_clustered ? "CLUSTER ON " : "SET WITHOUT CLUSTER");
	if (is_clustered)
		lx_sql_name(sql, object->name);
	sql->is_not_transactional = sql->is_concurrent;
	lx_sql_end(sql);
}

void lx_sql_backing(struct lx_sql *sql, const struct lx_backing *backing)
{
	if (backing->storage) {
		lx_sql_raw(sql, " WITH ");
		lx_sql_options(sql, backing->storage, false);
	}
	if (backing->tablespace) {
		lx_sql_raw(sql, " USING INDEX TABLESPACE ");
		lx_sql_name(sql, backing->tablespace);
	}
}

bool lx_backing_has_settings(const struct lx_backing *backing)
{
	return backing->is_clustered || backing->comment;
}

void lx_sql_backing_settings(struct lx_sql *sql, const struct lx_object *object, const struct lx_backing *backing)
{
	if (backing->is_clustered)
		lx_sql_cluster(sql, object, true);
	if (backing->comment)
		write_comment(sql, object, backing->comment);
}

void lx_sql_alter_backing(struct lx_sql *sql, const struct lx_object *object, const struct lx_backing *old,
			  const struct lx_backing *new)
{
	lx_sql_alter_index_options(sql, object, old->storage, new->storage);
	if (!lx_text_equal(old->tablespace, new->tablespace))
		lx_sql_index_tablespace(sql, object, new->tablespace);
	if (old->is_clustered != new->is_clustered)
		lx_sql_cluster(sql, object, new->is_clustered);
	if (!lx_text_equal(old->comment, new->comment))
		write_comment(sql, object, new->comment);
}
