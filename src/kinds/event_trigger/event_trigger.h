/* A trigger of the whole database that runs around DDL.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_EVENT_TRIGGER_H
#define LX_KINDS_EVENT_TRIGGER_H
#include "ir/schema.h"

enum {
	LX_EVENT_TRIGGER_EVENT,
	LX_EVENT_TRIGGER_TAGS,
	LX_EVENT_TRIGGER_FUNCTION,
	LX_EVENT_TRIGGER_ENABLED,
	LX_EVENT_TRIGGER_ATTRS
};
struct lx_event_trigger {
	struct lx_object base;
	const char *event;  /* "ddl_command_start", "sql_drop", … */
	struct lx_vec tags; /* const char *, sorted: "CREATE TABLE"; empty: all commands */
	const char *function_schema;
	const char *function;
	struct lx_object *function_object; /* when it is one of the models' */
	int enabled;                       /* enum lx_enabled; 0: as usual */
};
#endif
