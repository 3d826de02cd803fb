/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_TRIGGER_PARSE_H
#define LX_KINDS_TRIGGER_PARSE_H
#include <stdbool.h>

struct lx_cursor;
struct lx_declare;
struct lx_trigger;
struct lx_vec;

/* "before update(email), insert when `…` execute f('a')" into TRIGGER.  The names in update(…) are nodes in COLUMNS,
 * and the event's columns are as written.  False: reported. */
bool lx_trigger_parse(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_trigger *trigger,
		      struct lx_vec *columns);
/* What was expected as a trigger's time, for messages and printing; index: enum lx_timing - 1. */
extern const char *const lx_trigger_timings[];
#endif
