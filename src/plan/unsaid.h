/* Needs that models have to name.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_PLAN_UNSAID_H
#define LX_PLAN_UNSAID_H
struct lx_schema;

/* For a schema that came from a server and will be printed as models: gives its objects the names (lx_object.after) of
 * those needs that planning would not find in their text. */
void lx_plan_say_needs(struct lx_schema *schema);
#endif
