/* A trigger of a table.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_TRIGGER_H
#define LX_KINDS_TRIGGER_H
#include "ir/schema.h"

enum {
	LX_TRIGGER_TIMING,
	LX_TRIGGER_EVENTS,
	LX_TRIGGER_STATEMENT,
	LX_TRIGGER_WHEN,
	LX_TRIGGER_FUNCTION,
	LX_TRIGGER_ARGUMENTS,
	LX_TRIGGER_OLD_TABLE,
	LX_TRIGGER_NEW_TABLE,
	LX_TRIGGER_CONSTRAINT,
	LX_TRIGGER_DEFERRABLE,
	LX_TRIGGER_FROM,
	LX_TRIGGER_ENABLED,
	LX_TRIGGER_ATTRS
};
enum lx_timing { LX_BEFORE = 1, LX_AFTER, LX_INSTEAD_OF };
struct lx_trigger_event {
	const char *name;      /* "insert", "update", "delete", "truncate" */
	struct lx_vec columns; /* const char *; update of (…) */
};
struct lx_trigger {
	struct lx_object base;
	int timing;
	struct lx_vec events; /* struct lx_trigger_event *, in the order insert, delete, update, truncate */
	bool is_statement;    /* @statement: FOR EACH STATEMENT; row is the default */
	struct lx_expr when;
	const char *function_schema;
	const char *function;              /* SQL name */
	struct lx_object *function_object; /* when it is one of the models' */
	struct lx_vec arguments;           /* const char *: texts */
	const char *old_table, *new_table; /* names that the function has for the rows before and after; or NULL */
	bool is_constraint;                /* @constraint: CREATE CONSTRAINT TRIGGER */
	int deferrable;                    /* enum lx_deferrable */
	struct lx_object *from;            /* @from(Model): the other table of a constraint; or NULL */
	int enabled;                       /* enum lx_enabled; 0: as usual */
};
#endif
