/* What indexes have in common with the constraints that they stand behind.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_SQL_INDEXES_H
#define LX_SQL_INDEXES_H
#include "sql/emit.h"

struct lx_backing; /* kinds/key/key.h */

/* " WITH (…) USING INDEX TABLESPACE name": the part of a constraint's definition. */
void lx_sql_backing(struct lx_sql *sql, const struct lx_backing *backing);
/* Whether there is something that has no place in the definition. */
bool lx_backing_has_settings(const struct lx_backing *backing);
/* Statements for that, behind the creation. */
void lx_sql_backing_settings(struct lx_sql *sql, const struct lx_object *object, const struct lx_backing *backing);
/* Statements that turn OLD into NEW, behind constraint OBJECT. */
void lx_sql_alter_backing(struct lx_sql *sql, const struct lx_object *object, const struct lx_backing *old,
			  const struct lx_backing *new);
/* ALTER INDEX … SET TABLESPACE; NULL: the database's own. */
void lx_sql_index_tablespace(struct lx_sql *sql, const struct lx_object *object, const char *tablespace);
/* Sets the mark of CLUSTER on the index, or takes it away if no other index of the table gets it. */
void lx_sql_cluster(struct lx_sql *sql, const struct lx_object *object, bool is_clustered);
#endif
