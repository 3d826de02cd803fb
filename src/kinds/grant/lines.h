/* Grant lines become grants (one a role and target) when every file is declared and resolved: only then the targets,
 * and the types of functions, are known. SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_GRANT_LINES_H
#define LX_KINDS_GRANT_LINES_H
#include <stdbool.h>

#include "ir/schema.h"

struct lx_cursor;
struct lx_declare;
struct lx_node;

/* What a privilege is granted on, as written. */
struct lx_grant_target {
	const struct lx_node *schema;    /* of a function; NULL: not said */
	const struct lx_node *name;      /* or the back-quoted SQL */
	const struct lx_node *signature; /* of a function: ( … ); NULL: not said */
	enum lx_kind kind;               /* LX_KIND_COUNT: a model, view, sequence or type */
	bool is_sql;                     /* `LANGUAGE plperl` */
};
struct lx_grant_line {            /* as written */
	struct lx_vec privileges; /* const struct lx_node * */
	struct lx_vec columns;    /* const struct lx_node * */
	struct lx_vec roles;      /* const struct lx_node * */
	struct lx_grant_target target;
	const struct lx_node *owner;     /* of default privileges; else NULL */
	const struct lx_node *in_schema; /* NULL: not said */
	const char *new_objects;         /* of default privileges: "TABLES" */
	bool has_grant_option;
	bool is_revoke;
};

/* Called once, behind the resolve hooks. */
void lx_grants_expand(struct lx_declare *declare);
/* "schema name", "function name(types)", "name" or `SQL`.  False: reported. */
bool lx_grant_target_read(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_grant_target *target);
/* The object, which something can be granted on.  NULL: reported. */
struct lx_object *lx_grant_target_find(struct lx_declare *declare, const struct lx_grant_target *target);
/* The SQL name of a schema that is declared, or public.  NULL: reported. */
const char *lx_grant_schema_find(struct lx_declare *declare, const struct lx_node *name);
#endif
