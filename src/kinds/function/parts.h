/* Pieces of CREATE FUNCTION that aggregates have too.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_FUNCTION_PARTS_H
#define LX_KINDS_FUNCTION_PARTS_H
#include <stdbool.h>

#include "base/vec.h"

struct lx_function;
struct lx_sql;
struct lx_type;

/* "(int4, text)": how a function is told from its overloads. */
void lx_sql_signature(struct lx_sql *sql, const struct lx_vec *parameters);
/* "(VARIADIC a int4[] DEFAULT …)"; IS_RESULT: of those that are columns of a result, else of all others. */
void lx_sql_parameters(struct lx_sql *sql, const struct lx_vec *parameters, bool is_result);
/* The same without parentheses. */
void lx_sql_parameter_list(struct lx_sql *sql, const struct lx_vec *parameters, bool is_result);
/* The type that the out parameters make. */
const struct lx_type *lx_function_result(const struct lx_function *function);
/* COST, ROWS and SUPPORT from options text. */
void lx_sql_planner(struct lx_sql *sql, const char *planner);
/* SET … TO … for each of the settings: "search_path='a','b', work_mem='64MB'". */
void lx_sql_settings(struct lx_sql *sql, const char *settings);
#endif
