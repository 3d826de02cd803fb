/* Whether a value as the models write it fits a type that lexo knows; what does not is reported.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CHECK_FITS_H
#define LX_CHECK_FITS_H
#include <stdbool.h>

struct lx_declare;
struct lx_enum;
struct lx_node;
struct lx_type;

/* What a type is in the end: through domains, without its brackets. */
struct lx_value_target {
	const struct lx_type *type;
	const struct lx_enum *labels; /* NULL: not an enum */
	const char *builtin;          /* name, or "" */
	bool is_array;
};

struct lx_value_target lx_value_target(const struct lx_type *type);
/* Reports that NODE is no value for TARGET, with what to do; false, so that a check can return it. */
bool lx_value_refuse(struct lx_declare *declare, const struct lx_node *node, const struct lx_value_target *target,
		     const char *help);
/* TEXT: the number without '_' and sign. */
bool lx_value_check_number(struct lx_declare *declare, const struct lx_node *node, const char *text, bool is_negative,
			   const struct lx_value_target *target);
bool lx_value_check_string(struct lx_declare *declare, const struct lx_node *node,
			   const struct lx_value_target *target);
bool lx_value_check_word(struct lx_declare *declare, const struct lx_node *node, const struct lx_value_target *target);
bool lx_value_is_among(const char *word, const char *const *words); /* WORDS ends with NULL */
#endif
